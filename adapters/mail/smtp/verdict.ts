import type { SendResult } from "../../../core/mail/outgoing.ts";
import { type SmtpReply, showReply } from "./reply.ts";

/** Where in the dialogue we are. `end_of_data` begins with the first octet of the final dot. */
export type SmtpStage =
  | "connect"
  | "greeting"
  | "ehlo"
  | "starttls"
  | "auth"
  | "mail_from"
  | "rcpt_to"
  | "data"
  | "end_of_data";

/** Why the far side gave no reply that we can read. */
export type SmtpLoss = {
  readonly kind: "connect_failed" | "tls_failed" | "timeout" | "lost" | "unreadable";
  readonly detail: string;
};

/** What a reply other than the hoped-for one means at this stage: the table of "what a send's failure means" for SMTP. */
export function judgeReply(stage: SmtpStage, reply: SmtpReply): SendResult {
  const code = reply.enhancedCode ?? String(reply.code);
  const detail = `${stage}: ${showReply(reply)}`;
  if (reply.code >= 500) {
    const scope = AUTHENTICATION_CODES.has(reply.code) ? "configuration" : SCOPES[stage];
    return { kind: "refused", scope, addressDead: scope === "recipient" && isAddressDead(reply), code, detail };
  }
  if (reply.code >= 400) return { kind: "not_sent", code, detail, retryAfterMs: null };
  // A yes of the wrong kind. After the final dot it may have been meant as acceptance; before it nothing has left.
  if (stage === "end_of_data") return { kind: "unknown", stage, detail };
  return { kind: "not_sent", code: "out_of_order", detail, retryAfterMs: null };
}

/** What no reply means: before the final dot nothing was sent, after it nobody knows. */
export function judgeLoss(stage: SmtpStage, loss: SmtpLoss): SendResult {
  const detail = `${stage}: ${loss.detail}`;
  if (stage === "end_of_data") return { kind: "unknown", stage, detail };
  return { kind: "not_sent", code: loss.kind, detail, retryAfterMs: null };
}

const SCOPES: Readonly<Record<SmtpStage, "recipient" | "sender" | "message" | "configuration">> = {
  connect: "configuration",
  greeting: "configuration",
  ehlo: "configuration",
  starttls: "configuration",
  auth: "configuration",
  mail_from: "sender",
  rcpt_to: "recipient",
  data: "message",
  end_of_data: "message",
};

/** "Authentication required" and its kin say nothing about sender or recipient, wherever they come. */
const AUTHENTICATION_CODES: ReadonlySet<number> = new Set([530, 534, 535, 538]);

/**
 * Only what says that the address itself doesn't exist: suppressing a living person for a full mailbox or a blocked
 * sender is worse than one more bounce.
 */
const DEAD_STATUSES: ReadonlySet<string> = new Set(["5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.4.4"]);

const DEAD_WORDS =
  /\b(?:(?:user|recipient|mailbox|address|account) (?:is )?(?:unknown|not found|does not exist|doesn't exist)|(?:unknown|no such|invalid|nonexistent) (?:local )?(?:user|recipient|mailbox|address|account))\b/iu;

function isAddressDead(reply: SmtpReply): boolean {
  if (reply.enhancedCode !== null) return DEAD_STATUSES.has(reply.enhancedCode);
  return reply.code === 550 && DEAD_WORDS.test(reply.lines.join(" "));
}
