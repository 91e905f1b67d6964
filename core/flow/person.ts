import type { CadenceVersion } from "../cadence.ts";
import { withContact } from "../contacts.ts";
import type { Transition } from "../effects.ts";
import type { Draft, Enrollment, HeldPhase, ReadyPhase, SendJob, Words } from "../enrollment.ts";
import type { EventOf, Lane } from "../events.ts";
import { renderStatic } from "../merge.ts";
import { become, first, note, refuse } from "./build.ts";
import { skip } from "./gated.ts";
import { dropLane, phaseOf, withPhase } from "./lane.ts";
import { leavingOf, markSent } from "./mark-sent.ts";
import { askAnew, giveSlotBack, next } from "./next.ts";

/** The held text goes as it is; the gates are asked again. */
export function release(state: Enrollment, event: EventOf<"draft_released">): Transition {
  const held = heldDraft(state, event.draftId);
  if (held === null) return notHeld(state, event.draftId);
  const { phase, lane } = held;
  if (phase.reason === "ambiguous")
    return refuse(
      state,
      "conflict",
      "It is not known whether this message arrived; say so with settle, or skip the step.",
    );
  if (phase.draft === null || phase.words === null)
    return refuse(
      state,
      "nothing_to_release",
      `${event.draftId} has no text: edit it, ask again with retry, or skip the step.`,
    );
  // The lead may have the value by now; if not, nobody gets "Dear {{firstName}}".
  const { words, missing } =
    phase.reason === "placeholder_left" ? renderStatic(phase.words, state.lead) : { words: phase.words, missing: [] };
  if (missing.length > 0)
    return refuse(
      state,
      "nothing_to_release",
      `The text still has a place for ${missing.join(", ")}: give the lead a value, edit the text, or skip the step.`,
    );
  // A refused or failing send keeps its key; the bytes are made again, because the words or the mailbox may have changed.
  const ready: ReadyPhase = {
    name: "ready",
    draft: phase.draft,
    words,
    job: null,
    since: event.at,
    waitingFor: null,
    wakeAt: event.at,
  };
  return become(withPhase(state, lane, ready), [
    note(state, event.at, "released", { by: event.by, subjectId: event.draftId }),
  ]);
}

/** A person's words in the place of what was there. It stays held until released; what changed stays in the journal. */
export function edit(state: Enrollment, event: EventOf<"draft_edited">): Transition {
  const held = heldDraft(state, event.draftId);
  if (held === null) return notHeld(state, event.draftId);
  const { phase, lane } = held;
  if (phase.reason === "ambiguous")
    return refuse(
      state,
      "conflict",
      "It is not known whether this message arrived, so its text can't be changed any more.",
    );
  const words: Words = {
    subject: event.subject ?? phase.words?.subject ?? null,
    text: event.text,
    html: event.html,
    meta: phase.words?.meta ?? null,
  };
  const detail = {
    before: phase.words === null ? null : { subject: phase.words.subject, text: phase.words.text },
    after: { subject: words.subject, text: words.text },
  };
  return become(withPhase(state, lane, { ...phase, words }), [
    note(state, event.at, "edited", { by: event.by, subjectId: event.draftId, detail }),
  ]);
}

/** The held step is passed over; for an answer to a reply: it isn't sent. */
export function skipHeld(state: Enrollment, event: EventOf<"draft_skipped">, cadence: CadenceVersion): Transition {
  const held = heldDraft(state, event.draftId);
  if (held === null) return notHeld(state, event.draftId);
  const line = note(state, event.at, "skipped_by_person", {
    by: event.by,
    subjectId: event.draftId,
    detail: { reason: event.reason },
  });
  if (held.lane.of === "reply") return become(dropLane(state, held.lane.reply), [line]);
  const { job, draft } = held.phase;
  // A doubtful message may have arrived: that is its outcome, and no later skip can say more.
  if (job !== null && job.doubt !== null)
    return first([line], next(state, cadence, event.at, "ambiguous", draft, event.reason, job.intentAt));
  return first(
    [line],
    skip(
      giveSlotBack(state, held.phase.draft),
      cadence,
      event.at,
      held.phase.draft,
      event.reason ?? "skipped by a person",
    ),
  );
}

/** Ask the customer once more: a new draft that names the old one. */
export function retry(state: Enrollment, event: EventOf<"draft_retried">, cadence: CadenceVersion): Transition {
  const held = heldDraft(state, event.draftId);
  if (held === null) return notHeld(state, event.draftId);
  if (held.lane.of === "reply")
    return refuse(state, "conflict", "An answer to a reply is not asked for again; edit, release or skip it.");
  if (held.phase.reason === "ambiguous")
    return refuse(
      state,
      "conflict",
      "It is not known whether this message arrived; say so with settle, or skip the step.",
    );
  if (cadence.steps[state.step] === undefined) return notHeld(state, event.draftId);
  return become(askAnew(state, event.at, held.phase.draft), [
    note(state, event.at, "retried", { by: event.by, subjectId: event.draftId }),
  ]);
}

/** A person says what became of a doubtful send: it arrived, or it is to be sent again as a new generation. */
export function settleSend(state: Enrollment, event: EventOf<"send_settled">, cadence: CadenceVersion): Transition {
  const doubt = doubtfulDraft(state, event.draftId);
  if (doubt === null) return notHeld(state, event.draftId);
  const { lane, draft, words, job } = doubt;
  const line = note(state, event.at, event.arrived ? "settled_arrived" : "settled_send_again", {
    by: event.by,
    subjectId: event.draftId,
  });
  if (event.arrived) {
    const sending = { name: "sending", draft, words, job, interruptedBy: null, wakeAt: event.at } as const;
    const wire = {
      messageId: job.messageId,
      providerMessageId: null,
      response: `settled by ${event.by}: it arrived`,
      assumed: false,
    };
    return first([line], markSent(state, event.at, lane, leavingOf(sending), wire, cadence));
  }
  const ready: ReadyPhase = {
    name: "ready",
    draft,
    words,
    job: null,
    since: event.at,
    waitingFor: null,
    wakeAt: event.at,
  };
  const counters = { ...state.counters, generation: state.counters.generation + 1 };
  // It was counted as long as it may have arrived; now that is given back, before the new one is counted.
  const uncounted = job.to === null ? state : withContact(state, { sendKey: job.sendKey, to: job.to });
  return become(withPhase({ ...uncounted, counters }, lane, ready), [line]);
}

/** What waits for a person under this draft id: the step in hand, or an answer to a reply. */
export function heldDraft(
  state: Enrollment,
  draftId: string,
): { readonly phase: HeldPhase; readonly lane: Lane } | null {
  if (state.phase.name === "held" && state.phase.draft?.id === draftId)
    return { phase: state.phase, lane: { of: "step" } };
  for (const { reply, phase } of state.answers)
    if (phase.name === "held" && phase.draft?.id === draftId) return { phase, lane: { of: "reply", reply } };
  return null;
}

/** A message of which nobody knows whether it arrived, held for a person or on its way to a repeat. */
function doubtfulDraft(
  state: Enrollment,
  draftId: string,
): { readonly lane: Lane; readonly draft: Draft; readonly words: Words; readonly job: SendJob } | null {
  const lanes = [{ of: "step" } as const, ...state.answers.map(({ reply }) => ({ of: "reply", reply }) as const)];
  for (const lane of lanes) {
    const phase = phaseOf(state, lane);
    if ((phase?.name !== "held" && phase?.name !== "ready") || phase.draft?.id !== draftId) continue;
    const { draft, words, job } = phase;
    if (words !== null && job !== null && job.doubt !== null) return { lane, draft, words, job };
  }
  return null;
}

function notHeld(state: Enrollment, draftId: string): Transition {
  return refuse(state, "not_held", `${draftId} is not held: it was answered, sent or ended already.`);
}
