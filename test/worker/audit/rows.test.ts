import { env, exports } from "cloudflare:workers";
import { afterEach, expect, test, vi } from "vitest";
import { disableEndpoint } from "../../../adapters/d1/endpoint-health.ts";
import { pauseMailbox } from "../../../adapters/d1/sending-record.ts";
import { unsubscribeWays } from "../../../adapters/mail/unsubscribe.ts";
import { reportedBounce } from "../../../core/mail/delivery-event.ts";
import { handOver } from "../../../worker/delivery-events/hand-over.ts";
import { rowsOfRequest, rowsOfTenant } from "../../support/audit-rows.ts";
import { customer, enrolled, publishedCadence } from "../../support/cadences.ts";
import { enroll, makeWorld, ring, runUntil, START, setClock } from "../../support/enrollment.ts";
import { restingDraft, wakeUp } from "../../support/held.ts";
import { madeKey } from "../../support/keys.ts";
import { api, seedTenant } from "../../support/worker.ts";

afterEach(wakeUp);

test("a row says who, what, from where, and the fields that changed as they were and are, and no others", async () => {
  const { tenantId, ask } = await customer();
  const { body } = await ask.post("/v1/endpoints", { url: "https://hooks.acme.example/a", name: "First" });
  const from = { "cf-connecting-ip": "203.0.113.7", "user-agent": "curl/8.5" };
  const answer = await ask.patch(`/v1/endpoints/${body.id}`, { name: "Second", enabled: false }, from);
  const [row] = await rowsOfRequest(answer.headers.get("x-request-id"));
  expect(row).toMatchObject({
    ...{ tenant_id: tenantId, mode: "sandbox", actor_kind: "key", action: "endpoint.update", outcome: "done" },
    ...{ target_kind: "endpoint", target_id: body.id, from_address: "203.0.113.7", user_agent: "curl/8.5" },
    before: { name: "First", enabled: true, disabledReason: null },
    after: { name: "Second", enabled: false, disabledReason: "switched off through the API" },
  });
  expect(row?.["actor_label"]).toMatch(/^seeded ….{4}$/);
  for (const field of ["id", "url", "mode", "compatibility", "createdAt"]) expect(row?.after).not.toHaveProperty(field);
});

test("what was made has no before, what is gone no after, and what changed nothing neither", async () => {
  const { ask, tenantId } = await customer();
  const { body } = await ask.post("/v1/endpoints", { url: "https://hooks.acme.example/a" });
  await ask.delete(`/v1/endpoints/${body.id}`);
  const cadence = await publishedCadence(ask);
  const enrollment = await enrolled(ask, cadence);
  await ask.post(`/v1/enrollments/${enrollment}/pause`);
  await ask.post(`/v1/enrollments/${enrollment}/pause`);
  const rows = (await rowsOfTenant(tenantId)).map(({ action, before, after }) => ({ action, before, after }));
  expect(rows.find(({ action }) => action === "endpoint.create")?.before).toBeNull();
  expect(rows.find(({ action }) => action === "endpoint.delete")).toMatchObject({
    before: { id: body.id },
    after: null,
  });
  const [first, second] = rows.filter(({ action }) => action === "enrollment.pause");
  expect(first).toMatchObject({ before: { state: "active" }, after: { state: "paused" } });
  expect(second).toMatchObject({ before: {}, after: {} });
});

test("twenty changes at once tell one story: what each found is what another one left", async () => {
  const { ask, tenantId } = await customer();
  const { body } = await ask.post("/v1/endpoints", { url: "https://hooks.acme.example/a", name: "n0" });
  await Promise.all(Array.from({ length: 20 }, (_, n) => ask.patch(`/v1/endpoints/${body.id}`, { name: `n${n + 1}` })));
  const rows = (await rowsOfTenant(tenantId)).filter(({ action }) => action === "endpoint.update");
  const next = new Map(
    rows.map(({ before, after }) => [(before as { name: string }).name, (after as { name: string }).name]),
  );
  const told: string[] = [];
  for (let name = next.get("n0"); name !== undefined; name = next.get(name)) told.push(name);
  expect(new Set(told).size).toBe(20);
});

test("no secret is ever in it: of keys, endpoints and mailboxes; that a password was replaced is", async () => {
  const { tenantId, liveKey } = await seedTenant();
  const ask = api(liveKey);
  const made = await ask.post("/v1/endpoints", { url: "https://hooks.acme.example/a" });
  const rotated = await ask.post(`/v1/endpoints/${made.body.id}/rotate-secret`);
  const key = await madeKey(liveKey);
  const smtp = { host: "smtp.acme.example", port: 465, security: "tls", username: "ana", password: "planted-one" };
  const box = await ask.post("/v1/mailboxes", { provider: "smtp", email: "ana@acme.example", smtp });
  await ask.patch(`/v1/mailboxes/${box.body.id}`, { smtp: { password: "planted-two" } });
  const cadence = await ask.post("/v1/cadences", {
    ...{ name: "x", webhookUrl: "https://hooks.acme.example/b", steps: [{ kind: "email" }] },
  });
  const rows = await rowsOfTenant(tenantId);
  expect(rows).toHaveLength(6);
  for (const secret of [
    ...[made.body.secret, rotated.body.secret, key.key, "planted-one", "planted-two", cadence.body.webhookSecret],
    liveKey,
  ]) {
    expect(secret.length).toBeGreaterThan(8);
    expect(JSON.stringify(rows)).not.toContain(secret);
  }
  expect(rows.find(({ action }) => action === "mailbox.update")?.after).toMatchObject({ replaced: ["secret"] });
});

test("a draft that somebody edited and released is told word for word", async () => {
  const { ask, draftId, world } = await restingDraft();
  await ask.post(`/v1/drafts/${draftId}/edit`, { body: "Hello Jane" });
  await ask.post(`/v1/drafts/${draftId}/release`);
  const rows = await rowsOfTenant(world.tenantId);
  expect(rows.map(({ action, target_id }) => [action, target_id])).toEqual([
    ["draft.edit", draftId],
    ["draft.release", draftId],
  ]);
  expect(rows[0]).toMatchObject({ before: { body: "Hello" }, after: { body: "Hello Jane" } });
  expect(rows[1]).toMatchObject({ before: { status: "held" }, after: { status: "ready" } });
});

test("a field of more than 16 KiB is told by its size, and an import of thousands by its count and the first hundred", async () => {
  const { ask, tenantId } = await customer();
  const notes = "x".repeat(4_000);
  const steps = Array.from({ length: 6 }, () => ({ kind: "email", notes }));
  expect((await ask.post("/v1/cadences", { name: "long", steps })).status).toBe(201);
  const entries = Array.from({ length: 5_000 }, (_, n) => ({ value: `lead${n}@gone.example` }));
  expect((await ask.post("/v1/suppressions", { entries })).body.added).toBe(5_000);
  const rows = await rowsOfTenant(tenantId);
  expect(rows.find(({ action }) => action === "cadence.create")?.after).toMatchObject({
    steps: { tooLongBytes: expect.any(Number) },
  });
  const imports = rows.filter(({ action }) => action === "suppression.add");
  expect(imports).toHaveLength(1);
  const values = entries.slice(0, 100).map(({ value }) => value);
  expect(imports[0]?.after).toEqual({ added: 5_000, known: 0, values });
});

test("what the system does by itself is told in the same transaction, once: an endpoint off, a mailbox stopped", async () => {
  const { tenantId, liveKey } = await seedTenant();
  const ask = api(liveKey);
  const endpoint = (await ask.post("/v1/endpoints", { url: "https://hooks.acme.example/a" })).body.id;
  const mailboxId = (await ask.post("/v1/mailboxes", { provider: "sandbox", email: "ana@acme.example" })).body.id;
  const own = { tenantId, mode: "live" } as const;
  for (const isFirst of [true, false]) {
    expect(await disableEndpoint(env.DB, own, endpoint, "410 Gone", START)).toBe(isFirst);
    expect(await pauseMailbox(env.DB, { tenantId, mailboxId }, "too many bounces", START)).toBe(isFirst);
  }
  const rows = (await rowsOfTenant(tenantId)).filter((row) => row["actor_kind"] === "system");
  expect(rows).toMatchObject([
    { actor_id: "endpoint_guard", action: "endpoint.disable", target_id: endpoint, after: { enabled: false } },
    {
      actor_id: "spam_guard",
      action: "mailbox.pause",
      target_id: mailboxId,
      after: { pausedReason: "too many bounces" },
    },
  ]);
});

test("a click on unsubscribe is told with where it came from, and a second one adds nothing", async () => {
  setClock(START);
  const world = await makeWorld();
  const { id, stub } = await enroll(world);
  await ring(stub);
  const { url } = await unsubscribeWays(env, world.tenantId, id, env.REPLY_DOMAIN);
  for (let click = 0; click < 2; click += 1)
    await exports.default.fetch(
      new Request(url ?? "", {
        method: "POST",
        body: "List-Unsubscribe=One-Click",
        headers: { "cf-connecting-ip": "198.51.100.4" },
      }),
    );
  const rows = await rowsOfTenant(world.tenantId);
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({
    ...{ actor_kind: "link", actor_id: id, action: "suppression.add", from_address: "198.51.100.4" },
    after: { value: "jane@lead.example", reason: "unsubscribed", enrollmentId: id },
  });
  expect(rows[0]?.["request_id"]).toMatch(/^req_/);
});

test("an address that a bounce puts on the list is told once, though object and queue both say it", async () => {
  setClock(START);
  const world = await makeWorld();
  const { id, stub } = await enroll(world);
  await runUntil(stub, async () => (await stub.read())?.step === 1);
  const bounce = reportedBounce({ recipient: "jane@lead.example", judgement: "dead", status: "5.1.1", words: "" });
  const sendKey = `dh-${id.slice(4)}-0-0`;
  const about = { at: START, recipient: "jane@lead.example", sendKey, providerMessageId: null, wireMessageId: null };
  await handOver(env, world.tenantId, id, { kind: "bounced", ...about, bounce }, START);
  await vi.waitFor(
    async () =>
      expect(
        (
          await env.DB.prepare("SELECT 1 FROM journal WHERE enrollment_id = ? AND what = 'address_suppressed'")
            .bind(id)
            .all()
        ).results,
      ).toHaveLength(1),
    { timeout: 15_000 },
  );
  const rows = await rowsOfTenant(world.tenantId);
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({ actor_kind: "system", action: "suppression.add", after: { reason: "bounced" } });
});

test("whoever is turned away is told, once a minute for each reason", async () => {
  const { tenantId, liveKey } = await seedTenant();
  const { id, key } = await madeKey(liveKey, { scopes: ["log:read"], allowedIps: ["203.0.113.7"] });
  const there = { "cf-connecting-ip": "203.0.113.7" };
  for (let n = 0; n < 5; n += 1) {
    expect((await api(key).get("/v1/keys", there)).body.code).toBe("missing_scope");
    expect((await api(key).get("/v1/log", { "cf-connecting-ip": "192.0.2.1" })).body.code).toBe("address_not_allowed");
  }
  const refused = async () => (await rowsOfTenant(tenantId)).filter(({ outcome }) => outcome === "refused");
  await vi.waitFor(async () => expect((await refused()).length).toBeGreaterThanOrEqual(2));
  const rows = await refused();
  expect(rows.length).toBeLessThanOrEqual(4);
  expect(rows[0]).toMatchObject({
    ...{ actor_id: id, action: "access.refuse", target_kind: "route", target_id: "GET /v1/keys" },
    after: { code: "missing_scope" },
  });
  expect(rows[1]).toMatchObject({ from_address: "192.0.2.1", after: { code: "address_not_allowed" } });
});

test.each([
  ["changed", "UPDATE audit_log SET action = 'x' WHERE tenant_id = ?"],
  ["emptied", "UPDATE audit_log SET after = NULL WHERE tenant_id = ?"],
  ["redated while it is redacted", "UPDATE audit_log SET redacted_at = 1, after = NULL, at = 0 WHERE tenant_id = ?"],
  ["rewritten while it is redacted", "UPDATE audit_log SET redacted_at = 1, after = '{}' WHERE tenant_id = ?"],
  ["deleted", "DELETE FROM audit_log WHERE tenant_id = ?"],
])("D1 itself refuses that a row is %s", async (_, sql) => {
  const { tenantId } = await customer();
  const before = await rowsOfTenant(tenantId);
  expect(before).toHaveLength(1);
  await expect(env.DB.prepare(sql).bind(tenantId).run()).rejects.toThrow(/append-only/);
  expect(await rowsOfTenant(tenantId)).toEqual(before);
});

test("a row is not replaced by another of its id or number either", async () => {
  const { tenantId } = await customer();
  const before = await rowsOfTenant(tenantId);
  const planted =
    "INSERT OR REPLACE INTO audit_log (seq, id, tenant_id, mode, at, actor_kind, actor_id, action, outcome, target_kind)";
  for (const seq of [before[0]?.["seq"], 1_000_000])
    await env.DB.prepare(
      `${planted} SELECT ?2, id, tenant_id, mode, 0, 'key', 'x', 'x', 'done', 'x' FROM audit_log WHERE tenant_id = ?1`,
    )
      .bind(tenantId, seq)
      .run();
  expect(await rowsOfTenant(tenantId)).toEqual(before);
});

test("the way of erasure is open: redacted once, then deleted", async () => {
  const { tenantId } = await customer();
  const redact =
    "UPDATE audit_log SET redacted_at = 1, before = NULL, after = NULL, from_address = NULL, user_agent = NULL, actor_label = NULL WHERE tenant_id = ?";
  await env.DB.prepare(redact).bind(tenantId).run();
  await expect(env.DB.prepare(redact).bind(tenantId).run()).rejects.toThrow(/append-only/);
  expect(await rowsOfTenant(tenantId)).toMatchObject([{ action: "mailbox.create", after: null, redacted_at: 1 }]);
  await env.DB.prepare("DELETE FROM audit_log WHERE tenant_id = ?").bind(tenantId).run();
  expect(await rowsOfTenant(tenantId)).toEqual([]);
});
