import type { CadenceVersion } from "../cadence.ts";
import { withContact } from "../contacts.ts";
import type { Effect } from "../effects.ts";
import type { Enrollment } from "../enrollment.ts";
import type { EventOf, Purpose } from "../events.ts";
import type { Facts } from "../facts.ts";
import { contactQuestion } from "../gates/contact.ts";
import type { GateVerdict } from "../gates/gate.ts";
import { sendKey } from "../send-key.ts";

/**
 * The look at what the person and their company were sent; null where nothing depends on it. Before a draft it is only a
 * look, before a send the message is counted. An answer to a reply is one of a conversation, and never asked about.
 */
export function askContacts(
  state: Enrollment,
  cadence: CadenceVersion,
  facts: Facts,
  purpose: Exclude<Purpose, { to: "retry" }>,
  gates: readonly GateVerdict[],
): Effect | null {
  if (purpose.to === "send" && purpose.lane.of === "reply") return null;
  const question = contactQuestion(state, cadence, facts);
  if (question === null) return null;
  const key = purpose.to === "send" ? sendKey(state, purpose.lane) : null;
  return { type: "ask_contacts", purpose, facts, question, sendKey: key, gates };
}

/** Whether the message is out, or may be: an answer to another look comes too late to take it back. */
function isOut(state: Enrollment, key: string): boolean {
  return state.outcomes.some(
    ({ step, outcome }) =>
      (outcome === "sent" || outcome === "ambiguous") && key === sendKey({ ...state, step }, { of: "step" }),
  );
}

/** What was counted just now is known from here on, so that it is given back if it isn't used. A message in doubt counts in any case. */
export function noted(state: Enrollment, event: EventOf<"contacts_answered">): Enrollment {
  const { sendKey: key, question, answer } = event;
  const isCounted = question.person !== null || question.company !== null;
  if (key === null || answer.kind !== "free" || !isCounted || isOut(state, key)) return state;
  const job = "job" in state.phase ? state.phase.job : null;
  return job !== null && job.doubt !== null && job.sendKey === key
    ? state
    : withContact(state, { sendKey: key, to: question.to });
}
