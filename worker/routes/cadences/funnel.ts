import { createRoute, z } from "@hono/zod-openapi";
import { findCadence } from "../../../adapters/d1/cadences.ts";
import { type FunnelCounts, readFunnel } from "../../../adapters/d1/funnel.ts";
import { readTenant } from "../../../adapters/d1/tenants.ts";
import { Funnel } from "../../../core/contract/funnel.ts";
import type { StepKind } from "../../../core/contract/step.ts";
import { dayBefore, dayIn } from "../../../core/schedule.ts";
import type { Api } from "../../api.ts";
import { json, needs, no, refusals } from "../../openapi/parts.ts";
import { notFound } from "../../problem.ts";
import { cadenceId } from "./parameter.ts";

const DAYS = 14;
const LIVE: ReadonlySet<string> = new Set(["active", "paused", "held"]);

const query = z.strictObject({
  version: z.coerce.number().int().min(1).optional().meta({ description: "One version alone; all of them otherwise." }),
});

const route = createRoute({
  method: "get",
  path: "/v1/cadences/{id}/funnel",
  operationId: "getFunnel",
  tags: ["Cadences"],
  security: needs("cadences:read"),
  summary: "How far its leads came, and what its steps came to",
  description:
    "From the index and the counts that the log's writer keeps: some seconds late. A reply, a bounce and a wish to hear no more count at the step whose message was the last that went out before.",
  request: { params: cadenceId, query },
  responses: {
    ...refusals,
    200: json(Funnel, "The funnel."),
    404: no("not_found"),
    422: no("invalid_request"),
  },
});

/** GET /v1/cadences/:id/funnel */
export function getFunnel(app: Api): void {
  app.openapi(route, async (c) => {
    const tenant = c.get("tenant");
    const cadence = await findCadence(tenant, c.req.valid("param").id);
    if (cadence === null) return notFound(c);
    const version = c.req.valid("query").version ?? null;
    const { timeZone } = await readTenant(tenant);
    const days = lastDays(dayIn(Date.now(), timeZone));
    const counts = await readFunnel(
      c.env.DB,
      { tenantId: tenant.tenantId, cadenceId: cadence.id, version },
      days[0] ?? "",
    );
    return c.json(
      {
        cadenceId: cadence.id,
        version,
        versions: [...counts.versions],
        enrolled: totalOf(counts.standings),
        states: statesOf(counts),
        exits: exitsOf(counts),
        steps: stepsOf(counts),
        days: days.map((day) => {
          const { sent = 0, replied = 0 } = counts.days.find((tally) => tally.day === day) ?? {};
          return { day, sent, replied };
        }),
      },
      200,
    );
  });
}

function lastDays(today: string): readonly string[] {
  const days = [today];
  for (let n = 1; n < DAYS; n += 1) days.unshift(dayBefore(days[0] ?? today));
  return days;
}

/** By position, from the newest version that has a step there. */
function kindsOf(versions: FunnelCounts["kinds"]): readonly (StepKind | undefined)[] {
  const length = Math.max(0, ...versions.map((steps) => steps.length));
  return Array.from({ length }, (_, n) => versions.find((steps) => steps[n] !== undefined)?.[n]);
}

function statesOf({ standings }: FunnelCounts): Funnel["states"] {
  const of = (state: string) => totalOf(standings.filter((one) => one.state === state));
  return {
    active: of("active"),
    paused: of("paused"),
    held: of("held"),
    completed: of("completed"),
    unenrolled: of("unenrolled"),
    exited: of("exited"),
  };
}

function exitsOf({ standings }: FunnelCounts): Funnel["exits"] {
  const exits: Record<string, number> = {};
  for (const { state, exitReason, count } of standings) {
    if (state !== "exited" && state !== "unenrolled") continue;
    const reason = exitReason ?? state;
    exits[reason] = (exits[reason] ?? 0) + count;
  }
  return exits;
}

/** Every step that a version has, or that something is known of. */
function stepsOf({ standings, steps, kinds: byVersion }: FunnelCounts): Funnel["steps"] {
  const kinds = kindsOf(byVersion);
  const live = standings.filter(({ state }) => LIVE.has(state));
  const known = [...live, ...steps].map(({ step }) => step + 1);
  return Array.from({ length: Math.max(kinds.length, ...known) }, (_, step) => {
    const tally = steps.find((one) => one.step === step);
    return {
      step,
      kind: kinds[step] ?? null,
      waiting: totalOf(live.filter((one) => one.step === step)),
      sent: tally?.sent ?? 0,
      skipped: tally?.skipped ?? 0,
      failed: tally?.failed ?? 0,
      replied: tally?.replied ?? 0,
      bounced: tally?.bounced ?? 0,
      unsubscribed: tally?.unsubscribed ?? 0,
    };
  });
}

function totalOf(counted: readonly { readonly count: number }[]): number {
  return counted.reduce((sum, { count }) => sum + count, 0);
}
