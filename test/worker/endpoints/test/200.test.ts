import { env } from "cloudflare:workers";
import { afterEach, expect, test, vi } from "vitest";
import { lookAtBreaker } from "../../../../durable-objects/ask-breaker.ts";
import { customer } from "../../../support/cadences.ts";
import { endpointThatSays } from "../../../support/test-endpoint.ts";
import { api } from "../../../support/worker.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

async function endpoint() {
  const { ask, live, tenantId } = await customer();
  const made = (await ask.post("/v1/endpoints", { url: "https://hooks.acme.example/drafts" })).body;
  return { ask, live, tenantId, ...made, path: `/v1/endpoints/${made.id}/test` } as {
    readonly ask: typeof ask;
    readonly live: typeof live;
    readonly tenantId: string;
    readonly id: string;
    readonly secret: string;
    readonly path: string;
  };
}

const verdicts = (body: { checks: { check: string; verdict: string }[] }) =>
  Object.fromEntries(body.checks.map(({ check, verdict }) => [check, verdict]));

test("a careful endpoint passes every check, and what crossed the wire is shown", async () => {
  const { ask, path, secret } = await endpoint();
  const got = endpointThatSays(
    ({ isProper }) =>
      isProper ? Response.json({ body: "Hi Jane", subject: "Hello" }) : new Response(null, { status: 401 }),
    secret,
  );
  const { status, body } = await ask.post(path);
  expect(status).toBe(200);
  expect(body).toMatchObject({
    grade: "pass",
    outcome: "answered",
    answer: { verb: "body", subject: "Hello", body: "Hi Jane", review: false, reason: null },
    request: { url: "https://hooks.acme.example/drafts" },
    response: { status: 200, body: '{"body":"Hi Jane","subject":"Hello"}', encoding: "utf-8", cut: false },
  });
  expect(Object.values(verdicts(body))).toEqual(Array(8).fill("pass"));
  expect(got.map(({ isProper }) => isProper)).toEqual([true, false, false]);
  expect(body.request.body).toBe(got[0]?.body);
  const asked = JSON.parse(body.request.body);
  expect(asked).toMatchObject({
    type: "cadence.step.draft.requested",
    mode: "test",
    enrollment: { leadName: "Jane Doe", leadExternalId: "test-lead" },
    step: { index: 0, kind: "email" },
  });
  const shown = body.request.headers.map(({ name }: { name: string }) => name);
  expect(shown).toEqual(expect.arrayContaining(["webhook-id", "webhook-timestamp", "webhook-signature"]));
});

test("one that verifies nothing is warned of it, and can be asked without", async () => {
  const { ask, path, secret } = await endpoint();
  const got = endpointThatSays(() => Response.json({ skip: true, reason: "no" }), secret);
  const { body } = await ask.post(path, {});
  expect(body.grade).toBe("warn");
  expect(verdicts(body)).toMatchObject({ one_verb: "pass", forged_signature: "warn", stale_timestamp: "warn" });
  expect(body.answer).toMatchObject({ verb: "skip", reason: "no", body: null });
  const alone = (await ask.post(path, { forged: false })).body;
  expect([alone.grade, got.length]).toEqual(["pass", 4]);
});

test.each([
  ["two verbs", () => Response.json({ body: "x", skip: true }), { one_verb: "fail" }, "draft_invalid"],
  ["no JSON", () => new Response("<html>"), { one_verb: "fail", content_type: "warn" }, "draft_invalid"],
  ["a placeholder", () => Response.json({ body: "Dear {{firstName}}" }), { placeholder: "warn" }, "answered"],
  ["a server's fault", () => new Response("oops", { status: 500 }), { answered: "fail" }, "http_500"],
  ["a redirect", () => Response.redirect("https://inside.example/"), { answered: "fail" }, "http_302"],
  ["a promise", () => new Response(null, { status: 202 }), { answered: "pass", one_verb: "warn" }, "accepted"],
  ["too much", () => new Response("x".repeat(300_000)), { answered: "pass", size: "fail" }, "too_large"],
  ["nothing", () => Promise.reject(new TypeError("connection refused")), { answered: "fail" }, "network"],
] as const)("%s is told", async (_, answer, expected, outcome) => {
  const { ask, path } = await endpoint();
  endpointThatSays(answer);
  const { status, body } = await ask.post(path, { forged: false });
  expect([status, body.outcome]).toEqual([200, outcome]);
  expect(verdicts(body)).toMatchObject(expected);
});

test("a secret that the endpoint shows is not shown on, and the completion URL opens nothing", async () => {
  const { ask, path, secret } = await endpoint();
  endpointThatSays(({ body }) =>
    Response.json({ error: `env: ${secret}`, token: body }, { status: 500, headers: { "x-key": secret } }),
  );
  const { body } = await ask.post(path);
  expect(JSON.stringify(body)).not.toContain(secret.slice("whsec_".length));
  const { completionUrl } = JSON.parse(body.request.body);
  const { pathname, search } = new URL(completionUrl);
  vi.restoreAllMocks();
  expect((await api(null).post(pathname + search, { body: "Hi" })).status).toBe(404);
});

test("nor is one that stands in an answer that was understood, or in what is wrong with it", async () => {
  const { ask, path, secret } = await endpoint();
  const hidden = secret.slice("whsec_".length);
  endpointThatSays(() => Response.json({ body: `by ${secret}`, subject: hidden, meta: { env: { key: hidden } } }));
  const { body } = await ask.post(path, { forged: false });
  expect(JSON.stringify(body)).not.toContain(hidden);
  expect(body.answer).toMatchObject({ verb: "body", body: "by [masked]", meta: { env: { key: "[masked]" } } });
  vi.restoreAllMocks();
  endpointThatSays(() => Response.json({ body: "Hi", [secret]: true }));
  expect(JSON.stringify((await ask.post(path, { forged: false })).body)).not.toContain(hidden);
});

test("it counts nowhere: no line of the log, no word to the breaker, no failure of the endpoint", async () => {
  const { ask, path, tenantId, id } = await endpoint();
  endpointThatSays(() => new Response(null, { status: 410 }));
  for (let n = 0; n < 12; n += 1) await ask.post(path, { forged: false });
  expect((await ask.get("/v1/log")).body.data).toEqual([]);
  expect(await lookAtBreaker(env, tenantId, id)).toEqual({ waitMs: 0, isBusy: false });
  expect((await ask.get(`/v1/endpoints/${id}`)).body.enabled).toBe(true);
  const row = await env.DB.prepare("SELECT failing_since AS since FROM endpoints WHERE id = ?").bind(id).first();
  expect(row).toEqual({ since: null });
  const { results } = await env.DB.prepare("SELECT * FROM plan_usage WHERE tenant_id = ?").bind(tenantId).all();
  expect(results).toEqual([]);
});

test("a URL that may not be asked is not asked", async () => {
  const { ask, path, id } = await endpoint();
  await env.DB.prepare("UPDATE endpoints SET url = 'https://10.0.0.1/' WHERE id = ?").bind(id).run();
  const got = endpointThatSays(() => Response.json({ body: "inside" }));
  const { body } = await ask.post(path);
  expect([body.outcome, body.response, body.grade, got]).toEqual(["refused_url", null, "fail", []]);
});

test("the lead and the step's kind can be said", async () => {
  const { ask, path } = await endpoint();
  const got = endpointThatSays(() => Response.json({ body: "Hi" }));
  await ask.post(path, {
    stepKind: "linkedin_message",
    lead: { name: "Bo", email: null, context: { plan: "pro" } },
    forged: false,
  });
  expect(JSON.parse(got[0]?.body ?? "")).toMatchObject({
    enrollment: { leadName: "Bo", leadEmail: null, context: { plan: "pro" } },
    step: { kind: "linkedin_message" },
  });
  expect((await ask.post(path, { lead: { colour: "red" } })).status).toBe(422);
});

test("another mode's key finds nothing, and too many tests are refused", async () => {
  const { live, ask, path, tenantId } = await endpoint();
  endpointThatSays(() => Response.json({ body: "Hi" }));
  expect((await live.post(path)).status).toBe(404);
  await env.DB.prepare("INSERT INTO attempts (key, count, since) VALUES (?, 60, ?)")
    .bind(`test-call|${tenantId}`, Date.now())
    .run();
  const { status, headers, body } = await ask.post(path);
  expect([status, body.code]).toEqual([429, "rate_limited"]);
  expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
});
