import { classified } from "../mail/classify/classified.ts";
import { unsubscribeSigns } from "../mail/classify/unsubscribe-wish.ts";
import type { Classification } from "../mail/inbound.ts";

/** Nobody but a person writes there, so all that is asked is whether they want no more of it. */
export function classifyMessage(text: string): Classification {
  const wish = unsubscribeSigns({ subject: "" }, text);
  if (wish === null) return classified("human", null, PERSON_CONFIDENCE, ["written_on_linkedin"]);
  const kind = wish.confidence < SURE ? "human" : "unsubscribe";
  return classified(kind, null, wish.confidence, ["written_on_linkedin", ...wish.evidence]);
}

const PERSON_CONFIDENCE = 0.95;
const SURE = 0.8;
