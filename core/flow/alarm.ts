import type { CadenceVersion } from "../cadence.ts";
import type { Effect, Transition } from "../effects.ts";
import type { Enrollment } from "../enrollment.ts";
import type { EventOf } from "../events.ts";
import { become, nothing, andThen } from "./build.ts";
import { draftFailed, due, giveUp } from "./draft.ts";
import { sendLost } from "./send.ts";
import { deliverDue } from "./tell.ts";

/** The alarm rang. What it means depends on what is due; a run that comes too early, or twice, does nothing. */
export function alarmFired(state: Enrollment, event: EventOf<"alarm_fired">, cadence: CadenceVersion): Transition {
  const stepped = stepDue(state, event, cadence);
  const answered = andThen(stepped, (after) => answersDue(after, event, cadence));
  const told = andThen(answered, (after) => deliverDue(after, event.at));
  return andThen(told, (after) => become(after, [], after.unusedSlots.map((slot): Effect => ({ type: "release_slot", slot }))));
}

function stepDue(state: Enrollment, event: EventOf<"alarm_fired">, cadence: CadenceVersion): Transition {
  const { phase } = state;
  const { at } = event;
  if (phase.wakeAt === null || phase.wakeAt > at) return nothing(state);
  switch (phase.name) {
    case "waiting":
      return state.paused === null ? due(state, at, cadence) : nothing(state);
    case "resting":
      return state.paused === null ? become(state, [], [{ type: "read_facts", purpose: { to: "retry" } }]) : nothing(state);
    case "ready":
      return state.paused === null ? become(state, [], [{ type: "read_facts", purpose: { to: "send", lane: { of: "step" } } }]) : nothing(state);
    case "drafting": // The lease ran out: the process died while it asked. The same draft is asked again.
      return draftFailed(state, { ...event, type: "draft_failed", draftId: phase.draft.id, attempt: phase.draft.attempt, failure: { kind: "lost" }, exchange: null }, cadence);
    case "expecting":
      return giveUp(state, at, cadence, phase.draft, "no completion came before the draft expired");
    case "sending":
      return sendLost(state, at, event, { of: "step" }, phase, cadence);
    case "finished":
      return become(state, [], [{ type: "forget_everything" }]);
  }
}

function answersDue(state: Enrollment, event: EventOf<"alarm_fired">, cadence: CadenceVersion): Transition {
  return state.answers.reduce<Transition>((before, { reply, phase }) => {
    if (phase.wakeAt === null || phase.wakeAt > event.at) return before;
    const lane = { of: "reply", reply } as const;
    if (phase.name === "sending") return andThen(before, (after) => sendLost(after, event.at, event, lane, phase, cadence));
    return andThen(before, (after) => become(after, [], [{ type: "read_facts", purpose: { to: "send", lane } }]));
  }, nothing(state));
}
