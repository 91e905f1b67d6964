import { createRoute } from "@hono/zod-openapi";
import { changeCadence, findCadence } from "../../../adapters/d1/cadences.ts";
import { Cadence, Settings, UpdateCadence } from "../../../core/contract/cadence.ts";
import type { Api } from "../../api.ts";
import { etagOf, ifMatchHeader, isConditional, matches, stale, withEtag } from "../../etag.ts";
import { body, bodyRefusals, json, needs, no } from "../../openapi/parts.ts";
import { notFound } from "../../problem.ts";
import { invalid } from "../../validation.ts";
import { wakeLater } from "../../wake-later.ts";
import { faultsOf, mailboxFaults, timesFaults } from "./check.ts";
import { cadenceId } from "./parameter.ts";
import { faultOfChange, publishAfterChange } from "./publish-draft.ts";
import { showCadence } from "./show.ts";

const route = createRoute({
  method: "patch",
  path: "/v1/cadences/{id}",
  operationId: "updateCadence",
  tags: ["Cadences"],
  security: needs("cadences:write"),
  summary: "Switch a cadence on or off, or change its settings",
  description:
    "`enabled` takes hold at once: what is due waits while it is false, and goes on when it is true again. Everything else changes the draft, which is published at once only where `autoPublish` is true. " +
    "Enrollments stay on the version they started on.",
  request: { params: cadenceId, headers: ifMatchHeader, body: body(UpdateCadence) },
  responses: {
    ...bodyRefusals,
    200: withEtag(json(Cadence, "The cadence as it is now.")),
    404: no("not_found"),
    412: no("precondition_failed"),
  },
});

/** PATCH /v1/cadences/:id */
export function updateCadence(app: Api): void {
  app.openapi(route, async (c) => {
    const tenant = c.get("tenant");
    const { id } = c.req.valid("param");
    const { name, description, enabled, autoPublish, ...wish } = c.req.valid("json");
    const { endpointId, mailboxId, mailboxIds, linkedinAccountId, ...settings } = wish;
    const named = { endpointId, mailboxId, mailboxIds, linkedinAccountId };
    const before = await findCadence(tenant, id);
    if (before === null) return notFound(c);
    if (!matches(c, before)) return stale(c);
    const fault = faultOfChange(before, { endpointId, autoPublish });
    const { blackoutDates, sendingWindows, holidayCalendars } = settings;
    const changesTimes = [blackoutDates, sendingWindows, holidayCalendars].some((times) => times !== undefined);
    const faults = [
      ...(fault === null ? [] : [fault]),
      ...mailboxFaults(before, { mailboxId, mailboxIds }),
      ...(await faultsOf(c.env, tenant, named)),
      ...(changesTimes
        ? await timesFaults(tenant, Settings.parse({ ...before.settings, ...settings }), Date.now())
        : []),
    ];
    if (faults.length > 0) return invalid(c, faults);
    const now = Date.now();
    const changed = await changeCadence(
      tenant,
      id,
      { name, description, enabled, autoPublish, ...named, settings },
      now,
      isConditional(c) ? before.updatedAt : null,
    );
    if (changed === null) return isConditional(c) ? stale(c) : notFound(c);
    const was = showCadence(changed.before);
    c.set("change", { id, before: was, after: showCadence(changed.after) });
    // Also when it was on already: so a repeat heals a request that died between the row and the job.
    if (enabled === true) await wakeLater(c.env, tenant, { cadenceId: id }, "switch_on");
    const kept = await publishAfterChange(tenant, changed.after, now);
    const shown = showCadence(kept);
    c.set("change", { id, before: was, after: shown });
    return c.json(shown, 200, { ETag: etagOf(kept) });
  });
}
