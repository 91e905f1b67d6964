import { createRoute } from "@hono/zod-openapi";
import { findEndpoint } from "../../../adapters/d1/endpoints.ts";
import { findJournalRow } from "../../../adapters/d1/journal.ts";
import { readExchange } from "../../../adapters/r2/read-bodies.ts";
import { post } from "../../../adapters/webhook/exchange.ts";
import { openEndpoint } from "../../../adapters/webhook/open-endpoint.ts";
import { NoFields } from "../../../core/contract/common.ts";
import { Redelivered } from "../../../core/contract/log.ts";
import { logId, readLogId } from "../../../core/log-id.ts";
import { webhookSettings } from "../../../durable-objects/perform/webhook-settings.ts";
import type { Api } from "../../api.ts";
import { emptyBodyIsNone } from "../../empty-body.ts";
import { bodyRefusals, idempotencyHeader, json, needs, no, optionalBody } from "../../openapi/parts.ts";
import { notFound, problem } from "../../problem.ts";
import { keepRedelivery } from "./keep-redelivery.ts";
import { logEntryId } from "./parameter.ts";
import { showLogEntry } from "./show.ts";

const route = createRoute({
  method: "post",
  path: "/v1/log/{id}/redeliver",
  operationId: "redeliver",
  tags: ["Log"],
  security: needs("log:write"),
  summary: "Send one request again",
  description:
    "The very same body goes to its endpoint once more, at the URL it has now, with a fresh timestamp and signature. Whatever comes back is logged as a line of its own and changes nothing in the enrollment: to have a held step asked again, use `retry`.",
  middleware: emptyBodyIsNone,
  request: { params: logEntryId, headers: idempotencyHeader, body: optionalBody(NoFields) },
  responses: {
    ...bodyRefusals,
    201: json(Redelivered, "It was sent; `entry` says what came back."),
    404: no("not_found"),
    409: no("conflict", "idempotency_in_progress"),
  },
});

/** POST /v1/log/:id/redeliver */
export function redeliver(app: Api): void {
  app.openapi(route, async (c) => {
    const tenant = c.get("tenant");
    const place = readLogId(c.req.valid("param").id);
    const row = place === null ? null : await findJournalRow(tenant, place.enrollmentId, place.entry);
    if (row === null) return notFound(c);
    if (row.kind !== "exchange" || row.bodyKey === null || row.endpointId === null || row.subjectId === null)
      return problem(c, "conflict", "This line is no request to an endpoint, so there is nothing to send again.");
    const endpoint = await findEndpoint(tenant, row.endpointId);
    if (endpoint === null) return problem(c, "conflict", `The endpoint ${row.endpointId} is no longer there.`);
    const bodies = await readExchange(c.env.BODIES, row.bodyKey);
    if (bodies === null) return problem(c, "conflict", "The bytes of this request are no longer kept.");
    const opened = await openEndpoint(c.env, tenant.tenantId, endpoint, Date.now());
    const posted = await post(
      opened,
      { id: row.subjectId, attempt: row.attempt ?? 1, body: bodies.request.body },
      webhookSettings(c.env),
    );
    if (posted.exchange === null)
      return problem(
        c,
        "conflict",
        posted.ok || posted.failure.kind !== "refused_url"
          ? "Nothing was sent."
          : `The endpoint's URL is refused: it ${posted.failure.detail}.`,
      );
    const kept = await keepRedelivery(c.env.BODIES, tenant, row, posted.exchange);
    const entry = showLogEntry(kept);
    const { excerpt: _words, ...after } = entry;
    c.set("change", { id: logId(row), before: null, after });
    return c.json({ ok: true as const, entry }, 201);
  });
}
