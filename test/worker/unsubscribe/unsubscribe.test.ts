import { env, exports } from "cloudflare:workers";
import { afterEach, expect, test, vi } from "vitest";
import { unsubscribeWays } from "../../../adapters/mail/unsubscribe.ts";
import { app } from "../../../worker/app.ts";
import { receiveMail } from "../../../worker/email.ts";
import { enroll, makeWorld, ring, runUntil, START, sandboxMail, setClock } from "../../support/enrollment.ts";

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** Jane is enrolled in a cadence of two steps; the first was sent. */
async function janeGotOne() {
  setClock(START);
  const world = await makeWorld({ settings: { unsubscribeLink: "Unsubscribe" } });
  const { id, stub } = await enroll(world, { email: "Jane@lead.example" });
  await ring(stub);
  const { url, mailto } = await unsubscribeWays(env, world.tenantId, id, env.REPLY_DOMAIN);
  if (url === null) throw new Error("there is no https URL in this test");
  return { world, id, stub, path: new URL(url).pathname, url, mailto };
}

function ask(method: "GET" | "POST", path: string, body?: BodyInit): Promise<Response> {
  return exports.default.fetch(
    new Request(`https://drafthook.test${path}`, {
      method,
      redirect: "manual",
      ...(body === undefined ? {} : { body }),
    }),
  );
}

async function suppressed(tenantId: string): Promise<readonly string[]> {
  const { results } = await env.DB.prepare("SELECT value, reason FROM suppressions WHERE tenant_id = ?")
    .bind(tenantId)
    .all<{ value: string; reason: string }>();
  return results.map(({ value, reason }) => `${value} ${reason}`);
}

test("each step's mail says how to unsubscribe, as RFC 8058 has it, and carries the link that the cadence wants", async () => {
  const { id, url, mailto } = await janeGotOne();
  const [mail] = await sandboxMail(id);
  const unfolded = (mail?.raw ?? "").replace(/\r\n[ \t]+/g, " ");
  expect(unfolded).toContain(`List-Unsubscribe: <${url}>, <mailto:${mailto}?subject=unsubscribe>`);
  expect(unfolded).toContain("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n");
  expect(unfolded.replace(/=\r\n/g, "")).toContain(`Unsubscribe: ${url}`);
});

test("opening the link changes nothing, however often: it shows a page with a button", async () => {
  const { world, stub, path } = await janeGotOne();
  for (let n = 0; n < 3; n += 1) {
    const page = await ask("GET", path);
    expect([page.status, page.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
    expect(await page.text()).toContain('<form method="post"');
  }
  expect([(await stub.read())?.phase.name, await suppressed(world.tenantId)]).toEqual(["waiting", []]);
});

test.each([
  ["a mail client's form", () => new URLSearchParams({ "List-Unsubscribe": "One-Click" }), "one_click"],
  [
    "a mail client's multipart form",
    () => {
      const form = new FormData();
      form.set("List-Unsubscribe", "One-Click");
      return form;
    },
    "one_click",
  ],
  ["the page's button", () => new URLSearchParams({ by: "page" }), "page"],
])("%s ends the enrollment and suppresses the address at once, without a redirect", async (_name, body, by) => {
  const { world, stub, path } = await janeGotOne();
  const answer = await ask("POST", path, body());
  expect([answer.status, answer.headers.get("set-cookie")]).toEqual([200, null]);
  expect(await suppressed(world.tenantId)).toEqual(["jane@lead.example unsubscribed"]);
  expect((await stub.read())?.phase).toMatchObject({
    name: "finished",
    exit: { state: "exited", reason: "unsubscribed", detail: by },
  });
});

test("said twice it is told once, and nothing more is sent", async () => {
  const { world, id, stub, path } = await janeGotOne();
  await ask("POST", path);
  await ask("POST", path);
  await runUntil(stub, () => Date.now() > START + 10 * 24 * 3_600_000, 20);
  const told = world.requests.map(({ json }) => json.type);
  expect(told.filter((type) => type === "cadence.lead.unsubscribed")).toHaveLength(1);
  expect(await sandboxMail(id)).toHaveLength(1);
});

test("whoever is suppressed gets nothing from another cadence either", async () => {
  const { world, path } = await janeGotOne();
  const other = await enroll(world, { email: "jane@LEAD.example" });
  await ask("POST", path);
  await ring(other.stub);
  expect((await other.stub.read())?.phase).toMatchObject({ name: "finished", exit: { reason: "suppressed" } });
  expect(await sandboxMail(other.id)).toEqual([]);
});

test("forged tokens are answered like true ones and change nothing", async () => {
  const { world, stub, path } = await janeGotOne();
  const alphabet = "abcdefghijklmnopqrstuvwxyz234567";
  const forged = Array.from({ length: 200 }, (_, n) => {
    const at = path.length - 1 - (n % 16);
    const letter = alphabet[(alphabet.indexOf(path[at] ?? "a") + 1 + Math.floor(n / 16)) % 32];
    return `${path.slice(0, at)}${letter}${path.slice(at + 1)}`;
  });
  for (const wrong of [...forged, "/u/", "/u/x", `/u/r${path.slice(4)}`, `${path}a`]) {
    const { status } = await ask("POST", wrong);
    expect([200, 404]).toContain(status);
  }
  expect([(await stub.read())?.phase.name, await suppressed(world.tenantId)]).toEqual(["waiting", []]);
});

test("the page speaks the reader's language", async () => {
  const { path } = await janeGotOne();
  const page = async (languages: string) =>
    (await app.request(path, { headers: { "accept-language": languages } }, env)).text();
  expect(await page("pl;q=0.8, de-CH, en;q=0.9")).toContain('<html lang="de">');
  expect(await page("ja")).toContain("配信停止");
  expect(await page("tlh, fr;q=0.1")).toContain('<html lang="fr">');
  expect(await page("")).toContain('<html lang="en">');
});

test("while D1 is away nobody is told that it is done", async () => {
  const { path } = await janeGotOne();
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const dead = { prepare: () => ({ bind: () => ({ first: () => Promise.reject(new Error("D1_ERROR: away")) }) }) };
  const answer = await app.request(path, { method: "POST" }, { ...env, DB: dead as unknown as D1Database });
  expect(answer.status).toBeGreaterThanOrEqual(500);
});

test("a mail to the address of List-Unsubscribe unsubscribes, whatever it says", async () => {
  const { world, id, stub, mailto } = await janeGotOne();
  const raw = `From: someone@else.example\r\nTo: ${mailto}\r\nSubject: unsubscribe\r\nMessage-ID: <${id}@else.example>\r\n\r\n`;
  const bytes = new TextEncoder().encode(raw);
  const incoming = {
    from: "someone@else.example",
    to: mailto.toUpperCase(),
    raw: new Response(bytes).body as ReadableStream<Uint8Array>,
    rawSize: bytes.byteLength,
    setReject: () => undefined,
  };
  await receiveMail(incoming, env, START + 1);
  expect((await stub.read())?.phase).toMatchObject({
    name: "finished",
    exit: { reason: "unsubscribed", detail: "mail" },
  });
  expect(await suppressed(world.tenantId)).toEqual(["jane@lead.example unsubscribed"]);
  const row = await env.DB.prepare("SELECT status, enrollment_id AS enrollmentId FROM inbound_mail WHERE tenant_id = ?")
    .bind(world.tenantId)
    .first();
  expect(row).toEqual({ status: "matched", enrollmentId: id });
});

test("the link of a message to the address before suppresses that one as well as the present one", async () => {
  const { world, id, path } = await janeGotOne();
  await vi.waitUntil(
    async () => (await env.DB.prepare("SELECT 1 FROM messages WHERE enrollment_id = ?").bind(id).first()) !== null,
    { timeout: 10_000 },
  );
  await env.DB.prepare("UPDATE enrollments SET lead_email = 'jane@new.example' WHERE id = ?").bind(id).run();
  await ask("POST", path, new URLSearchParams({ "List-Unsubscribe": "One-Click" }));
  expect([...(await suppressed(world.tenantId))].sort()).toEqual([
    "jane@lead.example unsubscribed",
    "jane@new.example unsubscribed",
  ]);
});

test("a mailto wish that reaches us by a mailbox that passes it on is heard", async () => {
  const { stub, mailto } = await janeGotOne();
  const bytes = new TextEncoder().encode(`From: jane@lead.example\r\nTo: ${mailto}\r\nSubject: unsubscribe\r\n\r\n`);
  await receiveMail(
    {
      from: "jane@lead.example",
      to: "catchall@acme.example",
      raw: new Response(bytes).body as ReadableStream,
      rawSize: bytes.length,
      setReject: () => undefined,
    },
    env,
    Date.now(),
  );
  expect((await stub.read())?.phase).toMatchObject({ exit: { reason: "unsubscribed" } });
});
