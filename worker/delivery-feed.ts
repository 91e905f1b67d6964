import {
  type DoubtfulEnrollment,
  doubtfulEnrollments,
  enrollmentsTo,
  forgetReports,
  isSharedSender,
  keepReports,
  sentTo,
  takenReports,
} from "../adapters/d1/delivery-reports.ts";
import { readCloudflareEvent } from "../adapters/mail/events/cloudflare-events.ts";
import type { Enrollment } from "../core/enrollment.ts";
import { type Doubt, doubtsOf, rivalsOf, settleDoubts } from "../core/mail/settle-doubts.ts";
import { enrollmentStub } from "../durable-objects/stub.ts";
import { handOverReports } from "./delivery-events/hand-over-reports.ts";

const HOUR_MS = 3_600_000;
/** A message whose acknowledgement is still on its way to us must not look like a doubt's. */
const SETTLED_AFTER_MS = 60_000;
const KEPT_MS = 48 * HOUR_MS;
const PAGE = 500;
/** An outage of the provider that leaves more than ten thousand doubts in an hour is for a person to look at. */
const PAGES_MAX = 20;
/** Recipients that are looked at side by side. */
const AT_ONCE = 10;
/** Whoever is in more enrollments than these has doubts that a person settles. */
const ENROLLMENTS_MAX = 50;

/**
 * Keeps what the provider's feed says, and tells the enrollments. What isn't an event that we know is left out: it will
 * not get better by coming again.
 */
export async function consumeDeliveryFeed(batch: MessageBatch<unknown>, env: Env): Promise<void> {
  const reports = batch.messages.flatMap(({ body }) => {
    const report = readCloudflareEvent(body);
    if (report !== null) return report;
    console.error("an event of the mail provider's feed was not understood", JSON.stringify(body).slice(0, 500));
    return [];
  });
  if (reports.length === 0) return;
  await keepReports(env.DB, reports);
  await handOverReports(
    env,
    Date.now(),
    reports.map(({ id }) => id),
  );
}

/**
 * Ends the doubts that the feed has an answer to; the others stay as they are. Returns how many were ended. A group that
 * can't be looked at now keeps no other back: the next run tries again.
 */
export async function settleByFeed(env: Env, now: number): Promise<number> {
  const groups = new Map<string, DoubtfulEnrollment>();
  for (const enrollment of await allDoubtful(env, now - HOUR_MS))
    groups.set(`${enrollment.tenantId} ${enrollment.sender} ${enrollment.recipient}`, enrollment);
  let settled = 0;
  const waiting = [...groups.values()];
  for (let start = 0; start < waiting.length; start += AT_ONCE) {
    const ended = await Promise.allSettled(
      waiting.slice(start, start + AT_ONCE).map((group) => settleGroup(env, group, now)),
    );
    for (const end of ended) {
      if (end.status === "fulfilled") settled += end.value;
      else console.error("doubts could not be looked at; the next run tries again", end.reason);
    }
  }
  await forgetReports(env.DB, now - KEPT_MS);
  return settled;
}

async function allDoubtful(env: Env, since: number): Promise<readonly DoubtfulEnrollment[]> {
  const found: DoubtfulEnrollment[] = [];
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const rows = await doubtfulEnrollments(env.DB, since, found.at(-1)?.id ?? "", PAGE);
    found.push(...rows);
    if (rows.length < PAGE) break;
  }
  return found;
}

/** All that one tenant's sender has in doubt with one recipient. */
async function settleGroup(
  env: Env,
  { tenantId, sender, recipient }: DoubtfulEnrollment,
  now: number,
): Promise<number> {
  const states = await allTo(env, tenantId, recipient);
  const doubts = states?.flatMap(doubtsOf).filter(({ to }) => to === recipient) ?? [];
  if (states === null || doubts.length === 0 || (await isSharedSender(env.DB, sender, tenantId))) return 0;
  const since = Math.min(...doubts.map(({ intentAt }) => intentAt)) - HOUR_MS;
  const [reports, sent] = await Promise.all([
    takenReports(env.DB, sender, recipient, since, now - SETTLED_AFTER_MS),
    sentTo(env.DB, tenantId, recipient, since),
  ]);
  const rivals = [...states.flatMap(rivalsOf), ...sent.rivals];
  const found = settleDoubts(doubts, rivals, reports, sent.known);
  const answers = await Promise.all(found.map(({ doubt, messageId }) => settle(env, tenantId, doubt, messageId)));
  return answers.filter((isSettled) => isSettled).length;
}

/** Every enrollment to this recipient; null as long as the log is behind one of them, for then an id may be missing from it. */
async function allTo(env: Env, tenantId: string, recipient: string): Promise<readonly Enrollment[] | null> {
  const rows = await enrollmentsTo(env.DB, tenantId, recipient, ENROLLMENTS_MAX);
  if (rows.length === ENROLLMENTS_MAX) return null;
  const states: Enrollment[] = [];
  for (const { id, lines } of rows) {
    const read = await enrollmentStub(env, tenantId, id).readWithLines();
    if (read === null) continue;
    if (read.lines > lines) return null;
    states.push(read.enrollment);
  }
  return states;
}

async function settle(env: Env, tenantId: string, doubt: Doubt, messageId: string): Promise<boolean> {
  const response = `the provider's feed says that it was taken as ${messageId}`;
  const answer = await enrollmentStub(env, tenantId, doubt.enrollmentId).request({
    type: "send_reported",
    lane: doubt.lane,
    sendKey: doubt.sendKey,
    result: { kind: "accepted", providerMessageId: messageId, wireMessageId: null, response },
  });
  return answer.ok;
}
