import { disableEndpoint, setFailingSince } from "../../adapters/d1/endpoint-health.ts";
import type { EndpointRecord } from "../../adapters/d1/facts.ts";
import { type OutgoingRequest, type Posted, post } from "../../adapters/webhook/exchange.ts";
import { openEndpoint } from "../../adapters/webhook/open-endpoint.ts";
import { healthChange } from "../../core/endpoint-health.ts";
import type { TellDisabledJob } from "../../core/jobs.ts";
import { tellBreaker } from "../ask-breaker.ts";
import { atMost } from "../at-most.ts";
import { type Surroundings, saying } from "./surroundings.ts";
import { webhookSettings } from "./webhook-settings.ts";

/** How long D1, and the queue of jobs, may take to note something about an endpoint. */
const NOTE_TIMEOUT_MS = 10_000;

/** One signed attempt at the customer's endpoint; what it means for the endpoint's health is noted besides. */
export async function postToEndpoint(
  record: EndpointRecord,
  request: OutgoingRequest,
  around: Surroundings,
): Promise<Posted> {
  const { env, state } = around;
  const endpoint = await openEndpoint(env, state.tenantId, record, Date.now());
  const posted = await post(endpoint, request, webhookSettings(env));
  // Nobody who has an answer waits for these. Where D1 can't take the note, the next failure or answer brings it again.
  around.besides(tellBreaker(env, state.tenantId, record.id, posted.ok));
  around.besides(
    noteHealth(record, posted.ok, around).catch((error) =>
      console.error("an endpoint's health could not be noted", saying(error)),
    ),
  );
  return posted;
}

/** Off, with the reason; the tenant's other endpoints are told by a job. Rejects where D1 or the queue doesn't take it in time. */
export async function switchOff(endpointId: string, reason: string, around: Surroundings): Promise<void> {
  return atMost(NOTE_TIMEOUT_MS, "D1 or the job queue", () => disable(endpointId, reason, around));
}

async function disable(endpointId: string, reason: string, { env, state }: Surroundings): Promise<void> {
  const wasOn = await disableEndpoint(env.DB, state, endpointId, reason, Date.now());
  if (wasOn)
    await env.JOB_QUEUE.send({
      type: "tell_disabled",
      tenantId: state.tenantId,
      mode: state.mode,
      endpointId,
      reason,
      at: Date.now(),
    } satisfies TellDisabledJob);
}

async function noteHealth(record: EndpointRecord, answered: boolean, around: Surroundings): Promise<void> {
  const { env, state } = around;
  const now = Date.now();
  const note = (since: number | null) =>
    atMost(NOTE_TIMEOUT_MS, "D1", () => setFailingSince(env.DB, state.tenantId, record.id, since));
  switch (healthChange(record.failingSince, answered, now)) {
    case "none":
      return;
    case "began_failing":
      return note(now);
    case "recovered":
      return note(null);
    case "disable":
      return switchOff(record.id, "nothing but failures for 120 hours", around);
  }
}
