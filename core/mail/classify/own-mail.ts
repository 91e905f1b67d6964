import type { InboundMail } from "../inbound.ts";

/** What only the installation knows: by which domains and addresses a mail is told to be our own. All compared in lower case. */
export interface OwnMailFacts {
  /** Domains right of the `@` in the Message-IDs that we make. No person's mail client may use one of them. */
  readonly ownMessageIdDomains: readonly string[];
  /** The addresses that our mailboxes send from. */
  readonly ownAddresses: readonly string[];
}

/** By which signs a mail is one that we sent ourselves: `own_address`, `own_message_id`; empty for everybody else's. */
export function ownMailSigns(mail: InboundMail, facts: OwnMailFacts): string[] {
  const from = mail.from?.email.toLowerCase();
  const messageIdDomain = mail.messageId?.split("@").at(-1)?.replace(/>$/, "").toLowerCase();
  return [
    ...(from !== undefined && includesLower(facts.ownAddresses, from) ? ["own_address"] : []),
    ...(messageIdDomain !== undefined && includesLower(facts.ownMessageIdDomains, messageIdDomain)
      ? ["own_message_id"]
      : []),
  ];
}

function includesLower(values: readonly string[], wanted: string): boolean {
  return values.some((value) => value.toLowerCase() === wanted);
}
