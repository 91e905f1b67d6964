import type { CadenceVersion } from "../cadence.ts";
import { channelOfStep } from "../channel.ts";
import type { Effect } from "../effects.ts";
import { type Enrollment, nextDraftId, type PlaceRef, type ReadyPhase } from "../enrollment.ts";
import type { EventOf } from "../events.ts";
import type { Facts } from "../facts.ts";
import { ENDPOINT_DOWN } from "../gates/endpoint-health.ts";
import type { GateName, GateVerdict } from "../gates/gate.ts";
import { extraMs } from "../jitter.ts";
import type { PlaceAsk } from "../pace/ask-place.ts";
import type { Opening } from "../pace/openings.ts";
import { pacedSender, senderNamed } from "../pace/paced-sender.ts";
import { isPaced, type MailboxPace } from "../pace/settings.ts";
import { sendingZone } from "../sending-zone.ts";

type PlaceEffect = Extract<Effect, { type: "ask_place" }>;

/** Whoever is so late comes out of an outage or a pause, and not alone. */
const LATE_MS = 15 * 60_000;
/** So far apart they leave a mailbox that has no gap of its own. */
const CATCH_UP_GAP_SECONDS = 1;
const CATCH_UP = "mailbox_catch_up";
/** Whoever waits for longer looks again within a day: places may be free by then, and caps be higher. */
const LOOK_AGAIN_MS = 24 * 3600_000;
const LOOK_AGAIN_SPREAD_SECONDS = 4 * 3600;
/** These gates say by themselves when one may go on, and spread who does. */
const KNOWS_WHEN: ReadonlySet<GateName> = new Set([
  "window",
  "absence",
  "daily_cap",
  "mailbox_pace",
  "endpoint_health",
  "condition",
  "account",
]);
/** And still, who waited for these came out of an outage, and others with it. */
const OF_OUTAGES: ReadonlySet<string> = new Set<string>([ENDPOINT_DOWN, CATCH_UP, "account_catch_up"]);

/** Asks the mailbox, or the LinkedIn account, for a place for the draft that is asked for next; null where nothing has to be kept to. */
export function placeToTake(state: Enrollment, at: number, facts: Facts, cadence: CadenceVersion): PlaceEffect | null {
  if (state.phase.name !== "waiting") return null;
  const { dueAt, waitingFor } = state.phase;
  return askFor(state, facts, cadence, { to: "draft" }, isLate(at, dueAt, waitingFor), {
    id: nextDraftId(state),
    to: "take",
    repeats: false,
  });
}

/** Claims a place for this moment (`at`, ms), in which the message is to leave; null where nothing has to be kept to. */
export function placeToClaim(
  state: Enrollment,
  { draft, job, since = draft.createdAt, waitingFor }: ReadyPhase,
  at: number,
  facts: Facts,
  cadence: CadenceVersion,
): PlaceEffect | null {
  const isBehind = draft.isBelated === true || isBelated(at, since, waitingFor);
  return askFor(state, facts, cadence, { to: "send", lane: { of: "step" } }, isBehind, {
    id: draft.id,
    to: "claim",
    repeats: job !== null && job.doubt !== null,
  });
}

/** Whether what was to go on at `since` (ms), or when what it waited for said so, comes out of an outage or a pause, also where it has its turn by now. */
export function isBelated(at: number, since: number, waitedFor: GateVerdict | null): boolean {
  const isOfOutage = waitedFor?.verdict === "wait" && OF_OUTAGES.has(waitedFor.reason);
  return isLate(at, since, isOfOutage ? null : waitedFor);
}

function isLate(at: number, since: number, waitedFor: GateVerdict | null): boolean {
  const isTold = waitedFor?.verdict === "wait" && KNOWS_WHEN.has(waitedFor.gate);
  return at - (isTold ? Math.max(since, waitedFor.until) : since) >= LATE_MS;
}

function askFor(
  state: Enrollment,
  facts: Facts,
  cadence: CadenceVersion,
  purpose: PlaceEffect["purpose"],
  isLate: boolean,
  what: Pick<PlaceAsk, "id" | "to" | "repeats">,
): PlaceEffect | null {
  const sender = pacedSender(cadence.steps[state.step] ?? null, facts);
  if (sender === null || !(isLate || isPaced(sender.pace))) return null;
  const pace: MailboxPace = isLate
    ? { ...sender.pace, minGapSeconds: Math.max(sender.pace.minGapSeconds, CATCH_UP_GAP_SECONDS) }
    : sender.pace;
  const ask: PlaceAsk = {
    ...what,
    pace,
    timeZone: sender.zone.timeZone,
    opening: openingOf(state, facts, cadence),
  };
  return { type: "ask_place", purpose, facts, mailboxId: sender.id, ask };
}

/** The hours over which a day's messages are spread: in which the lead may be written to; on LinkedIn, in which the account works. */
function openingOf(state: Enrollment, facts: Facts, { steps, settings }: CadenceVersion): Opening {
  const channel = channelOfStep(steps[state.step] ?? null);
  const { businessHoursOnly, sendingWindows, blackoutDates, holidayCalendars } = settings;
  const hours = channel === "linkedin" ? (facts.linkedin?.workingHours ?? []) : [];
  if (channel === "linkedin" && hours.length > 0)
    return {
      timeZone: facts.linkedin?.timeZone ?? facts.tenant.timeZone,
      settings: { businessHoursOnly: false, sendingWindows: hours },
      tenantBlackouts: facts.tenant.blackoutDates,
      leadCountry: null,
    };
  return {
    timeZone: sendingZone(state.lead, facts, channel).timeZone,
    settings: {
      businessHoursOnly,
      ...(sendingWindows === undefined ? {} : { sendingWindows }),
      ...(blackoutDates === undefined ? {} : { blackoutDates }),
      ...(holidayCalendars === undefined ? {} : { holidayCalendars }),
    },
    tenantBlackouts: facts.tenant.blackoutDates,
    leadCountry: state.lead.country,
  };
}

/** The word of the mailbox, or of the account, as a gate's verdict, with what it counted and by whose days. */
export function paceVerdict({
  facts,
  answer,
  ask,
  mailboxId,
}: Pick<EventOf<"place_answered">, "facts" | "answer" | "ask" | "mailboxId">): GateVerdict {
  const sender = senderNamed(mailboxId, facts);
  const pace = sender?.pace ?? null;
  const isAccount = sender?.id !== facts.mailbox?.id;
  const read = {
    ...(isAccount ? { account: mailboxId } : { mailbox: facts.mailbox?.id ?? null }),
    ...answer.counted,
    dailySendCap: pace?.dailySendCap ?? null,
    ramp: pace?.ramp ?? null,
    ...(pace?.spans === undefined ? {} : { spans: pace.spans }),
    minGapSeconds: ask.pace.minGapSeconds,
    gapSpreadSeconds: ask.pace.gapSpreadSeconds,
    ...sender?.zone,
  };
  if (answer.granted) return { gate: "mailbox_pace", read, verdict: "pass" };
  const why = pace !== null && !isPaced(pace) ? CATCH_UP : answer.reason;
  const reason = isAccount ? why.replace(/^mailbox_/, "account_") : why;
  return { gate: "mailbox_pace", read, verdict: "wait", until: answer.until, reason };
}

/** When whoever waits for a place at `until` (ms) looks next: then, or within a day. */
export function lookForPlaceAt(state: Enrollment, at: number, until: number): number {
  const spreadMs = extraMs(`${state.id} ${state.step}`, LOOK_AGAIN_SPREAD_SECONDS);
  return Math.min(until, at + LOOK_AGAIN_MS - spreadMs);
}

/** The state that knows of its place. */
export function withPlace(state: Enrollment, { ask, mailboxId }: EventOf<"place_answered">): Enrollment {
  return { ...state, place: { draftId: ask.id, mailboxId } };
}

/** A place that nobody wants any more goes on the list of those to give back; that of a draft in hand stays, and so does one whose message is out. */
export function withoutOrphan(state: Enrollment, { ask, mailboxId }: EventOf<"place_answered">): Enrollment {
  const inHand = "draft" in state.phase ? state.phase.draft?.id : null;
  const isOut = state.outcomes.some(
    ({ draftId, outcome }) => draftId === ask.id && (outcome === "sent" || outcome === "ambiguous"),
  );
  if (state.place?.draftId === ask.id || isOut) return state;
  if (inHand === ask.id) return { ...state, place: { draftId: ask.id, mailboxId } };
  const orphan: PlaceRef = { draftId: ask.id, mailboxId };
  return { ...state, unusedSlots: [...state.unusedSlots, orphan] };
}
