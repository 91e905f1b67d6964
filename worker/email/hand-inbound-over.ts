import { leadEmailOf, writtenTo } from "../../adapters/d1/enrollments.ts";
import {
  type InboundRow,
  markInboundHandedOver,
  markUnmatched,
  waitingInbound,
} from "../../adapters/d1/inbound-mail.ts";
import type { Mode } from "../../core/enrollment.ts";
import type { InboundReply } from "../../core/events.ts";
import { SURE } from "../../core/flow/human-reply.ts";
import type { Classification } from "../../core/mail/inbound.ts";
import type { SuppressionReason } from "../../core/suppression.ts";
import { enrollmentStub } from "../../durable-objects/stub.ts";
import { suppressNow } from "../suppress-now.ts";
import { tellUnmatched } from "./tell-unmatched.ts";

const EMPTIED = "the enrollment it belongs to has ended and was emptied";

/** A mail and the enrollment that it belongs to. */
export interface BelongingMail {
  readonly id: string;
  readonly enrollment: { readonly id: string; readonly tenantId: string; readonly mode: Mode };
  readonly reply: InboundReply;
}

/** The mail that is being received at this moment is none of these. */
const WAITS_AFTER_MS = 60_000;
const AT_MOST = 100;

/**
 * Hands a mail to its enrollment. Who asks in it for no more mail is on the list of suppressions before this returns. False
 * where the enrollment was emptied: then nobody has the mail. Rejects when the object is away: then it is tried again.
 */
export async function handInboundOver(
  env: Env,
  { id, enrollment, reply }: BelongingMail,
  now = Date.now(),
): Promise<boolean> {
  const { tenantId } = enrollment;
  const answer = await enrollmentStub(env, tenantId, enrollment.id).receive(reply);
  const reason = answer.ok ? answer.enrollment.refused : reasonOf(reply.classification);
  if (reason !== null)
    await suppressNow(
      env,
      enrollment,
      [await leadEmailOf(env.DB, tenantId, enrollment.id), ...(await writtenTo(env.DB, tenantId, enrollment.id))],
      reason,
      now,
      { actor: { kind: "system", id: "mail_reader" } },
    );
  if (answer.ok) await markInboundHandedOver(env.DB, tenantId, id);
  return answer.ok;
}

/** Nobody has it: it waits for a person, and the customer is told. */
export async function leaveUnmatched(env: Env, row: InboundRow): Promise<void> {
  await tellUnmatched(env, row, EMPTIED);
  // Whose enrollment is known, whose it is is known too.
  if (row.tenantId !== null) await markUnmatched(env.DB, row.tenantId, row.id, EMPTIED);
}

/** Mail that was kept and, by some trouble of ours, not handed over: it is, now. Answers how many. */
export async function handWaitingOver(env: Env, now: number): Promise<number> {
  const waiting = await waitingInbound(env.DB, now - WAITS_AFTER_MS, AT_MOST);
  for (const mail of waiting)
    try {
      if (!(await handInboundOver(env, mail, now))) await leaveUnmatched(env, mail.row);
    } catch (error) {
      console.error("a mail could not be handed to its enrollment; the next run tries again", error);
    }
  return waiting.length;
}

/** What a mail says by itself, for an enrollment that isn't there any more to say what it makes of it. */
function reasonOf({ kind, confidence, bounce }: Classification): SuppressionReason | null {
  if (kind === "unsubscribe") return confidence >= SURE ? "unsubscribed" : null;
  if (kind === "complaint") return "complained";
  return bounce?.addressDead === true ? "bounced" : null;
}
