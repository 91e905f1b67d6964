import type { Absence, InboundMail } from "../inbound.ts";
import type { AutoReplySubtype } from "./auto-reply-subtype.ts";
import { returnDate } from "./return-date.ts";
import { successorIn } from "./successor.ts";

/**
 * When the person is back and whom to write to instead, as an automatic answer tells it; null where it tells neither.
 * `at` is when the mail was written, in milliseconds since the epoch: "until Monday" counts from there.
 */
export function absenceOf(mail: InboundMail, cleanText: string, subtype: AutoReplySubtype, at: number): Absence | null {
  const text = cleanText.slice(0, TEXT_CHARACTERS_MAX);
  const returnsOn = subtype === "ooo" ? returnDate(`${text}\n${mail.subject.slice(0, 200)}`, at) : null;
  const successor = subtype === "auto_ack" ? null : successorIn(text, mail);
  return returnsOn === null && successor === null ? null : { returnsOn, successor };
}

const TEXT_CHARACTERS_MAX = 4_000;
