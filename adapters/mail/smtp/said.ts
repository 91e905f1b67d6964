import type { SendResult } from "../../../core/mail/outgoing.ts";
import type { Heard } from "./connection.ts";
import type { SmtpReply } from "./reply.ts";
import { judgeLoss, judgeReply, type SmtpStage } from "./verdict.ts";

/** A step of the dialogue: what came of it, or, when the dialogue ends here, what became of the message. */
export type Said<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly result: SendResult };

/** Waits for the reply of one stage; every code but the hoped-for ones ends the dialogue with that stage's verdict. */
export async function converse(
  stage: SmtpStage,
  heard: Promise<Heard<SmtpReply>>,
  hoped: readonly number[],
): Promise<Said<SmtpReply>> {
  const reply = await heard;
  if (!reply.ok) return { ok: false, result: judgeLoss(stage, reply.loss) };
  return hoped.includes(reply.value.code)
    ? { ok: true, value: reply.value }
    : { ok: false, result: judgeReply(stage, reply.value) };
}
