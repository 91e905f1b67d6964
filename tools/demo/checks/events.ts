import type { Evidence } from "../evidence.ts";
import { ENDINGS, mailsOf, type Part, partOf } from "../plot.ts";
import type { Check } from "./checks.ts";

/** The endpoint was told what happened: each event once, no other, and about the right lead. */
export function checkEvents({ leads, far, setUp, enrollments }: Evidence, check: Check): void {
  const events = far.requests.filter(({ type }) => type !== "cadence.step.draft.requested");
  const attempts = events.filter(({ attempt }) => attempt > 1);
  check(attempts.length === 0, `${attempts.length} events came more than once although the first delivery was taken`);
  for (const { externalId } of leads) {
    const expected = expectedEvents(partOf(externalId));
    const got = events.filter(({ lead }) => lead === externalId).map(({ type }) => type);
    for (const type of new Set([...expected, ...got])) {
      const [wanted, came] = [count(expected, type), count(got, type)];
      check(came === wanted, `${type} came ${came} times for ${externalId} instead of ${wanted}`);
    }
  }
  for (const { body, lead, type } of events) {
    const event = JSON.parse(body);
    const enrollmentId = enrollments.get(lead)?.id;
    check(
      event.enrollment.id === enrollmentId && event.cadence.id === setUp.cadenceId && event.mode === "live",
      `${type} for ${lead} names another enrollment, cadence or mode`,
    );
  }
  const fired = events
    .filter(({ type }) => type === "cadence.step.fired")
    .map(({ body }) => JSON.parse(body).data.messageId);
  const arrived = far.mails.map(({ messageId }) => messageId);
  check(
    fired.toSorted().join() === arrived.toSorted().join(),
    `${fired.length} messages were told as fired, and ${arrived.length} arrived`,
  );
}

function expectedEvents(part: Part): string[] {
  const ending = ENDINGS[part];
  return [
    ...Array.from({ length: mailsOf(ending) }, () => "cadence.step.fired"),
    ...(ending.outcomes.includes("skipped") ? ["cadence.step.skipped"] : []),
    ...(part === "deferred" ? ["cadence.step.deferred"] : []),
    ...(part === "replies" ? ["cadence.lead.replied", "cadence.lead.exited"] : []),
    ...(ending.state === "completed" ? ["cadence.lead.completed"] : []),
  ];
}

function count(types: readonly string[], wanted: string): number {
  return types.filter((type) => type === wanted).length;
}
