import { z } from "zod";
import type { MailAddress, OutgoingMail } from "../../../core/mail/outgoing.ts";
import { toBase64 } from "../../crypto/bytes.ts";
import { withAsciiDomain } from "../ascii-domain.ts";
import { composeMime } from "../mime.ts";
import { REFERENCE_FIELD, referenceOf } from "./reference.ts";

/**
 * The body of `POST /v2/email/outbound-emails`, to the byte as it is stored and sent. The message is our own MIME, since
 * SES leaves its headers alone but for Message-ID and Date; of what it assembles itself it forbids some and counts the rest.
 * `FromEmailAddress` is left out: it would stand in From in place of the name that is there. Tags are for the events of a
 * configuration set; without one, events show Message-ID as it was here. Throws for a mail that `checkOutgoingMail` objects
 * to.
 */
export async function composeSes(mail: OutgoingMail, configurationSet: string | null): Promise<string> {
  const raw = await composeMime(mail);
  return JSON.stringify({
    Destination: {
      ToAddresses: [plain(mail.to)],
      ...(mail.cc.length === 0 ? {} : { CcAddresses: mail.cc.map(plain) }),
      ...(mail.bcc.length === 0 ? {} : { BccAddresses: mail.bcc.map(plain) }),
    },
    Content: { Raw: { Data: toBase64(new TextEncoder().encode(raw)) } },
    ...(configurationSet === null
      ? {}
      : {
          EmailTags: [{ Name: REFERENCE_FIELD, Value: referenceOf(mail.messageId) }],
          ConfigurationSetName: configurationSet,
        }),
  });
}

/** Who gets a message: the lead, and the copies of either kind. */
export interface SesRecipients {
  readonly to: readonly string[];
  readonly copies: readonly string[];
}

/** Throws for a payload that `composeSes` can't have written. */
export function readSesPayload(payload: string): SesRecipients {
  const { ToAddresses, CcAddresses = [], BccAddresses = [] } = Payload.parse(JSON.parse(payload)).Destination;
  return { to: ToAddresses, copies: [...CcAddresses, ...BccAddresses] };
}

const Payload = z.object({
  Destination: z.object({
    ToAddresses: z.array(z.string()),
    CcAddresses: z.array(z.string()).optional(),
    BccAddresses: z.array(z.string()).optional(),
  }),
  Content: z.object({ Raw: z.object({ Data: z.string() }) }),
});

function plain({ email }: MailAddress): string {
  return withAsciiDomain(email);
}
