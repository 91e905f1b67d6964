import { env } from "cloudflare:workers";
import { afterEach, expect, test, vi } from "vitest";
import { enroll, makeWorld, runUntil, sandboxMail, setClock } from "../../support/enrollment.ts";

const STEPS = [{ kind: "email", draftStrategy: "static", staticSubject: "A question", staticBody: "Hello" }];
/** A Saturday; on the Monday after it, clocks in New York have been set, and Japan has a holiday. */
const SATURDAY = Date.parse("2030-11-02T12:00:00Z");
const MORNINGS = {
  sendingWindows: [{ days: ["mon", "tue"] as const, from: "09:00", to: "12:00" }],
  holidayCalendars: ["lead"],
};

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

test.each([
  ["the tenant's clock, Paris", {}, null, "[]", "2030-11-04T08:00:00.000Z"],
  ["the mailbox's clock", {}, "America/New_York", "[]", "2030-11-04T14:00:00.000Z"],
  ["the lead's clock", { timeZone: "Asia/Tokyo" }, "America/New_York", "[]", "2030-11-04T00:00:00.000Z"],
  ["a holiday where the lead lives", { timeZone: "Asia/Tokyo", country: "JP" }, null, "[]", "2030-11-05T00:00:00.000Z"],
  ["a blackout date of the tenant", {}, null, '[{"from":"2030-11-04"}]', "2030-11-05T08:00:00.000Z"],
])(
  "by %s, what is in the database decides when the message leaves",
  async (_name, lead, mailboxZone, blackouts, leaves) => {
    setClock(SATURDAY);
    const world = await makeWorld({ steps: STEPS, settings: MORNINGS });
    await env.DB.batch([
      env.DB.prepare("UPDATE mailboxes SET time_zone = ? WHERE id = ?").bind(mailboxZone, world.mailboxId),
      env.DB.prepare("UPDATE tenants SET blackout_dates = ? WHERE id = ?").bind(blackouts, world.tenantId),
    ]);
    const { id, stub } = await enroll(world, lead);
    await runUntil(stub, async () => (await sandboxMail(id)).length > 0);
    expect(new Date(Date.now()).toISOString()).toBe(leaves);
  },
);
