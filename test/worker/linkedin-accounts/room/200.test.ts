import { env } from "cloudflare:workers";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { setClock } from "../../../support/enrollment.ts";
import { DAY, HOUR, MONDAY, placeAsk } from "../../../support/pace.ts";
import { api, seedTenant } from "../../../support/worker.ts";
import { madeAccount } from "../given.ts";

beforeEach(() => {
  setClock(MONDAY);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

test("invitations and messages have places of their own; a full week has none left", async () => {
  const { tenantId, key } = await seedTenant();
  const ask = api(key);
  const { id } = await madeAccount(ask, {
    provider: "manual",
    timeZone: "Europe/Paris",
    invitations: { perDay: 3, perWeek: 4, ramp: null, minGapSeconds: 0, gapSpreadSeconds: 0 },
    messages: { perDay: 7, ramp: null },
  });
  const pace = { dailySendCap: 3, spans: [{ days: 7, most: 4 }] };
  const invitations = env.MAILBOX_PACES.getByName(`${tenantId}/${id}/invitations`);
  for (const draft of ["a", "b", "c"]) await invitations.ask(placeAsk(draft, "claim", pace), MONDAY);
  await invitations.ask(placeAsk("d", "take", pace), MONDAY + DAY);
  const { status, body } = await ask.get(`/v1/linkedin-accounts/${id}/room?days=3`);
  expect([status, body]).toEqual([
    200,
    {
      linkedinAccountId: id,
      timeZone: "Europe/Paris",
      invitations: {
        // The first day of the week after, at the hour in which it begins to work.
        nextPlaceAt: new Date(MONDAY + 7 * DAY - 2 * HOUR).toISOString(),
        days: [
          { day: "2026-11-23", cap: 3, taken: 3, sent: 3 },
          { day: "2026-11-24", cap: 1, taken: 1, sent: 0 },
          { day: "2026-11-25", cap: 0, taken: 0, sent: 0 },
        ],
      },
      messages: {
        nextPlaceAt: new Date(MONDAY).toISOString(),
        days: ["2026-11-23", "2026-11-24", "2026-11-25"].map((day) => ({ day, cap: 7, taken: 0, sent: 0 })),
      },
    },
  ]);
});

test("whose count doesn't answer is said to come again", async () => {
  const ask = api((await seedTenant()).key);
  const { id } = await madeAccount(ask);
  vi.spyOn(env.MAILBOX_PACES, "getByName").mockImplementation(() => {
    throw new Error("the object is away");
  });
  const { status, body, headers } = await ask.get(`/v1/linkedin-accounts/${id}/room`);
  expect([status, body.code, headers.get("retry-after")]).toEqual([503, "unreadable", "5"]);
});
