import { mintCompletionToken } from "../../adapters/crypto/completion-token.ts";
import { parseReplyAnswer } from "../../core/contract/draft-answer.ts";
import type { Delivery } from "../../core/enrollment.ts";
import type { EventOf } from "../../core/events.ts";
import { askBreaker, askerOf } from "../ask-breaker.ts";
import { postToEndpoint } from "./post-to-endpoint.ts";
import { answerDigest, parseJson } from "./request-draft.ts";
import type { Surroundings } from "./surroundings.ts";

type Timeless<Event> = Event extends unknown ? Omit<Event, "at" | "dice" | "hurry"> : never;
type Delivered = Timeless<EventOf<"event_delivered" | "event_undelivered" | "event_put_off">>;

/** Tells the customer what happened: one attempt, always with the same bytes. A reply is also a question. */
export async function deliverEvent(delivery: Delivery, around: Surroundings): Promise<Delivered> {
  const { store } = around;
  const about = { deliveryId: delivery.id, attempt: delivery.attempt };
  const nothing = {
    type: "event_delivered",
    ...about,
    answer: "none",
    issues: [],
    digest: "",
    exchange: null,
  } as const;
  const undelivered = (kind: "network" | "endpoint_off") =>
    ({ type: "event_undelivered", ...about, failure: { kind }, exchange: null }) as const;
  const looked = await around.look().catch(() => null);
  if (looked === null) return undelivered("network");
  const record = looked.endpoint;
  // Off means that nothing is sent to it; within the schedule the event still gets there once it is on again.
  if (looked.facts.endpoint?.enabled === false) return undelivered("endpoint_off");
  const stored = store.text(delivery.bodyKey);
  if (record === null || stored === null || !wants(record.eventTypes, delivery.type)) return nothing;
  const asker = askerOf({ restedMs: delivery.restedMs, isQueued: delivery.isQueued ?? false }, record);
  const word = await askBreaker(around.env, around.state.tenantId, record.id, asker);
  if (word.waitMs > 0) return { type: "event_put_off", ...about, ...word };
  const body = delivery.question === null ? stored : await withQuestion(stored, delivery, around);
  const posted = await postToEndpoint(record, { id: delivery.id, attempt: delivery.attempt, body }, around);
  if (!posted.ok) return { type: "event_undelivered", ...about, failure: posted.failure, exchange: posted.exchange };
  const { exchange } = posted;
  if (delivery.question !== null && posted.status === 202) return { ...nothing, answer: "later", exchange };
  const parsed = parseReplyAnswer(parseJson(posted));
  if (parsed.ok === "none") return { ...nothing, exchange };
  if (!parsed.ok) return { ...nothing, issues: parsed.issues, exchange };
  return { ...nothing, answer: parsed.answer, digest: await answerDigest(parsed.answer), exchange };
}

/** The reply's body with the URL under which a later answer is taken, and until when. */
async function withQuestion(stored: string, delivery: Delivery, { env, state }: Surroundings): Promise<string> {
  const token = await mintCompletionToken(env.TOKEN_KEY_V1, state.tenantId, delivery.id);
  const body = JSON.parse(stored) as Record<string, unknown>;
  return JSON.stringify({
    ...body,
    id: delivery.id,
    ...(delivery.id === delivery.bodyKey ? {} : { previousEventId: delivery.bodyKey }),
    completionUrl: `${env.PUBLIC_URL}/v1/drafts/${delivery.id}/completion?token=${token}`,
    expiresAt: new Date(delivery.question?.expiresAt ?? 0).toISOString(),
  });
}

function wants(eventTypes: string | null, type: string): boolean {
  if (eventTypes === null) return true;
  const wanted: unknown = JSON.parse(eventTypes);
  return Array.isArray(wanted) && wanted.includes(type);
}
