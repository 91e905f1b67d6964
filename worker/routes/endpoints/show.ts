import { z } from "zod";
import type { EndpointRow } from "../../../adapters/d1/endpoints.ts";
import type { Endpoint } from "../../../core/contract/endpoint.ts";
import { EventType } from "../../../core/contract/event.ts";

/** A row as the API shows it: without its secrets. */
export function showEndpoint(row: EndpointRow, at: number): Endpoint {
  const isRotating = row.previousSecretUntil !== null && row.previousSecretUntil > at;
  return {
    id: row.id,
    mode: row.mode,
    name: row.name,
    url: row.url,
    compatibility: row.compatibility,
    eventTypes: row.eventTypes === null ? null : z.array(EventType).parse(JSON.parse(row.eventTypes)),
    enabled: row.enabled === 1,
    disabledReason: row.disabledReason,
    previousSecretUntil: isRotating ? new Date(row.previousSecretUntil ?? 0).toISOString() : null,
    createdAt: new Date(row.createdAt).toISOString(),
    updatedAt: new Date(row.updatedAt).toISOString(),
  };
}
