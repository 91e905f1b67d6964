import type { LogEntry } from "../../../../core/contract/log.ts";
import type { Tone } from "../../ui/badge.tsx";
import { exitWords, HELD_REASONS, inWords, MAIL_KINDS } from "../../ui/enrollment-words.ts";
import { gateWhy } from "./say-gate.ts";

/** One line of a timeline in plain words. */
export interface Said {
  readonly title: string;
  readonly detail: string | null;
  readonly tone: Tone;
}

/** What happened, as a person would say it. What is new here is said in the engine's own words. */
export function sayEntry(entry: LogEntry): Said {
  switch (entry.kind) {
    case "exchange":
      return entry.what === "cadence.step.draft.requested" ? sayAsking(entry) : sayTelling(entry);
    case "message":
      return entry.what === "in" ? sayArrival(entry) : saySending(entry);
    case "note":
      return sayNote(entry);
  }
}

function sayAsking(entry: LogEntry): Said {
  const { step, attempt, status, reason, decision, totalMs } = entry;
  const which = `${stepName(step)}${attempt !== null && attempt > 1 ? `, attempt ${attempt}` : ""}`;
  const took = totalMs === null ? null : `It took ${sayMs(totalMs)}.`;
  const said: Readonly<Record<string, Said | undefined>> = {
    body: { title: `The endpoint wrote the draft of ${which}`, detail: took, tone: "good" },
    skip: { title: `The endpoint said to pass over ${which}`, detail: reason ?? entry.excerpt, tone: "plain" },
    defer: { title: `The endpoint asked to be asked later about ${which}`, detail: reason, tone: "plain" },
    stop: { title: `The endpoint said to stop at ${which}`, detail: reason ?? entry.excerpt, tone: "warn" },
    "wait for the completion": {
      title: `The endpoint will answer later for ${which} (HTTP 202)`,
      detail: "Its answer goes to the completion URL.",
      tone: "plain",
    },
    "too late, not used": { title: `An answer for ${which} came too late`, detail: "It was not used.", tone: "warn" },
  };
  const known = said[decision ?? ""];
  if (known !== undefined) return known;
  return {
    title: `The endpoint failed for ${which}: ${sayFailure(entry.outcome, status)}`,
    detail: [reason, decision === null ? null : `Then: ${decision}.`].filter(Boolean).join(" ") || null,
    tone: "bad",
  };
}

const EVENTS: Readonly<Record<string, string | undefined>> = {
  "cadence.step.fired": "that the message was sent",
  "cadence.step.skipped": "that the step was passed over",
  "cadence.step.deferred": "that it will be asked later",
  "cadence.step.held": "that the step is held",
  "cadence.step.ambiguous": "that a send is in doubt",
  "cadence.step.failed": "that the step failed",
  "cadence.lead.replied": "that the lead replied",
  "cadence.lead.connected": "that the lead accepted the invitation",
  "cadence.task.created": "that a person has something to do",
  "cadence.task.overdue": "that a task is overdue",
  "cadence.lead.bounced": "that mail to the lead bounced",
  "cadence.lead.unsubscribed": "that the lead unsubscribed",
  "cadence.lead.complained": "that the lead complained",
  "cadence.lead.completed": "that the cadence is done",
  "cadence.lead.exited": "that the enrollment ended",
};

const REPLY_ANSWERS: Readonly<Record<string, string | undefined>> = {
  body: "It wrote an answer to the reply.",
  stop: "It said to stop.",
  pause: "It said to pause.",
  continue: "It said to go on.",
  defer: "It asked to be asked later.",
  "wait for the completion": "It will answer later.",
};

function sayTelling(entry: LogEntry): Said {
  const what = EVENTS[entry.what] ?? entry.what;
  const wasHeard = entry.status !== null && entry.status >= 200 && entry.status < 300;
  const again = entry.redeliveryOf === null ? "" : " once more";
  if (wasHeard)
    return {
      title: `Told the endpoint${again} ${what}`,
      detail: REPLY_ANSWERS[entry.decision ?? ""] ?? entry.reason,
      tone: "plain",
    };
  return {
    title: `Could not tell the endpoint ${what}: ${sayFailure(entry.outcome, entry.status)}`,
    detail:
      [entry.reason, entry.decision === null ? null : `Then: ${entry.decision}.`].filter(Boolean).join(" ") || null,
    tone: "bad",
  };
}

function saySending({ step, detail, excerpt }: LogEntry): Said {
  const subject = textOf(detail, "subject") ?? excerpt;
  const name = step === null ? "An answer to their reply" : capital(stepName(step));
  if (detail["assumed"] === true)
    return { title: `${name} counts as sent, though nobody knows`, detail: subject, tone: "warn" };
  const crossed = detail["crossed"] === true ? ". It was on its way already when the enrollment ended" : "";
  return { title: `${name} was sent${crossed}`, detail: subject, tone: "good" };
}

function sayArrival({ detail, excerpt }: LogEntry): Said {
  const classification = recordOf(detail["classification"]);
  const kind = textOf(classification, "kind") ?? "other";
  const { name, tone } = MAIL_KINDS[kind] ?? { name: inWords(kind), tone: "plain" };
  return {
    title: kind === "human" ? "The lead replied" : `A mail came in: ${lower(name)}`,
    detail: textOf(detail, "cleanText") ?? excerpt,
    tone,
  };
}

function sayNote(entry: LogEntry): Said {
  const { what, detail, step } = entry;
  const reason = textOf(detail, "reason");
  const by = byWhom(textOf(detail, "by"));
  const plain = (title: string, more: string | null = null): Said => ({ title, detail: more, tone: "plain" });
  switch (what) {
    case "enrolled":
      return plain("Enrolled", `On version ${detail["version"]} of the cadence.`);
    case "enrolled_anew":
      return plain("Enrolled anew, so this one can't go on any more");
    case "paused":
      return plain(`Paused${by}`);
    case "resumed":
      return plain(`Resumed${by}`);
    case "unenroll_requested":
      return plain(`Unenrolled${by}`, reason);
    case "lead_edited":
      return plain(`The lead was changed${by}`, listOf(detail["fields"]));
    case "waiting":
      return plain(`${capital(stepName(step))} waits`, sayWaiting(detail));
    case "gate_closed":
      return {
        title: `A gate closed for ${stepName(step)}: ${inWords(reason ?? "")}`,
        detail: textOf(detail, "verdict"),
        tone: "warn",
      };
    case "held":
    case "reply_answer_held":
      return {
        title: `${what === "held" ? capital(stepName(step)) : "The answer to the reply"} is held for a person: ${lower(HELD_REASONS[reason ?? ""]?.short ?? inWords(reason ?? ""))}`,
        detail: textOf(detail, "detail"),
        tone: "warn",
      };
    case "released":
      return plain(`Released${by}`);
    case "edited":
      return plain(`The text was edited${by}`, textOf(recordOf(detail["after"]), "text"));
    case "skipped_by_person":
      return plain(`Passed over${by}`, reason);
    case "retried":
      return plain(`Asked again${by}`);
    case "settled_arrived":
      return plain(`Said to have arrived${by}`);
    case "settled_send_again":
      return plain(`To be sent again${by}`);
    case "deferred":
      return plain(`${capital(stepName(step))} is put off`, reason);
    case "exited":
      return {
        title: `The enrollment ended: ${lower(exitWords(reason ?? ""))}`,
        detail: isMessageId(textOf(detail, "detail")),
        tone: "info",
      };
    case "completed":
      return { title: "Every step is done", detail: textOf(detail, "detail"), tone: "good" };
    case "unenrolled":
      return plain("The enrollment ended: unenrolled", reason);
    case "address_suppressed":
      return {
        title: `${textOf(detail, "address") ?? "The address"} went onto the suppression list`,
        detail: reason === null ? null : inWords(reason),
        tone: "warn",
      };
    case "contact_refused":
      return { title: "The lead wants no more mail", detail: reason === null ? null : inWords(reason), tone: "warn" };
    case "soft_bounce":
      return { title: "A mail bounced, not for good", detail: textOf(detail, "diagnostic"), tone: "warn" };
    case "task_created":
      return plain(`${capital(stepName(step))} is a task for a person`);
    case "task_done":
      return {
        title: `${capital(stepName(step))} was done${by}`,
        detail: textOf(detail, "before") === null ? null : "With other words than those that stood there.",
        tone: "good",
      };
    case "task_skipped":
      return plain(`The task was passed over${by}`, reason);
    case "task_overdue":
      return { title: "The task should have been done by now", detail: null, tone: "warn" };
    case "not_connected":
      return plain("The two aren't connected on LinkedIn, so the message waits for that");
    case "connected":
      return { title: "The two are connected on LinkedIn", detail: sayConnectedBy(detail["by"]), tone: "good" };
    case "already_connected":
      return plain("The two were connected on LinkedIn already, so there was nothing to invite to");
    case "invitation_withdrawn":
      return plain("The LinkedIn invitation was withdrawn");
    case "profile_found":
      return plain("Their LinkedIn profile was found");
    case "profile_not_read":
      return { title: "Their LinkedIn profile couldn't be read", detail: textOf(detail, "detail"), tone: "warn" };
    case "account_troubled":
      return { title: "The LinkedIn account can't act", detail: textOf(detail, "detail"), tone: "bad" };
    case "linkedin_unreachable":
      return { title: "LinkedIn brings nothing to this person", detail: textOf(detail, "detail"), tone: "warn" };
    case "away_until":
      return plain(`The lead is away until ${textOf(detail, "awayUntil") ?? "somebody knows when"}`);
    case "reopened":
      return plain("Goes on again, as the endpoint said");
    case "endpoint_restored":
      return plain("The endpoint is on again");
    case "looked_up":
      return plain("The mail provider was asked what became of the message", textOf(detail, "kind"));
    case "mail_noted":
      return plain("A mail was noted", textOf(detail, "kind") === null ? null : inWords(textOf(detail, "kind") ?? ""));
    case "draft_attempt_failed":
    case "event_attempt_failed":
      return {
        title: "The endpoint could not be asked",
        detail: textOf(detail, "detail") ?? textOf(detail, "reason"),
        tone: "bad",
      };
    case "event_given_up":
      return {
        title: `Gave up telling the endpoint ${EVENTS[textOf(detail, "type") ?? ""] ?? "an event"}`,
        detail: null,
        tone: "bad",
      };
    default:
      return plain(`${capital(inWords(what))}${by}`, textOf(detail, "detail") ?? reason);
  }
}

function sayConnectedBy(by: unknown): string | null {
  const known = { hook: "The provider told it.", poll: "The provider was asked.", person: "A person saw it." };
  return Object.entries(known).find(([name]) => name === by)?.[1] ?? null;
}

/** Why a step waits, in the words of the gate that stands last in the line's own list. */
function sayWaiting(detail: Readonly<Record<string, unknown>>): string | null {
  const reason = textOf(detail, "reason");
  const gate = textOf(detail, "gate") ?? "";
  const gates = Array.isArray(detail["gates"]) ? detail["gates"].map(recordOf) : [];
  const read = recordOf(gates.find((one) => one["gate"] === gate)?.["read"]);
  return gateWhy({ gate, verdict: "wait", reason, detail: null, until: null, read });
}

function stepName(step: number | null): string {
  return step === null ? "the answer to the reply" : `step ${step + 1}`;
}

function sayFailure(outcome: string | null, status: number | null): string {
  if (status !== null && status >= 400) return `HTTP ${status}`;
  switch (outcome) {
    case "timeout":
      return "no answer in time";
    case "network":
      return "it could not be reached";
    case "draft_invalid":
      return "its answer breaks the contract";
    default:
      return inWords(outcome ?? "no answer");
  }
}

function sayMs(ms: number): string {
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;
}

/** Who did it, where that was a person or a key; the engine and the endpoint are said by the sentence itself. */
function byWhom(by: string | null): string {
  if (by === null || by === "engine" || by === "api" || by === "customer" || by === "provider") return "";
  return by.startsWith("key_") ? " by a key" : " by a person";
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function textOf(record: Readonly<Record<string, unknown>>, name: string): string | null {
  const value = record[name];
  return typeof value === "string" && value !== "" ? value : null;
}

function listOf(value: unknown): string | null {
  return Array.isArray(value) ? value.join(", ") : null;
}

/** A Message-ID says nothing to a person. */
function isMessageId(text: string | null): string | null {
  return text?.startsWith("<") && text.endsWith(">") ? null : text;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
