import type { Evidence } from "../evidence.ts";
import { DEFER_SECONDS, ENDINGS, OUTAGE, type Part, partOf } from "../plot.ts";
import type { Check } from "./checks.ts";

const DRAFT_REQUEST = "cadence.step.draft.requested";

/** Each enrollment ended as its lead's part says, in the list and by itself. */
export function checkOutcomes(evidence: Evidence, check: Check): void {
  const { leads, enrollments, summaries, far, conversations } = evidence;
  check(
    enrollments.size === leads.length && summaries.length === leads.length,
    `${leads.length} leads have ${enrollments.size} enrollments, of which the list shows ${summaries.length}`,
  );
  for (const { externalId } of leads) {
    const { state, exitReason, outcomes, attempts, replies } = ENDINGS[partOf(externalId)];
    const one = enrollments.get(externalId);
    const listed = summaries.find((summary) => summary.leadExternalId === externalId);
    check(
      one?.state === state && one.exitReason === exitReason,
      `${externalId} is ${one?.state} (${one?.exitReason}) instead of ${state} (${exitReason})`,
    );
    check(
      listed?.state === state && listed.exitReason === exitReason,
      `the list shows ${externalId} as ${listed?.state} (${listed?.exitReason}) instead of ${state} (${exitReason})`,
    );
    const happened = one?.outcomes.map(({ outcome }) => outcome).join(", ");
    check(
      happened === outcomes.join(", "),
      `the steps of ${externalId} ended as ${happened} instead of ${outcomes.join(", ")}`,
    );
    check(
      one?.outcomes.every(({ step }, index) => step === index) ?? false,
      `the steps of ${externalId} are out of order`,
    );
    check(one?.replyCount === replies, `${externalId} counts ${one?.replyCount} replies instead of ${replies}`);
    const asked = far.requests.filter(({ lead, type }) => lead === externalId && type === DRAFT_REQUEST);
    check(
      asked.length === attempts,
      `the endpoint was asked ${asked.length} times for ${externalId} instead of ${attempts}`,
    );
    const sent = conversations.get(externalId)?.filter(({ direction }) => direction === "out") ?? [];
    const got = far.mails.filter(({ to }) => to[0]?.email === one?.leadEmail);
    check(
      sent.map(({ messageId }) => messageId).join() === got.map(({ messageId }) => messageId).join(),
      `the conversation with ${externalId} is not the mails that arrived: ${sent.length} and ${got.length}`,
    );
  }
  checkDeferred(evidence, check);
  checkAnsweredLater(evidence, check);
  checkFailedTwice(evidence, check);
}

/** Put off by a minute, which is longer than the demonstration: what can be seen is that it waits for that minute. */
function checkDeferred({ leads, enrollments, far }: Evidence, check: Check): void {
  const lead = leadWith(leads, "deferred");
  const one = enrollments.get(lead);
  const asked = far.requests.filter((request) => request.lead === lead && request.type === DRAFT_REQUEST).at(-1);
  const due = Date.parse(one?.nextDueAt ?? "");
  const wanted = (asked?.arrivedAt ?? 0) + DEFER_SECONDS * 1000;
  check(
    one?.phase === "waiting" && one.currentStep === 1,
    `${lead} is ${one?.phase} at step ${one?.currentStep} instead of waiting at step 1`,
  );
  check(
    Math.abs(due - wanted) < 5_000,
    `${lead} is due at ${one?.nextDueAt} instead of ${DEFER_SECONDS} s after the drafter said so (${new Date(wanted).toISOString()})`,
  );
  check(asked?.answer.includes('"defer"') ?? false, `the last answer for ${lead} was ${asked?.answer}, no defer`);
}

function checkAnsweredLater({ leads, far }: Evidence, check: Check): void {
  const lead = leadWith(leads, "answered_later");
  const promised = far.requests.filter((request) => request.lead === lead && request.status === 202);
  check(promised.length === 1, `${promised.length} requests for ${lead} were answered by 202 instead of one`);
  const completions = far.drafterLines.filter(
    ({ id, completed }) => id === promised[0]?.webhookId && completed !== undefined,
  );
  check(
    completions.length === 1 && completions[0]?.completed === 200,
    `the completion for ${lead} was answered ${completions.map(({ completed }) => completed).join(", ") || "not at all"} instead of 200`,
  );
  const others = far.drafterLines.filter(
    ({ id, completed }) => completed !== undefined && id !== promised[0]?.webhookId,
  );
  check(others.length === 0, `${others.length} completions were sent that nobody promised`);
}

function checkFailedTwice({ leads, far, log }: Evidence, check: Check): void {
  const lead = leadWith(leads, OUTAGE.part);
  const failed = far.requests.filter(({ answeredBy }) => answeredBy === "outage");
  check(
    failed.length === OUTAGE.attempts && failed.every((request) => request.lead === lead),
    `the outage hit ${failed.length} requests instead of ${OUTAGE.attempts}`,
  );
  const ids = new Set(failed.map(({ webhookId }) => webhookId));
  check(ids.size === 1, `the failed attempts have ${ids.size} webhook-ids instead of one`);
  const logged = log
    .filter(({ subjectId }) => subjectId !== null && ids.has(subjectId))
    .toSorted((a, b) => (a.attempt ?? 0) - (b.attempt ?? 0));
  const statuses = logged.map(({ attempt, status }) => `${attempt}: ${status}`).join(", ");
  check(
    statuses === `1: ${OUTAGE.status}, 2: ${OUTAGE.status}, 3: 200`,
    `the log shows the attempts of the failing step as ${statuses}`,
  );
  const decisions = logged.map(({ decision }) => decision).join(", ");
  check(decisions === "try again, try again, body", `the log says that the attempts led to ${decisions}`);
}

function leadWith(leads: Evidence["leads"], part: Part): string {
  return leads.find(({ externalId }) => partOf(externalId) === part)?.externalId ?? "nobody";
}
