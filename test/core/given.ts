import { begin } from "../../core/begin.ts";
import type { CadenceSettings, CadenceVersion } from "../../core/cadence.ts";
import type { DraftAnswer, ReplyAnswer } from "../../core/contract/draft-answer.ts";
import { Step } from "../../core/contract/step.ts";
import type { Transition, Write } from "../../core/effects.ts";
import type { Enrollment, Lead, Phase } from "../../core/enrollment.ts";
import type { DraftFailure, EnrollmentEvent, EventOf, InboundReply, Lane } from "../../core/events.ts";
import type { Facts } from "../../core/facts.ts";
import type { Exchange } from "../../core/journal.ts";
import type { Classification } from "../../core/mail/inbound.ts";
import type { SendResult } from "../../core/mail/outgoing.ts";
import { anyTime } from "../../core/pace/openings.ts";
import { UNPACED } from "../../core/pace/settings.ts";
import { transition } from "../../core/transition.ts";

/** A Monday, 10:00 in Paris. */
export const T = Date.parse("2026-11-23T09:00:00Z");
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export const JANE: Lead = {
  externalId: "lead-1",
  name: "Jane Doe",
  email: "jane@lead.example",
  linkedinUrl: null,
  profileUrn: null,
  timeZone: null,
  country: null,
  context: { company: "Acme" },
};

export const FACTS: Facts = {
  tenant: {
    enabled: true,
    timeZone: "Europe/Paris",
    newSince: null,
    blackoutDates: [],
    frequencyLimits: { person: null, company: null },
    quotas: null,
  },
  cadence: { enabled: true },
  endpoint: { id: "end_1", enabled: true, disabledReason: null },
  mailbox: {
    id: "mbx_1",
    enabled: true,
    email: "ana@acme.example",
    timeZone: null,
    unverifiedDomain: null,
    pace: UNPACED,
  },
  linkedin: null,
  isEnrolledElsewhere: false,
  suppressed: null,
};

type StepInput = Readonly<Record<string, unknown>>;

/** Two e-mails, the second after two days, unless said otherwise. */
export function cadence(
  steps: readonly StepInput[] = [{}, { delayDays: 2 }],
  settings: Partial<CadenceSettings> = {},
): CadenceVersion {
  const all: CadenceSettings = {
    businessHoursOnly: false,
    exitOnReply: true,
    exitOnUnsubscribe: true,
    dailySendCap: 50,
    onAmbiguous: "hold",
    addFooter: false,
    onOutOfOffice: "defer",
    onLeftCompany: "stop",
    onSoftBounce: "continue",
    unsubscribeLink: null,
    ...settings,
  };
  return {
    id: "cad_1",
    name: "First contact",
    version: 1,
    endpointId: "end_1",
    settings: all,
    steps: steps.map((step) => Step.parse({ kind: "email", ...step })),
  };
}

export function begun(of: CadenceVersion = cadence(), lead: Partial<Lead> = {}): Enrollment {
  return begin(
    {
      id: "enr_aaaaaaaaaaaaaaaa",
      tenantId: "ten_1",
      mode: "live",
      lead: { ...JANE, ...lead },
      mailboxId: "mbx_1",
      startAt: T,
    },
    of,
    T,
  ).state;
}

/** Plays events one after the other; the answer is the last transition with the writes of all. */
export function play(state: Enrollment, of: CadenceVersion, ...events: readonly EnrollmentEvent[]): Transition {
  let moved: Transition = { state, writes: [], effects: [], refusal: null };
  const writes: Write[] = [];
  for (const event of events) {
    moved = transition(moved.state, event, of);
    writes.push(...moved.writes);
  }
  return { ...moved, writes };
}

const EXCHANGE: Exchange = {
  endpointId: "end_1",
  url: "https://drafter.example/hook",
  startedAt: T,
  requestHeaders: {},
  requestBody: "{}",
  status: 200,
  responseHeaders: {},
  responseBody: "",
  responseEncoding: "utf-8",
  responseBytes: 0,
  responseSha256: "",
  responseCut: false,
  firstByteMs: 1,
  totalMs: 1,
  traceId: "0",
  outcome: "answered",
  reason: null,
};

const LUCK = { dice: 0.5 } as const;
const STEP: Lane = { of: "step" };

export const alarm = (at: number): EnrollmentEvent => ({ ...LUCK, type: "alarm_fired", at });
export const facts = (
  at: number,
  to: "draft" | "retry" | "send" = "draft",
  changes: Partial<Facts> = {},
  lane: Lane = STEP,
): EnrollmentEvent => ({
  ...LUCK,
  type: "facts_read",
  at,
  purpose: to === "send" ? { to, lane } : { to },
  facts: { ...FACTS, ...changes },
});
export const unreadable = (at: number, to: "draft" | "retry" | "send" = "draft"): EnrollmentEvent => ({
  ...LUCK,
  type: "facts_unreadable",
  at,
  purpose: to === "send" ? { to, lane: STEP } : { to },
  detail: "D1 is down",
});
/** The word of the endpoint's breaker: 0 is to go ahead. */
export const breaker = (at: number, waitMs = 0, to: "draft" | "retry" = "draft"): EnrollmentEvent => ({
  ...LUCK,
  type: "breaker_answered",
  at,
  purpose: { to },
  facts: FACTS,
  waitMs,
  isBusy: false,
});
export const slot = (at: number, draftId = FIRST, granted = true, to: "draft" | "send" = "draft"): EnrollmentEvent => ({
  ...LUCK,
  type: "slot_answered",
  at,
  purpose: to === "send" ? { to, lane: STEP } : { to },
  facts: FACTS,
  slot: { draftId, day: new Date(at + HOUR).toISOString().slice(0, 10) },
  granted,
  fullFor: "cadence",
  opensAt: at + DAY,
});
/** The mailbox lets the message of the first draft leave now. */
export const claimed = (at: number): EnrollmentEvent => ({
  ...LUCK,
  ...{ type: "place_answered", at, purpose: { to: "send", lane: STEP }, facts: FACTS, mailboxId: "mbx_1" },
  ask: {
    ...{ id: FIRST, to: "claim", repeats: false, pace: { ...UNPACED, minGapSeconds: 1 }, timeZone: "Europe/Paris" },
    opening: anyTime("Europe/Paris"),
  },
  answer: { granted: true, counted: { day: "2026-11-23", sent: 1, taken: 1, cap: null } },
});
export const answered = (
  at: number,
  answer: DraftAnswer | "later",
  attempt = 1,
  draftId = FIRST,
): EventOf<"draft_answered"> => ({
  ...LUCK,
  type: "draft_answered",
  at,
  draftId,
  attempt,
  answer,
  digest: JSON.stringify(answer),
  exchange: EXCHANGE,
});
export const failed = (at: number, failure: DraftFailure, attempt = 1, draftId = FIRST): EventOf<"draft_failed"> => ({
  ...LUCK,
  type: "draft_failed",
  at,
  draftId,
  attempt,
  failure,
  exchange: EXCHANGE,
});
export const completion = (at: number, answer: DraftAnswer, draftId = FIRST): EnrollmentEvent => ({
  ...LUCK,
  type: "completion_received",
  at,
  draftId,
  answer,
  digest: JSON.stringify(answer),
});
export const composed = (
  at: number,
  changes: {
    sendKey?: string;
    idempotencyWindowMs?: number | null;
    lookUps?: number | null;
    keepsMessageId?: boolean;
    lane?: Lane;
    text?: string;
    to?: string;
  } = {},
): EventOf<"message_composed"> => ({
  ...LUCK,
  type: "message_composed",
  at,
  lane: changes.lane ?? STEP,
  to: changes.to ?? "jane@lead.example",
  payload: "the bytes",
  words: { subject: "A question", text: changes.text ?? "Hello", html: null, meta: null },
  job: {
    sendKey: changes.sendKey ?? "dh-aaaaaaaaaaaaaaaa-0-0",
    provider: "smtp",
    sha256: "0",
    messageId: "<1@acme.example>",
    idempotencyWindowMs: changes.idempotencyWindowMs ?? null,
    intentAt: at,
    tries: 0,
    lookUps: changes.lookUps ?? null,
    keepsMessageId: changes.keepsMessageId ?? false,
    account: "",
  },
});
export const sendFinished = (
  at: number,
  result: SendResult,
  sendKey = "dh-aaaaaaaaaaaaaaaa-0-0",
  lane: Lane = STEP,
): EnrollmentEvent => ({ ...LUCK, type: "send_finished", at, lane, sendKey, result });
export const reply = (at: number, classification: Partial<Classification> = {}, id = "in_1"): EnrollmentEvent => ({
  ...LUCK,
  type: "reply_received",
  at,
  reply: inbound(at, id, classification),
});
export const told = (at: number, n: number, answer: ReplyAnswer | "later" | "none", attempt = 1): EnrollmentEvent => ({
  ...LUCK,
  type: "event_delivered",
  at,
  deliveryId: event(n),
  attempt,
  answer,
  issues: [],
  digest: JSON.stringify(answer),
  exchange: EXCHANGE,
});
export const by = <Event extends object>(
  at: number,
  rest: Event,
): Event & { readonly at: number; readonly dice: number; readonly by: string } => ({
  ...LUCK,
  at,
  by: "person",
  ...rest,
});

export const FIRST = "drf_aaaaaaaaaaaaaaaa_0_1";
export const event = (n: number): string => `evt_aaaaaaaaaaaaaaaa_${n}`;

export const ACCEPTED: SendResult = {
  kind: "accepted",
  providerMessageId: "1",
  wireMessageId: "<wire@acme.example>",
  response: "250 ok",
};
export const UNKNOWN: SendResult = { kind: "unknown", stage: "answer", detail: "no answer after the data" };
export const NOT_SENT: SendResult = { kind: "not_sent", code: "421", detail: "try later", retryAfterMs: null };

/** The events that bring a new enrollment to the named phase, each a second after the other's time. */
export const TO_DRAFTING: readonly EnrollmentEvent[] = [alarm(T), facts(T), breaker(T), slot(T)];
export const TO_READY: readonly EnrollmentEvent[] = [
  ...TO_DRAFTING,
  answered(T, { body: "Hello", subject: "A question" }),
];
export const TO_SENDING: readonly EnrollmentEvent[] = [...TO_READY, facts(T, "send"), composed(T)];
export const TO_SENT: readonly EnrollmentEvent[] = [...TO_SENDING, sendFinished(T, ACCEPTED)];

/** `held:ambiguous`, `finished:replied`, `waiting`: a phase in a word. */
export function named(phase: Phase | undefined): string {
  if (phase === undefined) return "none";
  if (phase.name === "held") return `held:${phase.reason}`;
  if (phase.name === "finished") return `finished:${phase.exit.reason ?? phase.exit.state}`;
  return phase.name;
}

/** What is to be done, but for the telling of events. */
export function effectsOf({ effects }: Transition): readonly string[] {
  return effects.map(({ type }) => type).filter((type) => type !== "deliver_event");
}

/** The types of events that wait to be told. */
export function toTell({ deliveries }: Enrollment): readonly string[] {
  return deliveries.map(({ type }) => type.slice("cadence.".length));
}

/** The codes of notes and the kinds of other lines. */
export function journaled({ writes }: Transition): readonly string[] {
  return writes.flatMap((write) =>
    write.type !== "journal"
      ? []
      : write.entry.kind === "note"
        ? [write.entry.code]
        : write.entry.kind === "exchange"
          ? [`${write.entry.outcome}: ${write.entry.decision}`]
          : ["message"],
  );
}

/** A mail from Jane that was matched by its token. */
export function inbound(at: number, id: string, classification: Partial<Classification>): InboundReply {
  return {
    id,
    at,
    messageId: `<${id}@lead.example>`,
    inReplyTo: [],
    references: [],
    from: "jane@lead.example",
    to: "r@reply.example",
    subject: "Re: A question",
    text: "Yes",
    cleanText: "Yes",
    quotedText: "",
    classification: { kind: "human", subtype: null, confidence: 0.95, evidence: [], ...classification },
    matchedBy: "token",
    tokenValid: true,
    rawKey: id,
  };
}
