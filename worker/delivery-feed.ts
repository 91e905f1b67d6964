import { z } from "zod";
import {
  acknowledgedIds,
  type DeliveryReport,
  type DoubtfulEnrollment,
  doubtfulEnrollments,
  forgetReports,
  keepReports,
  takenReports,
} from "../adapters/d1/delivery-reports.ts";
import { type Doubt, doubtsOf, settleDoubts } from "../core/mail/settle-doubts.ts";
import { enrollmentStub } from "../durable-objects/stub.ts";

const HOUR_MS = 3_600_000;
/** By then the log has the ids of what was acknowledged, so that no report of such a message is taken for a doubt's. */
const SETTLED_AFTER_MS = 60_000;
const KEPT_MS = 48 * HOUR_MS;
const PAGE = 500;
/** An outage of the provider that leaves more than ten thousand doubts in an hour is for a person to look at. */
const PAGES_MAX = 20;
/** Objects that are read side by side. */
const AT_ONCE = 10;

const PREFIX = "cf.email.sending.message.";

/** An event of Cloudflare Email Service, as its event subscription puts it into a queue. */
const CloudflareEvent = z.looseObject({
  type: z.string().startsWith(PREFIX),
  payload: z.looseObject({
    eventId: z.string(),
    messageId: z.string(),
    sender: z.string(),
    recipient: z.string(),
    subject: z.string().default(""),
  }),
  metadata: z.looseObject({ eventTimestamp: z.string() }),
});

/** Keeps what the provider's feed says. What isn't an event that we know is left out: it will not get better by coming again. */
export async function consumeDeliveryFeed(batch: MessageBatch<unknown>, env: Env): Promise<void> {
  const reports = batch.messages.flatMap(({ body }) => reportOf(body) ?? []);
  if (reports.length > 0) await keepReports(env.DB, reports);
}

function reportOf(body: unknown): DeliveryReport | null {
  const event = CloudflareEvent.safeParse(body);
  const at = event.success ? Date.parse(event.data.metadata.eventTimestamp) : Number.NaN;
  if (!event.success || Number.isNaN(at)) {
    console.error("an event of the mail provider's feed was not understood", JSON.stringify(body).slice(0, 500));
    return null;
  }
  const { type, payload } = event.data;
  return {
    id: payload.eventId,
    provider: "cloudflare",
    messageId: payload.messageId,
    sender: payload.sender.toLowerCase(),
    recipient: payload.recipient.toLowerCase(),
    subject: payload.subject,
    status: type.slice(PREFIX.length),
    at,
  };
}

/** Ends the doubts that the feed has an answer to; the others stay with the person. Returns how many were ended. */
export async function settleByFeed(env: Env, now: number): Promise<number> {
  const enrollments = await allDoubtful(env, now - HOUR_MS);
  const groups = new Map<string, DoubtfulEnrollment[]>();
  for (const enrollment of enrollments) {
    const key = `${enrollment.tenantId} ${enrollment.sender} ${enrollment.recipient}`;
    groups.set(key, [...(groups.get(key) ?? []), enrollment]);
  }
  let settled = 0;
  const waiting = [...groups.values()];
  for (let start = 0; start < waiting.length; start += AT_ONCE) {
    const ended = waiting.slice(start, start + AT_ONCE).map((group) => settleGroup(env, group, now));
    for (const count of await Promise.all(ended)) settled += count;
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

async function settleGroup(env: Env, group: readonly DoubtfulEnrollment[], now: number): Promise<number> {
  const [first] = group;
  if (first === undefined) return 0;
  const { tenantId, sender, recipient } = first;
  const states = await Promise.all(group.map(({ id }) => enrollmentStub(env, tenantId, id).read()));
  const doubts = states
    .flatMap((state) => (state === null ? [] : doubtsOf(state)))
    .filter(({ to }) => to === recipient);
  if (doubts.length === 0) return 0;
  const since = Math.min(...doubts.map(({ intentAt }) => intentAt)) - HOUR_MS;
  const [reports, known] = await Promise.all([
    takenReports(env.DB, sender, recipient, since, now - SETTLED_AFTER_MS),
    acknowledgedIds(env.DB, tenantId, recipient, since),
  ]);
  const found = settleDoubts(doubts, reports, known);
  await Promise.all(found.map(({ doubt, messageId }) => settle(env, tenantId, doubt, messageId)));
  return found.length;
}

async function settle(env: Env, tenantId: string, doubt: Doubt, messageId: string): Promise<void> {
  const response = `the provider's feed says that it was taken as ${messageId}`;
  await enrollmentStub(env, tenantId, doubt.enrollmentId).request({
    type: "send_finished",
    lane: doubt.lane,
    sendKey: doubt.sendKey,
    result: { kind: "accepted", providerMessageId: messageId, wireMessageId: null, response },
  });
}
