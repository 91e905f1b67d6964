import { disableEndpoint, setFailingSince } from "../../adapters/d1/endpoint-health.ts";
import type { EndpointRecord } from "../../adapters/d1/facts.ts";
import { type OutgoingRequest, type Posted, post } from "../../adapters/webhook/exchange.ts";
import { openEndpoint } from "../../adapters/webhook/open-endpoint.ts";
import { healthChange } from "../../core/endpoint-health.ts";
import type { TellDisabledJob } from "../../core/jobs.ts";
import { tellBreaker } from "../ask-breaker.ts";
import { type Surroundings, saying } from "./surroundings.ts";
import { webhookSettings } from "./webhook-settings.ts";

/** One signed attempt at the customer's endpoint, and what it means for the endpoint's health. */
export async function postToEndpoint(
  record: EndpointRecord,
  request: OutgoingRequest,
  around: Surroundings,
): Promise<Posted> {
  const { env, state } = around;
  const endpoint = await openEndpoint(env.KEK_V1, state.tenantId, record, Date.now());
  const posted = await post(endpoint, request, webhookSettings(env));
  // Health is a note on the side: where D1 can't take it, the next failure or answer notes it.
  const noted = noteHealth(record, posted.ok, around).catch((error) =>
    console.error("an endpoint's health could not be noted", saying(error)),
  );
  await Promise.all([noted, tellBreaker(env, state.tenantId, record.id, posted.ok)]);
  return posted;
}

/** Off, with the reason; the tenant's other endpoints are told by a job. */
export async function switchOff(endpointId: string, reason: string, { env, state }: Surroundings): Promise<void> {
  const wasOn = await disableEndpoint(env.DB, state.tenantId, endpointId, reason, Date.now());
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
  switch (healthChange(record.failingSince, answered, now)) {
    case "none":
      return;
    case "began_failing":
      return setFailingSince(env.DB, state.tenantId, record.id, now);
    case "recovered":
      return setFailingSince(env.DB, state.tenantId, record.id, null);
    case "disable":
      return switchOff(record.id, "nothing but failures for 120 hours", around);
  }
}
