import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, expect, test, vi } from "vitest";
import { TABLES } from "../../../../adapters/d1/holdings.ts";
import { enrollmentsByHints } from "../../../../adapters/d1/inbound-mail.ts";
import { countedAs, type PortableLine } from "../../../../core/contract/portable.ts";
import { enrollmentStub } from "../../../../durable-objects/stub.ts";
import { type FilledTenant, filledTenant } from "../../../support/filled-tenant.ts";
import { type ReadExport, readExport } from "../../../support/read-export.ts";
import { type Answered, type ApiClient, api, seedTenant } from "../../../support/worker.ts";

afterEach(() => vi.restoreAllMocks());

/** As if the tenant had never been in this installation: another one has no rows of it. */
async function forget(tenantId: string): Promise<void> {
  const tables = Object.entries(TABLES).filter(([name, { of }]) => of === "tenant" && name !== "tenants");
  // The audit log gives up only what was redacted.
  const redact =
    "UPDATE audit_log SET before = NULL, after = NULL, redacted_at = 1 WHERE tenant_id = ? AND redacted_at IS NULL";
  await env.DB.prepare(redact).bind(tenantId).run();
  await env.DB.batch(tables.map(([name]) => env.DB.prepare(`DELETE FROM ${name} WHERE tenant_id = ?`).bind(tenantId)));
  const { objects } = await env.BODIES.list({ prefix: `${tenantId}/` });
  await env.BODIES.delete(objects.map(({ key }) => key));
}

interface Moved {
  readonly from: FilledTenant;
  readonly taken: ReadExport;
  readonly to: { readonly tenantId: string; readonly live: ApiClient };
}

/** A tenant, what was taken out of it, and an empty one in an installation that never knew it. */
async function takenOut(isMove: boolean): Promise<Moved> {
  const from = await filledTenant();
  if (isMove) await from.live.patch("/v1/tenant", { enabled: false });
  const taken = await readExport(from.live);
  await forget(from.tenantId);
  const { tenantId, liveKey } = await seedTenant();
  const live = api(liveKey, { IMPORT_TENANT: tenantId });
  if (isMove) await live.patch("/v1/tenant", { enabled: false });
  return { from, taken, to: { tenantId, live } };
}

/** Sends the lines some at a time, as the command does. */
async function takeIn({ taken, to }: Moved, move: boolean, lines = taken.lines) {
  const answers: Answered[] = [];
  for (let start = 0; start < lines.length; start += 5)
    answers.push(
      await to.live.post("/v1/tenant/import", { head: taken.head, move, lines: lines.slice(start, start + 5) }),
    );
  expect(answers.map(({ status, body }) => [status, body.detail])).toEqual(answers.map(() => [200, undefined]));
  const total = (of: "written" | "known") =>
    answers.flatMap(({ body }) => Object.values(body[of] as Record<string, number>)).reduce((sum, n) => sum + n, 0);
  return {
    written: total("written"),
    known: total("known"),
    secrets: answers.flatMap(({ body }) => body.newSecrets),
    notes: answers.flatMap(({ body }) => body.notes),
  };
}

/**
 * The lines without what is said to differ: the tenant's id and settings, hashes under another tenant's name, and how often an
 * enrollment was written.
 */
function comparable(lines: readonly PortableLine[], tenantId: string): readonly string[] {
  return lines
    .filter((line) => line.kind !== "row" || (line.table !== "tombstones" && line.table !== "tenants"))
    .map((line) => {
      const {
        revision: _,
        updated_at: __,
        ...row
      } = line.kind === "row" && line.table === "enrollments" ? line.row : {};
      const shown = line.kind === "row" ? { ...line, row: line.table === "enrollments" ? row : line.row } : line;
      return sorted(
        JSON.parse(
          JSON.stringify(shown)
            .replaceAll(tenantId, "ten_x")
            .replace(/"revision":\d+/g, '"revision":0'),
        ),
      );
    })
    .sort();
}

/** JSON with its fields in the order of their names. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([left], [right]) => (left < right ? -1 : 1)))
      : inner,
  );
}

test("moved to another installation everything is there again, and taken out there it is the same", {
  timeout: 60_000,
}, async () => {
  const moved = await takenOut(true);
  const { taken, to, from } = moved;
  const done = await takeIn(moved, true);
  console.info("a move", JSON.stringify({ ...done, secrets: done.secrets.length }));
  const again = await readExport(to.live);
  expect(again.lines.filter(({ kind }) => kind === "object")).toHaveLength(2);
  const before = comparable(taken.lines, from.tenantId);
  expect(comparable(again.lines, to.tenantId)).toEqual(before);
  // The control: one line that didn't come is missed.
  expect(comparable(again.lines.slice(0, -1), to.tenantId)).not.toEqual(before);
  expect((await to.live.get("/v1/tenant")).body).toMatchObject({ id: to.tenantId, name: "A tenant", enabled: false });
});

test("moved enrollments go on when the tenant is switched on, and answers to messages from before still find them", {
  timeout: 60_000,
}, async () => {
  const moved = await takenOut(true);
  const { to, from } = moved;
  await takeIn(moved, true);
  const { body } = await to.live.get(`/v1/enrollments/${from.sent}`);
  expect(body).toMatchObject({ state: "active", currentStep: 1, leadEmail: "sent@lead.example" });
  const stub = enrollmentStub(env, to.tenantId, from.sent);
  // On one machine an earlier alarm looks after the log.
  const alarm = await runInDurableObject(stub, (_object, ctx) => ctx.storage.getAlarm());
  expect(alarm).toSatisfy((at: number | null) => at !== null && at <= Date.parse(body.nextDueAt));
  expect((await stub.read())?.phase.wakeAt).toBe(Date.parse(body.nextDueAt));
  const [message] = (await to.live.get(`/v1/enrollments/${from.sent}/messages`)).body.data;
  const hinted = await enrollmentsByHints(env.DB, [], [message.messageId]);
  expect(hinted.byMessageId.get(message.messageId)?.enrollment).toMatchObject({ id: from.sent, tenantId: to.tenantId });
  const [entry] = (await to.live.get(`/v1/log?enrollmentId=${from.sent}`)).body.data;
  const read = (await to.live.get(`/v1/log/${entry.id}`)).body;
  expect(read.bodies.request.body).toContain("sent@lead.example");
  expect((await to.live.get("/v1/suppressions")).body.data.map(({ value }: { value: string }) => value).sort()).toEqual(
    ["gone@lead.example", "rival.example"],
  );
});

test("sent twice, or again after a cut, the same lines change nothing", { timeout: 60_000 }, async () => {
  const moved = await takenOut(true);
  const half = await takeIn(moved, true, moved.taken.lines.slice(0, 12));
  const first = await takeIn(moved, true);
  const before = await readExport(moved.to.live);
  const second = await takeIn(moved, true);
  expect(second.secrets).toEqual([]);
  expect(half.secrets.length + first.secrets.length).toBe(1);
  expect((await readExport(moved.to.live)).lines).toEqual(before.lines);
});

test("a copy goes on nowhere: what lived is ended, and nobody is written to by both", { timeout: 60_000 }, async () => {
  const moved = await takenOut(false);
  const { to, from } = moved;
  await takeIn(moved, false);
  for (const id of [from.sent, from.waiting]) {
    expect((await to.live.get(`/v1/enrollments/${id}`)).body).toMatchObject({
      state: "exited",
      exitReason: "copied",
      nextDueAt: null,
    });
    expect(await enrollmentStub(env, to.tenantId, id).read()).toBeNull();
  }
  expect((await to.live.get(`/v1/enrollments/${from.sent}/messages`)).body.data).toHaveLength(1);
});

test("an endpoint gets a secret of this installation, and what can't come along is said", {
  timeout: 60_000,
}, async () => {
  const moved = await takenOut(true);
  const done = await takeIn(moved, true);
  expect(done.secrets).toEqual([
    { endpointId: expect.stringMatching(/^end_/), secret: expect.stringMatching(/^whsec_/) },
  ]);
  expect(done.notes).toEqual([expect.stringMatching(/^2 erased people can't be known here/)]);
  const rows = moved.taken.lines.filter((line) => countedAs(line) === "row mailboxes");
  expect(rows.length).toBeGreaterThan(0);
});

test("who was erased here doesn't come in with a file from elsewhere", { timeout: 60_000 }, async () => {
  const moved = await takenOut(true);
  const { to, from } = moved;
  await to.live.post("/v1/erasures", { email: "sent@lead.example" });
  const done = await takeIn(moved, true);
  expect(done.notes).toContain("1 rows of enrollments are of people who were erased here; nothing of them came in.");
  expect((await to.live.get(`/v1/enrollments/${from.sent}`)).body).toMatchObject({
    exitReason: "erased",
    leadEmail: null,
  });
  expect(await enrollmentStub(env, to.tenantId, from.sent).read()).toBeNull();
  const { text } = await readExport(to.live);
  expect([text.includes("sent@lead.example"), moved.taken.text.includes("sent@lead.example")]).toEqual([false, true]);
  expect((await to.live.get(`/v1/enrollments/${from.waiting}`)).body.leadEmail).toBe("waiting@lead.example");
});

test("days on which nothing is sent, frequency limits, and a mailbox's time zone, come along", async () => {
  const from = await filledTenant();
  const blackoutDates = [{ from: "2026-12-24", to: "2027-01-02", note: "Between the years" }];
  const frequencyLimits = { person: { messages: 3, days: 7 }, company: null };
  await from.live.patch("/v1/tenant", { blackoutDates, frequencyLimits });
  const [mailbox] = (await from.live.get("/v1/mailboxes")).body.data;
  await from.live.patch(`/v1/mailboxes/${mailbox.id}`, { timeZone: "Asia/Tokyo" });
  const taken = await readExport(from.live);
  await forget(from.tenantId);
  const { tenantId, liveKey } = await seedTenant();
  const live = api(liveKey, { IMPORT_TENANT: tenantId });
  await takeIn({ from, taken, to: { tenantId, live } }, false);
  expect((await live.get("/v1/tenant")).body).toMatchObject({ blackoutDates, frequencyLimits });
  expect((await live.get(`/v1/mailboxes/${mailbox.id}`)).body.timeZone).toBe("Asia/Tokyo");
});

test("LinkedIn accounts come along without their keys, and act for nobody before these are saved again", async () => {
  const from = await filledTenant();
  const unipile = { apiUrl: "api8.unipile.com:13851", accountId: "a", apiKey: "planted-unipile-key" };
  const wish = { provider: "unipile", name: "Jane", unipile, invitations: { perWeek: 90 }, isDefault: true };
  const { hookSecret, ...made } = (await from.live.post("/v1/linkedin-accounts", wish)).body;
  const manual = (await from.live.post("/v1/linkedin-accounts", { provider: "manual", name: "Joan" })).body;
  const [cadence] = (await from.live.get("/v1/cadences")).body.data;
  await from.live.patch(`/v1/cadences/${cadence.id}`, { linkedinAccountId: made.id });
  const taken = await readExport(from.live);
  expect([taken.text.includes(unipile.apiKey), taken.text.includes(hookSecret)]).toEqual([false, false]);
  await forget(from.tenantId);
  const { tenantId, liveKey } = await seedTenant();
  const live = api(liveKey, { IMPORT_TENANT: tenantId });
  const done = await takeIn({ from, taken, to: { tenantId, live } }, false);
  expect(done.notes).toContainEqual(expect.stringContaining(`LinkedIn account ${made.id} (Jane) is off`));
  const { updatedAt: _, ...same } = made;
  expect((await live.get(`/v1/linkedin-accounts/${made.id}`)).body).toMatchObject({
    ...same,
    ...{
      enabled: false,
      pausedReason: expect.stringContaining("save its API key again"),
      hookUrl: null,
      hookHeader: null,
    },
  });
  expect((await live.get(`/v1/linkedin-accounts/${manual.id}`)).body.enabled).toBe(true);
  expect((await live.get(`/v1/cadences/${cadence.id}`)).body.linkedinAccountId).toBe(made.id);
  // It can't be asked without its key, and says so.
  expect((await live.post(`/v1/linkedin-accounts/${made.id}/check`)).body.code).toBe("conflict");
  expect((await live.patch(`/v1/linkedin-accounts/${made.id}`, { enabled: true })).body.errors?.[0].pointer).toBe(
    "/unipile/apiKey",
  );
  const saved = await live.patch(`/v1/linkedin-accounts/${made.id}`, { unipile: { apiKey: "another" }, enabled: true });
  expect(saved.body).toMatchObject({ enabled: true, pausedReason: null });
  const rotated = await live.post(`/v1/linkedin-accounts/${made.id}/rotate-hook-secret`);
  expect(rotated.body).toMatchObject({ hookUrl: made.hookUrl, hookSecret: expect.any(String) });
});

test("a mailbox's pace and a cadence's pool come along", async () => {
  const from = await filledTenant();
  const [mailbox] = (await from.live.get("/v1/mailboxes")).body.data;
  const pace = { dailySendCap: 40, ramp: { start: 5, step: 5, ceiling: 40 }, minGapSeconds: 60, gapSpreadSeconds: 30 };
  const { ramp } = (await from.live.patch(`/v1/mailboxes/${mailbox.id}`, pace)).body;
  const [cadence] = (await from.live.get("/v1/cadences")).body.data;
  await from.live.patch(`/v1/cadences/${cadence.id}`, { mailboxId: null, mailboxIds: [mailbox.id] });
  const taken = await readExport(from.live);
  await forget(from.tenantId);
  const { tenantId, liveKey } = await seedTenant();
  const live = api(liveKey, { IMPORT_TENANT: tenantId });
  await takeIn({ from, taken, to: { tenantId, live } }, false);
  expect((await live.get(`/v1/mailboxes/${mailbox.id}`)).body).toMatchObject({ ...pace, ramp });
  expect((await live.get(`/v1/cadences/${cadence.id}`)).body.mailboxIds).toEqual([mailbox.id]);
});
