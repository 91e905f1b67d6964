import type { CadenceVersion } from "../cadence.ts";
import { unwantedContacts, withoutContact } from "../contacts.ts";
import type { Effect, Transition } from "../effects.ts";
import type { Enrollment, PlaceRef, SlotRef } from "../enrollment.ts";
import type { EventOf } from "../events.ts";
import { due } from "./asking.ts";
import { andThen, become, note, nothing } from "./build.ts";
import { draftFailed, giveUp } from "./draft-failed.ts";
import { lookAtHeld } from "./look-up.ts";
import { sendLost } from "./sent.ts";
import { lookAtTask } from "./task.ts";
import { deliverDue } from "./tell.ts";

/** What is still on its way when the grace for late replies is over puts the end off by this. */
const FORGET_AGAIN_MS = 24 * 3600_000;
const NOTE_AGAIN_MS = 30_000;

/** The alarm rang. What it means depends on what is due; a run that comes too early, or twice, does nothing. */
export function alarmFired(state: Enrollment, event: EventOf<"alarm_fired">, cadence: CadenceVersion): Transition {
  const stepped = stepDue(state, event, cadence);
  const answered = andThen(stepped, (after) => answersDue(after, event, cadence));
  const told = andThen(answered, (after) => deliverDue(after, event.at));
  return andThen(told, (after) =>
    become(
      after,
      [],
      [
        ...after.unusedSlots.map((slot): Effect => ({ type: "release_slot", slot })),
        ...unwantedContacts(after).map((contact): Effect => ({ type: "release_contact", contact })),
        ...replyNews(after, event.at),
      ],
    ),
  );
}

/** A slot is free again. The step that waited for it goes on in the same run. */
export function slotReleased(state: Enrollment, event: EventOf<"slot_released">, cadence: CadenceVersion): Transition {
  const unusedSlots = state.unusedSlots.filter(
    (slot) => slot.draftId !== event.slot.draftId || countOf(slot) !== countOf(event.slot),
  );
  if (unusedSlots.length === state.unusedSlots.length) return nothing(state);
  return goOn({ ...state, unusedSlots }, event, cadence);
}

/** A message counts no longer. The step that waited for it goes on in the same run. */
export function contactReleased(
  state: Enrollment,
  event: EventOf<"contact_released">,
  cadence: CadenceVersion,
): Transition {
  const after = withoutContact(state, event.contact.sendKey, event.contact.to);
  return after === state ? nothing(state) : goOn(after, event, cadence);
}

/** The person's other enrollments can know of the reply; where they can't yet, it is told again. */
export function replyNoted(state: Enrollment, event: EventOf<"reply_noted">): Transition {
  const news = state.replyNews ?? null;
  if (news === null || news.at !== event.repliedAt) return nothing(state);
  return become({ ...state, replyNews: event.isNoted ? null : { ...news, wakeAt: event.at + NOTE_AGAIN_MS } });
}

function replyNews({ lead, formerEmails, replyNews: news }: Enrollment, at: number): readonly Effect[] {
  if (news == null || news.wakeAt > at) return [];
  const emails = lead.email === null ? formerEmails : [lead.email, ...formerEmails];
  return [{ type: "note_reply", repliedAt: news.at, emails }];
}

function goOn(
  state: Enrollment,
  event: EventOf<"slot_released"> | EventOf<"contact_released">,
  cadence: CadenceVersion,
): Transition {
  const waited = !givesBackFirst(state) && (state.phase.name === "waiting" || state.phase.name === "ready");
  return andThen(become(state), (after) =>
    waited ? stepDue(after, { ...event, type: "alarm_fired" }, cadence) : nothing(after),
  );
}

/** What was taken is given back before the next is taken: it may be the very same, and one of the two would undo the other. */
function givesBackFirst(state: Enrollment): boolean {
  return state.unusedSlots.length > 0 || unwantedContacts(state).length > 0;
}

/** Whose count it is of: a day's, or a mailbox's. */
function countOf(slot: SlotRef | PlaceRef): string {
  return "day" in slot ? slot.day : slot.mailboxId;
}

function stepDue(state: Enrollment, event: EventOf<"alarm_fired">, cadence: CadenceVersion): Transition {
  const { phase } = state;
  const { at } = event;
  if (phase.wakeAt === null || phase.wakeAt > at) return nothing(state);
  const slotsFirst = givesBackFirst(state);
  switch (phase.name) {
    case "waiting":
      if (slotsFirst) return nothing(state);
      return state.paused === null ? due(state, at, cadence) : nothing(state);
    case "resting":
      return state.paused === null
        ? become(state, [], [{ type: "read_facts", purpose: { to: "retry" } }])
        : nothing(state);
    case "ready":
      if (slotsFirst) return nothing(state);
      return state.paused === null
        ? become(state, [], [{ type: "read_facts", purpose: { to: "send", lane: { of: "step" } } }])
        : nothing(state);
    case "drafting": // The lease ran out: the process died while it asked. The same draft is asked again.
      return draftFailed(
        state,
        {
          ...event,
          type: "draft_failed",
          draftId: phase.draft.id,
          attempt: phase.draft.attempt,
          failure: { kind: "lost" },
          exchange: null,
        },
        cadence,
      );
    case "expecting":
      return giveUp(state, at, cadence, phase.draft, "no completion came before the draft expired");
    case "sending":
      return sendLost(state, at, event, { of: "step" }, phase, cadence);
    case "held":
      return lookAtHeld(state, at, { of: "step" }, phase);
    case "tasked":
      return state.paused === null ? lookAtTask(state, at, { of: "step" }, phase, cadence) : nothing(state);
    case "finished": {
      const open = state.answers.filter((answer) => answer.phase.name === "tasked");
      if (open.length > 0) return dropTasks(state, at, phase, open);
      const busy =
        state.deliveries.length > 0 ||
        state.replyNews != null ||
        state.answers.some((answer) => answer.phase.name !== "held");
      return busy
        ? become({ ...state, phase: { ...phase, wakeAt: at + FORGET_AGAIN_MS } })
        : become(state, [], [{ type: "forget_everything" }]);
    }
  }
}

/** Answers that no person has sent in all the time in which replies come: they are off the queue, and the end comes a day later. */
function dropTasks(
  state: Enrollment,
  at: number,
  phase: Extract<Enrollment["phase"], { name: "finished" }>,
  open: Enrollment["answers"],
): Transition {
  const answers = state.answers.filter((answer) => !open.includes(answer));
  const lines = open.map(({ reply }) =>
    note(state, at, "reply_answer_dropped", { detail: { reply, reason: "not_done" } }),
  );
  return become({ ...state, answers, phase: { ...phase, wakeAt: at + FORGET_AGAIN_MS } }, lines);
}

function answersDue(state: Enrollment, event: EventOf<"alarm_fired">, cadence: CadenceVersion): Transition {
  return state.answers.reduce<Transition>((before, { reply, phase }) => {
    if (phase.wakeAt === null || phase.wakeAt > event.at) return before;
    const lane = { of: "reply", reply } as const;
    if (phase.name === "sending")
      return andThen(before, (after) => sendLost(after, event.at, event, lane, phase, cadence));
    if (phase.name === "held") return andThen(before, (after) => lookAtHeld(after, event.at, lane, phase));
    if (phase.name === "tasked") return andThen(before, (after) => lookAtTask(after, event.at, lane, phase, cadence));
    return andThen(before, (after) => become(after, [], [{ type: "read_facts", purpose: { to: "send", lane } }]));
  }, nothing(state));
}
