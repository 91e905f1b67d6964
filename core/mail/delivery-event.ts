import { type FailureVerdict, judgeFailure } from "./classify/bounce-reason.ts";
import type { BounceFacts } from "./inbound.ts";

/** What a provider says became of a message that it had taken, in one form for all of them (mail.md 3.5). */
export interface DeliveryEvent {
  /** `delivered`: the recipient's server has it. `delayed`: it is tried again. `unsubscribed`: by a link that the provider put in. */
  readonly kind: "delivered" | "delayed" | "bounced" | "complained" | "unsubscribed";
  /** Which message of ours it is about; null where the provider doesn't carry our key. */
  readonly sendKey: string | null;
  /** The provider's id of the message; null where it isn't told. */
  readonly providerMessageId: string | null;
  /** The Message-ID that the recipient sees, with angle brackets; null where it isn't told. */
  readonly wireMessageId: string | null;
  /** In lower case, its domain in ASCII. */
  readonly recipient: string;
  /** When it happened, in milliseconds since the epoch. */
  readonly at: number;
  /** Of `bounced`, else null. */
  readonly bounce: BounceFacts | null;
}

/** What a provider tells about a bounce, in its terms. */
export interface ReportedBounce {
  readonly recipient: string;
  /**
   * The provider's own judgement: `dead` for an address that it won't try again, `permanent` for a message that it gave up
   * (its suppression list, a policy), `transient` for what may pass.
   */
  readonly judgement: "dead" | "permanent" | "transient";
  /** RFC 3463, as `5.1.1`; null where it isn't told. */
  readonly status: string | null;
  /** The receiving server's words or the provider's; empty where there are none. */
  readonly words: string;
}

/**
 * The facts of a bounce that a provider reports. Providers call permanent what only this message met; where the server's
 * words say better than that why, they decide whether the address is dead.
 */
export function reportedBounce({ recipient, judgement, status, words }: ReportedBounce): BounceFacts {
  const verdict = judgeFailure({ status, words, context: words });
  const addressDead = judgement === "dead" && (verdict.class === "hard" || saysNothing(verdict));
  return {
    class: addressDead ? "hard" : judgement === "permanent" ? "undecided" : "soft",
    addressDead,
    messagePermanent: judgement !== "transient",
    reason: addressDead && verdict.reason === "unknown" ? "user_unknown" : verdict.reason,
    recipient,
    recipients: [recipient],
    status: verdict.status,
    diagnostic: words === "" ? null : words.replace(/\s+/g, " ").trim().slice(0, DIAGNOSTIC_CHARACTERS_MAX),
  };
}

const DIAGNOSTIC_CHARACTERS_MAX = 300;

function saysNothing({ reason }: FailureVerdict): boolean {
  return reason === "unknown";
}
