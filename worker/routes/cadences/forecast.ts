import { createRoute } from "@hono/zod-openapi";
import { findVersions } from "../../../adapters/d1/cadence-versions.ts";
import { type CadenceRecord, findCadence } from "../../../adapters/d1/cadences.ts";
import { findMailboxes, type MailboxRow } from "../../../adapters/d1/mailboxes.ts";
import { paceOf } from "../../../adapters/d1/pace-of.ts";
import { countLeftOut, listStandings, type StandingRow } from "../../../adapters/d1/standings.ts";
import type { Tenant } from "../../../adapters/d1/tenant-db.ts";
import { readBlackoutDates, readTenant, type TenantRow } from "../../../adapters/d1/tenants.ts";
import type { CadenceVersion } from "../../../core/cadence.ts";
import { toTimestamp } from "../../../core/contract/common.ts";
import { Forecast } from "../../../core/contract/forecast.ts";
import { type Bounds, forecast, type Standing } from "../../../core/forecast.ts";
import { capZone } from "../../../core/pace/cap-zone.ts";
import { anyTime } from "../../../core/pace/openings.ts";
import { dayAfter, dayIn, isTimeZone, startOfDay } from "../../../core/schedule.ts";
import { rampCap } from "../../../core/sending-ramp.ts";
import { takenOf } from "../../../durable-objects/ask-daily-cap.ts";
import { readOutlook } from "../../../durable-objects/ask-pace.ts";
import type { Api } from "../../api.ts";
import { json, needs, no, refusals } from "../../openapi/parts.ts";
import { notFound, problem } from "../../problem.ts";
import { cadenceId } from "./parameter.ts";

const DAYS = 14;
/** Enrollments whose times lie in one such span are reckoned as one; the wider span where there are too many of them. */
const SPANS_MS = [3600_000, 24 * 3600_000] as const;
const STANDINGS_MAX = 2_000;

const route = createRoute({
  method: "get",
  path: "/v1/cadences/{id}/forecast",
  operationId: "getForecast",
  tags: ["Cadences"],
  security: needs("cadences:read"),
  summary: "How many messages go out in the next 14 days",
  description:
    "By mailbox and day, from where the active enrollments stand: their delays, windows, closed days and caps. `assumes` says what it can't know. The index that it reads may be some seconds late.",
  request: { params: cadenceId },
  responses: { ...refusals, 200: json(Forecast, "The forecast."), 404: no("not_found") },
});

/** GET /v1/cadences/:id/forecast */
export function getForecast(app: Api): void {
  app.openapi(route, async (c) => {
    const tenant = c.get("tenant");
    const cadence = await findCadence(tenant, c.req.valid("param").id);
    if (cadence === null) return notFound(c);
    const now = Date.now();
    const [row, rows, leftOut] = await Promise.all([
      readTenant(tenant),
      standingsOf(tenant, cadence.id),
      countLeftOut(tenant, cadence.id),
    ]);
    if (rows === null)
      return problem(c, "unreadable", "These enrollments stand too far apart to be reckoned with in one request.");
    const [versions, mailboxes] = await Promise.all([versionsOf(tenant, cadence.id, rows), mailboxesOf(tenant, rows)]);
    const standings = rows.map((standing) => toStanding(standing, row, mailboxes, now));
    const bounds = await boundsOf(c.env, tenant, cadence.id, row, [...mailboxes.values()], now).catch(() => null);
    if (bounds === null) return problem(c, "unreadable", "A count doesn't answer right now. Try again.");
    const { days, putOff } = forecast(standings, versions, bounds, now, DAYS);
    return c.json(
      {
        cadenceId: cadence.id,
        at: toTimestamp(now),
        timeZone: row.timeZone,
        assumes: assumptions(row, cadence, [...mailboxes.values()]),
        days: days.map(({ day, byMailbox }) => ({
          day,
          messages: Object.values(byMailbox).reduce((sum, messages) => sum + messages, 0),
          byMailbox: Object.entries(byMailbox).map(([id, messages]) => ({
            mailboxId: id === "" ? null : id,
            messages,
          })),
        })),
        putOff,
        active: rows.reduce((sum, { count }) => sum + count, 0),
        leftOut: { ...leftOut },
      },
      200,
    );
  });
}

/** Null where there are too many of them even in the widest span. */
async function standingsOf(tenant: Tenant, id: string): Promise<readonly StandingRow[] | null> {
  for (const span of SPANS_MS) {
    const rows = await listStandings(tenant, id, span, STANDINGS_MAX + 1);
    if (rows.length <= STANDINGS_MAX) return rows;
  }
  return null;
}

async function versionsOf(
  tenant: Tenant,
  id: string,
  rows: readonly StandingRow[],
): Promise<Readonly<Record<number, CadenceVersion>>> {
  const numbers = [...new Set(rows.map(({ version }) => version))];
  const found = await findVersions(tenant, id, numbers);
  return Object.fromEntries(found.map(({ definition }) => [definition.version, definition]));
}

/** The mailboxes that these send by. */
export async function mailboxesOf(
  tenant: Tenant,
  rows: readonly StandingRow[],
): Promise<ReadonlyMap<string, MailboxRow>> {
  const ids = [...new Set(rows.flatMap(({ mailboxId }) => mailboxId ?? []))];
  return new Map((await findMailboxes(tenant, ids)).map((row) => [row.id, row]));
}

/** With the clock that it goes by. */
export function toStanding(
  { timeZone, phase, dueAt, ...same }: StandingRow,
  tenant: TenantRow,
  mailboxes: ReadonlyMap<string, MailboxRow>,
  now: number,
): Standing {
  const zones = [timeZone, mailboxes.get(same.mailboxId ?? "")?.timeZone ?? null];
  const zone = zones.find((one) => one !== null && isTimeZone(one)) ?? tenant.timeZone;
  return { ...same, timeZone: zone, dueAt: dueAt ?? now, hasSlot: phase !== "waiting" };
}

async function boundsOf(
  env: Env,
  tenant: Tenant,
  id: string,
  row: TenantRow,
  mailboxes: readonly MailboxRow[],
  now: number,
): Promise<Bounds> {
  const { timeZone } = row;
  const today = dayIn(now, timeZone);
  const isNew = row.sendRamp === 1 && tenant.mode === "live";
  const taken = await takenOf(env, tenant.tenantId, id, today, isNew);
  const tenantRoom: Record<string, number> = {};
  for (let [day, n] = [today, 0]; isNew && n < DAYS; n += 1, day = dayAfter(day)) {
    const cap = rampCap(row.createdAt, startOfDay(day, timeZone), timeZone);
    if (cap !== null) tenantRoom[day] = cap - (day === today ? taken.tenant : 0);
  }
  return {
    timeZone,
    blackoutDates: readBlackoutDates(row.blackoutDates),
    takenToday: taken.cadence,
    tenantRoom,
    mailboxRoom: await mailboxRoomOf(env, row, mailboxes),
  };
}

/** Of mailboxes with a cap: all of each day, and today what isn't sent yet. Places that are taken are those of the enrollments that are reckoned with. */
export async function mailboxRoomOf(
  env: Env,
  { timeZone: tenantZone }: TenantRow,
  mailboxes: readonly MailboxRow[],
): Promise<Bounds["mailboxRoom"]> {
  const capped = mailboxes
    .map((row) => ({ row, pace: paceOf(row) }))
    .filter(({ pace }) => pace.dailySendCap !== null || pace.ramp !== null);
  const rooms = capped.map(async ({ row, pace }) => {
    const { timeZone } = capZone(row.timeZone, tenantZone);
    const { days } = await readOutlook(env, row.tenantId, { id: row.id, pace, timeZone }, anyTime(timeZone), DAYS);
    const left = days.flatMap(({ day, cap, sent }) => (cap === null ? [] : [[day, cap - sent]]));
    return [row.id, Object.fromEntries(left)] as const;
  });
  return Object.fromEntries(await Promise.all(rooms));
}

function assumptions(tenant: TenantRow, cadence: CadenceRecord, mailboxes: readonly MailboxRow[]): string[] {
  const off = mailboxes.filter(({ enabled }) => enabled === 0).map(({ email }) => email);
  return [
    "Nobody replies, is away, is suppressed or is enrolled anew, every condition holds, and the endpoint answers at once.",
    "Messages of other cadences in the same mailboxes, or of the same new tenant, are not reckoned with after today.",
    "Gaps between messages, and a mailbox's days where its zone isn't the tenant's, are reckoned with roughly.",
    ...(tenant.enabled === 1 ? [] : ["The tenant is switched off: nothing goes out before it is switched on."]),
    ...(cadence.enabled ? [] : ["The cadence is switched off: nothing goes out before it is switched on."]),
    ...(off.length === 0
      ? []
      : [`Switched off, and nothing goes out by them before they are switched on: ${off.join(", ")}.`]),
  ];
}
