import type { CadenceVersion } from "../cadence.ts";
import type { Transition } from "../effects.ts";
import type { Enrollment } from "../enrollment.ts";
import type { EventOf, Lane } from "../events.ts";
import type { DeliveryEvent } from "../mail/delivery-event.ts";
import { andThen, become, note, nothing } from "./build.ts";
import { phaseOf } from "./lane.ts";
import { bounced } from "./received-bounce.ts";
import { contactRefused } from "./refuse-contact.ts";
import { sendFinished } from "./sent.ts";
import { withMessageIds } from "./thread.ts";

/** Further messages than any cadence sends. */
const REPORTED_MAX = 100;

/**
 * The provider says what became of a message. Told twice, or late, it changes nothing more; what it is told of it had
 * taken, so a doubt about that ends here. A copy's address (Cc, Bcc) bounces without any meaning for the lead.
 */
export function deliveryReported(
  state: Enrollment,
  event: EventOf<"delivery_reported">,
  cadence: CadenceVersion,
): Transition {
  const { report } = event;
  const key = keyOf(report);
  if (state.reported.includes(key)) return nothing(state);
  const noticed = become({ ...state, reported: [...state.reported, key].slice(-REPORTED_MAX) });
  const taken = andThen(noticed, (after) => countAsTaken(after, event, cadence));
  return andThen(taken, (after) => actOn(learnWireId(after, report), event, cadence));
}

function actOn(state: Enrollment, event: EventOf<"delivery_reported">, cadence: CadenceVersion): Transition {
  const { at, report } = event;
  const { kind, recipient, bounce } = report;
  const subjectId = report.sendKey ?? report.providerMessageId;
  const detail = { recipient, at: new Date(report.at).toISOString(), ...(bounce === null ? {} : { bounce }) };
  const noted = become(state, [note(state, at, CODES[kind], { by: "provider", subjectId, detail })]);
  if (!isPersons(state, recipient)) return noted;
  if (kind === "complained" || kind === "unsubscribed")
    return andThen(noted, (after) =>
      contactRefused(after, { ...event, type: "contact_refused", reason: kind, by: "provider" }, cadence),
    );
  if (bounce === null) return noted;
  const what = { subjectId: subjectId ?? "", bounce, detail: bounce.diagnostic ?? bounce.reason };
  return andThen(noted, (after) => bounced(after, at, what, cadence, true));
}

/** Whether the message went to the lead, at the address that they have or at one that they had, and not to a copy's. */
function isPersons({ lead, formerEmails }: Enrollment, recipient: string): boolean {
  return [lead.email, ...formerEmails].some((email) => email?.toLowerCase() === recipient);
}

/** A second word on the same message counts where it says more: a bounce that turns out to be final. */
function keyOf({ sendKey, providerMessageId, kind, bounce, recipient }: DeliveryEvent): string {
  return [sendKey ?? providerMessageId, kind, bounce?.class ?? "", recipient].join(" ");
}

const CODES = {
  delivered: "message_delivered",
  delayed: "delivery_delayed",
  bounced: "message_bounced",
  complained: "message_complained",
  unsubscribed: "message_unsubscribed",
} as const;

function countAsTaken(state: Enrollment, event: EventOf<"delivery_reported">, cadence: CadenceVersion): Transition {
  const { sendKey, providerMessageId, wireMessageId, kind } = event.report;
  const lane = sendKey === null ? null : laneOf(state, sendKey);
  if (lane === null || sendKey === null) return nothing(state);
  const response = `the provider reported it as ${kind}`;
  const result = { kind: "accepted", providerMessageId, wireMessageId, response } as const;
  return sendFinished(state, { ...event, type: "send_finished", lane, sendKey, result }, cadence);
}

/** Where the message still stands as one that may or may not have been taken. */
function laneOf(state: Enrollment, sendKey: string): Lane | null {
  const lanes: Lane[] = [{ of: "step" }, ...state.answers.map(({ reply }): Lane => ({ of: "reply", reply }))];
  return lanes.find((lane) => isOpen(phaseOf(state, lane), sendKey)) ?? null;
}

function isOpen(phase: ReturnType<typeof phaseOf>, sendKey: string): boolean {
  if (phase?.name === "sending") return phase.job.sendKey === sendKey;
  const waits = phase?.name === "held" || phase?.name === "ready" ? phase : null;
  return waits?.job != null && waits.job.sendKey === sendKey && waits.job.doubt !== null;
}

/** Where a provider puts an id of its own, this is how the next message of the thread comes to know it. */
function learnWireId(state: Enrollment, { wireMessageId }: DeliveryEvent): Enrollment {
  return wireMessageId === null || state.thread.messageIds.length > 0 ? state : withMessageIds(state, [wireMessageId]);
}
