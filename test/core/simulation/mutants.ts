import type { Effect, Transition } from "../../../core/effects.ts";
import type { Enrollment } from "../../../core/enrollment.ts";
import type { EnrollmentEvent } from "../../../core/events.ts";
import { type Engine, PRODUCTION } from "./shell.ts";

/** One thing that the engine might do wrong. A checker that lets it pass is no checker. */
export const MUTANTS: Readonly<Record<string, Engine>> = {
  "sends again when the lease of a send runs out": before((state, event) =>
    event.type === "alarm_fired" && state.phase.name === "sending" && state.phase.wakeAt <= event.at
      ? {
          type: "send_finished",
          at: event.at,
          dice: event.dice,
          lane: { of: "step" },
          sendKey: state.phase.job.sendKey,
          result: { kind: "not_sent", code: "lost", detail: "", retryAfterMs: null },
        }
      : event,
  ),
  "forgets at a repeat that the message may have arrived": after((moved) => ({
    ...moved,
    state: withoutDoubt(moved.state),
  })),
  "doesn't hear a reply while a draft is asked for": instead(
    (state, event) => event.type === "reply_received" && state.phase.name === "drafting",
  ),
  "forgets at the doubtful exit what was accepted while sending": withState((state, event) =>
    event.type === "alarm_fired" && state.phase.name === "sending"
      ? { ...state, phase: { ...state.phase, interruptedBy: null } }
      : state,
  ),
  "goes two steps on at once": after((moved, state) =>
    moved.state.step > state.step ? { ...moved, state: { ...moved.state, step: moved.state.step + 1 } } : moved,
  ),
  "sets no alarm after a defer": {
    ...PRODUCTION,
    nextWakeAt: (state) =>
      state.phase.name === "waiting" && state.phase.previousDraftId !== null ? null : PRODUCTION.nextWakeAt(state),
  },
  "uses an answer that came after its attempt": withState((state, event) =>
    event.type === "draft_answered" && state.phase.name === "drafting"
      ? { ...state, phase: { ...state.phase, draft: { ...state.phase.draft, attempt: event.attempt } } }
      : state,
  ),
  "sends before the intent is committed": {
    ...PRODUCTION,
    onlyLooks: (effects) => effects.length > 0 && effects.every(looksOrSends),
  },
  "doesn't ask the gates again after the draft": before((_state, event) => {
    if (event.type !== "facts_read" || event.purpose.to !== "send") return event;
    const { facts } = event;
    return {
      ...event,
      facts: { ...facts, tenant: { ...facts.tenant, enabled: true }, cadence: { enabled: true }, suppressed: null },
    };
  }),
  "asks before it is due": withState((state, event) =>
    LOOKS.has(event.type) && state.phase.name === "waiting"
      ? { ...state, phase: { ...state.phase, wakeAt: 0 } }
      : state,
  ),
  "repeats a doubtful message that the provider has forgotten": withState((state, event) =>
    event.type === "facts_read" && state.phase.name === "ready" && state.phase.job !== null
      ? { ...state, phase: { ...state.phase, job: { ...state.phase.job, intentAt: event.at } } }
      : state,
  ),
  "repeats through an account that doesn't know the key": after((moved) => ({
    ...moved,
    effects: moved.effects.map((effect) => (effect.type === "send_message" ? { ...effect, onlyBy: null } : effect)),
  })),
  "sends again without a look at the provider's records": withState((state, event) =>
    event.type === "facts_read" && state.phase.name === "ready" && state.phase.job !== null
      ? { ...state, phase: { ...state.phase, job: { ...state.phase.job, absentAt: event.at } } }
      : state,
  ),
  "never looks up what is held in doubt": {
    ...PRODUCTION,
    nextWakeAt: (state) => (state.phase.name === "held" ? null : PRODUCTION.nextWakeAt(state)),
  },
  "takes a message for lost that is not yet in the provider's records": after((moved, state, event) => {
    const { phase } = state;
    if (event.type !== "message_looked_up" || event.result.kind === "found") return moved;
    if (phase.name !== "held" || phase.draft === null || phase.words === null || phase.job === null) return moved;
    const { draft, words, job } = phase;
    const again = { name: "ready", draft, words, job: { ...job, doubt: null }, waitingFor: null, wakeAt: 0 } as const;
    return { ...moved, state: { ...moved.state, phase: again } };
  }),
  "forgets an event while the endpoint is down": after((moved, _state, event) =>
    event.type === "event_put_off"
      ? {
          ...moved,
          state: { ...moved.state, deliveries: moved.state.deliveries.filter(({ id }) => id !== event.deliveryId) },
        }
      : moved,
  ),
  "lets a stop go by that comes after a reply": instead(
    (state, event) => event.type === "unenroll_requested" && state.replies.count > 0,
  ),
  "works outside business hours": withCadence((cadence) => ({
    ...cadence,
    settings: { ...cadence.settings, businessHoursOnly: false },
  })),
  "goes by the tenant's clock where the lead has its own": withState((state) => ({
    ...state,
    lead: { ...state.lead, timeZone: null },
  })),
  "loses an event that was to be told": after((moved, state) => {
    const fresh = moved.state.deliveries.length > state.deliveries.length && moved.state.deliveries.length > 1;
    return fresh ? { ...moved, state: { ...moved.state, deliveries: moved.state.deliveries.slice(0, -1) } } : moved;
  }),
  "takes a second answer to a question": after((moved, _state, event) =>
    event.type === "completion_received" && moved.refusal?.code === "draft_settled"
      ? { ...moved, refusal: null }
      : moved,
  ),
  "answers a reply twice": after((moved, state, event) => {
    const answered = event.type === "send_finished" && event.lane.of === "reply" && event.result.kind === "accepted";
    const lane = answered
      ? state.answers.find(({ phase }) => phase.name === "sending" && phase.job.sendKey === event.sendKey)
      : undefined;
    if (lane?.phase.name !== "sending") return moved;
    const again = {
      reply: lane.reply,
      phase: {
        name: "ready",
        draft: lane.phase.draft,
        words: lane.phase.words,
        job: null,
        waitingFor: null,
        wakeAt: event.at,
      },
    } as const;
    return { ...moved, state: { ...moved.state, answers: [...moved.state.answers, again] } };
  }),
  "holds an answer to a reply and tells nobody": after((moved, state) => {
    const held = moved.state.answers.filter(({ phase }) => phase.name === "held").length;
    if (held <= state.answers.filter(({ phase }) => phase.name === "held").length) return moved;
    const told = moved.state.deliveries.slice(0, -1);
    const writes = moved.writes.filter(
      (write) => write.type !== "keep_text" || told.some(({ bodyKey }) => bodyKey === write.key),
    );
    return { ...moved, state: { ...moved.state, deliveries: told }, writes };
  }),
  "asks about every mail of a flood": withState((state, event) =>
    event.type === "reply_received" ? { ...state, replies: { ...state.replies, recent: [] } } : state,
  ),
  "takes an invitation in doubt for sent, since the two are connected": after((moved, state, event) => {
    if (event.type !== "connected" || moved.state.outcomes.length === state.outcomes.length) return moved;
    const outcomes = moved.state.outcomes.map((outcome) =>
      outcome.outcome === "ambiguous" ? { ...outcome, outcome: "sent" as const } : outcome,
    );
    return { ...moved, state: { ...moved.state, outcomes } };
  }),
  "writes on LinkedIn although the account is switched off": before((_state, event) => {
    if (event.type !== "facts_read" || event.facts.linkedin === null) return event;
    const { facts } = event;
    return { ...event, facts: { ...facts, linkedin: { ...event.facts.linkedin, enabled: true } } };
  }),
  "calls a person's task done when it was made": after((moved, state) => {
    const { phase } = moved.state;
    if (phase.name !== "tasked" || state.phase.name === "tasked") return moved;
    const outcome = {
      step: state.step,
      outcome: "sent",
      at: phase.since,
      draftId: phase.draft.id,
      reason: null,
    } as const;
    return { ...moved, state: { ...moved.state, outcomes: [...moved.state.outcomes, outcome] } };
  }),
  "goes on while paused": withState((state, event) =>
    event.type === "facts_read" ? { ...state, paused: null } : state,
  ),
  "calls a refused message sent": before((_state, event) =>
    event.type === "send_finished" && event.result.kind === "refused"
      ? { ...event, result: { kind: "accepted", providerMessageId: null, wireMessageId: null, response: "" } }
      : event,
  ),
  "leaves an exchange out of the log": after((moved) => ({
    ...moved,
    writes: moved.writes.filter(
      (write) => write.type !== "journal" || write.entry.kind !== "exchange" || write.entry.attempt < 2,
    ),
  })),
  "lets the customer's old word undo a newer reply": withState((state, event) =>
    event.type === "event_delivered"
      ? {
          ...state,
          replies: {
            ...state.replies,
            latest: state.deliveries.find(({ id }) => id === event.deliveryId)?.question?.reply ?? null,
          },
        }
      : state,
  ),
  "writes to a person more often than the limit says": before((_state, event) =>
    event.type === "contacts_answered" && event.answer.kind === "limit"
      ? { ...event, answer: { kind: "free" } }
      : event,
  ),
  "forgets what was sent to the addresses that a person had": after((moved) => ({
    ...moved,
    effects: moved.effects.map((effect) =>
      effect.type === "ask_contacts" ? { ...effect, question: { ...effect.question, formerly: [] } } : effect,
    ),
  })),
  "goes on after the person replied elsewhere": before((_state, event) =>
    event.type === "contacts_answered" && event.answer.kind === "replied"
      ? { ...event, answer: { kind: "free" } }
      : event,
  ),
  "counts a message that was never sent": after((moved) => ({ ...moved, state: { ...moved.state, contacts: [] } })),
  "forgets at a doubt that the message may count": after((moved, state) => {
    const job = "job" in moved.state.phase ? moved.state.phase.job : null;
    const { contacts = [] } = state;
    return job?.doubt == null || contacts.length === 0 ? moved : { ...moved, state: { ...moved.state, contacts } };
  }),
  "tells the person's other enrollments nothing of a reply": after((moved) => ({
    ...moved,
    state: { ...moved.state, replyNews: null },
  })),
  "sends without a place at the mailbox": {
    ...PRODUCTION,
    transition: (state, event, cadence) => {
      const moved = PRODUCTION.transition(state, event, cadence);
      const [claim] = moved.effects;
      if (claim?.type !== "ask_place" || claim.purpose.to === "draft") return moved;
      const answer = { granted: true, counted: { day: "", sent: 0, taken: 0, cap: null } } as const;
      const { at, dice } = event;
      return PRODUCTION.transition(moved.state, { ...claim, type: "place_answered", at, dice, answer }, cadence);
    },
  },
  "goes when the mailbox is full": before((_state, event) =>
    event.type === "place_answered" && !event.answer.granted
      ? { ...event, answer: { granted: true, counted: event.answer.counted } }
      : event,
  ),
  "keeps a place that it didn't use": after((moved, state) => {
    const kept = moved.state.unusedSlots.filter((slot) => "day" in slot || state.unusedSlots.includes(slot));
    return kept.length < moved.state.unusedSlots.length
      ? { ...moved, state: { ...moved.state, unusedSlots: kept } }
      : moved;
  }),
  "keeps a slot that it didn't use": after((moved, state) =>
    moved.state.unusedSlots.length > state.unusedSlots.length
      ? { ...moved, state: { ...moved.state, unusedSlots: state.unusedSlots } }
      : moved,
  ),
};

type Move = Engine["transition"];

const LOOKS: ReadonlySet<string> = new Set(["alarm_fired", "facts_read", "slot_answered"]);

/** Tells the engine of another event than the one that happened. */
function before(change: (state: Enrollment, event: EnrollmentEvent) => EnrollmentEvent): Engine {
  return {
    ...PRODUCTION,
    transition: (state, event, cadence) => PRODUCTION.transition(state, change(state, event), cadence),
  };
}

/** Alters what the engine decided. */
function after(change: (moved: Transition, state: Enrollment, event: EnrollmentEvent) => Transition): Engine {
  return {
    ...PRODUCTION,
    transition: (state, event, cadence) => change(PRODUCTION.transition(state, event, cadence), state, event),
  };
}

/** Lets the engine decide on another state than the true one. */
function withState(change: (state: Enrollment, event: EnrollmentEvent) => Enrollment): Engine {
  return {
    ...PRODUCTION,
    transition: (state, event, cadence) => PRODUCTION.transition(change(state, event), event, cadence),
  };
}

function withCadence(change: (cadence: Parameters<Move>[2]) => Parameters<Move>[2]): Engine {
  return { ...PRODUCTION, transition: (state, event, cadence) => PRODUCTION.transition(state, event, change(cadence)) };
}

/** Does nothing where `when` says so. */
function instead(when: (state: Enrollment, event: EnrollmentEvent) => boolean): Engine {
  return {
    ...PRODUCTION,
    transition: (state, event, cadence) =>
      when(state, event)
        ? { state, writes: [], effects: [], refusal: null }
        : PRODUCTION.transition(state, event, cadence),
  };
}

function looksOrSends(effect: Effect): boolean {
  return effect.type === "send_message" || PRODUCTION.onlyLooks([effect]);
}

function withoutDoubt(state: Enrollment): Enrollment {
  const { phase } = state;
  return phase.name === "ready" && phase.job !== null
    ? { ...state, phase: { ...phase, job: { ...phase.job, doubt: null } } }
    : state;
}
