import type { CadenceVersion } from "../../core/cadence.ts";
import { type Ahead, type GateWord, wordOf } from "../../core/decision.ts";
import type { Enrollment } from "../../core/enrollment.ts";
import type { Facts } from "../../core/facts.ts";
import { capVerdict, tenantCap } from "../../core/flow/gated.ts";
import { paceVerdict, placeToClaim, placeToTake } from "../../core/flow/pacing.ts";
import { contactQuestion, contactVerdict } from "../../core/gates/contact.ts";
import { healthVerdict } from "../../core/gates/endpoint-health.ts";
import { pacedSender } from "../../core/pace/paced-sender.ts";
import { isPaced, UNPACED } from "../../core/pace/settings.ts";
import { dayIn, nextDay } from "../../core/schedule.ts";
import { lookAtBreaker } from "../../durable-objects/ask-breaker.ts";
import { askContacts } from "../../durable-objects/ask-contacts.ts";
import { takenOf } from "../../durable-objects/ask-daily-cap.ts";
import { peekAtPlace } from "../../durable-objects/ask-pace.ts";

/** Whose step is asked about, at what time (ms), with the facts of now. */
export interface Asking {
  readonly env: Env;
  readonly enrollment: Enrollment;
  readonly cadence: CadenceVersion;
  readonly facts: Facts;
  readonly ahead: Ahead;
  readonly now: number;
  readonly at: number;
}

/** The words of the gates that an object answers for, looked at without taking anything. An object that can't say is said so. */
export async function askedWords(asking: Asking): Promise<readonly GateWord[]> {
  const { cadence, enrollment } = asking;
  if (cadence.steps[enrollment.step]?.kind === "wait") return [];
  if (asking.ahead.purpose === "retry") return [await healthWord(asking)].filter((word) => word !== null);
  const isTask = cadence.steps[enrollment.step]?.kind === "task";
  const words = await Promise.all([
    contactWord(asking),
    paceWord(asking),
    healthWord(asking),
    isTask ? null : capWord(asking),
  ]);
  return words.filter((word) => word !== null);
}

/** What the person and their company were sent, and whether the person replied elsewhere. */
async function contactWord({ env, enrollment, cadence, facts, at }: Asking): Promise<GateWord | null> {
  const question = contactQuestion(enrollment, cadence, facts);
  if (question === null) return null;
  const answer = await askContacts(env, enrollment, question, null).catch(() => null);
  if (answer === null) return unanswered("contact");
  const isOver = answer.kind === "limit" && answer.freeAt <= at;
  return wordOf(contactVerdict(question, isOver ? { kind: "free" } : answer));
}

/** The mailbox's place for this very draft; one that keeps no pace is asked only by whoever is late now. */
async function paceWord({ env, enrollment, cadence, facts, ahead, now, at }: Asking): Promise<GateWord | null> {
  const { phase } = enrollment;
  const effect =
    ahead.purpose === "draft"
      ? placeToTake(enrollment, at, facts, cadence)
      : phase.name === "ready"
        ? placeToClaim(enrollment, phase, at, facts, cadence)
        : null;
  const sender = pacedSender(cadence.steps[enrollment.step] ?? null, facts);
  if (effect === null || (at > now && !isPaced(sender?.pace ?? UNPACED))) return null;
  const answer = await peekAtPlace(env, enrollment.tenantId, effect.mailboxId, effect.ask, at).catch(() => null);
  return answer === null ? unanswered("mailbox_pace") : wordOf(paceVerdict({ ...effect, answer }));
}

/** Only of now: what the breaker says later, nobody knows. */
async function healthWord({ env, enrollment, cadence, facts, ahead, now, at }: Asking): Promise<GateWord | null> {
  const { endpoint } = facts;
  if (ahead.purpose === "send" || endpoint === null) return null;
  if (cadence.steps[enrollment.step]?.draftStrategy === "static") return null;
  const word = await lookAtBreaker(env, enrollment.tenantId, endpoint.id);
  if (word === null) return unanswered("endpoint_health");
  if (word.waitMs === 0 || now + word.waitMs <= at) return passed("endpoint_health", { waitMs: word.waitMs });
  return wordOf(healthVerdict(now, word.waitMs, word.isBusy));
}

async function capWord({ env, enrollment, cadence, facts, at }: Asking): Promise<GateWord> {
  const day = dayIn(at, facts.tenant.timeZone);
  const { phase, tenantId } = enrollment;
  const own = "draft" in phase ? (phase.draft?.slotDay ?? null) : null;
  const cap = { cadence: cadence.settings.dailySendCap, tenant: tenantCap(enrollment, facts, at) };
  if (own === day) return passed("daily_cap", { day, isReserved: true, dailySendCap: cap.cadence });
  const taken = await takenOf(env, tenantId, cadence.id, day, cap.tenant !== null).catch(() => null);
  if (taken === null) return unanswered("daily_cap");
  const isFullForTenant = cap.tenant !== null && taken.tenant >= cap.tenant;
  const read = { day, dailySendCap: cap.cadence, taken: taken.cadence, newTenantCap: cap.tenant };
  if (!isFullForTenant && taken.cadence < cap.cadence) return passed("daily_cap", read);
  const fullFor = isFullForTenant ? "tenant" : "cadence";
  const opensAt = nextDay(at, facts.tenant.timeZone);
  return { ...wordOf(capVerdict(enrollment, cadence, { facts, at, slot: { day }, opensAt, fullFor })), read };
}

function passed(gate: string, read: GateWord["read"]): GateWord {
  return { gate, verdict: "pass", reason: null, detail: null, until: null, read };
}

/** The engine would wait and ask again; but for the breaker, which it doesn't wait for. */
function unanswered(gate: string): GateWord {
  if (gate === "endpoint_health") return passed(gate, { waitMs: null });
  return { gate, verdict: "wait", reason: "no_answer", detail: "its count can't be read now", until: null, read: {} };
}
