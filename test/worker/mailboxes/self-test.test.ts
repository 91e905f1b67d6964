import { env } from "cloudflare:workers";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { receiveMail } from "../../../worker/email.ts";
import { type ApiClient, api, seedTenant } from "../../support/worker.ts";

const START = Date.parse("2026-11-23T10:00:00Z");

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"] });
  vi.setSystemTime(START);
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

interface Sent {
  readonly to: string;
  readonly subject: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly replyTo: string;
}

/** A mailbox at Cloudflare Email Service, and what that was given to send. */
async function mailbox(): Promise<{ client: ApiClient; id: string; path: string; sent: Sent[] }> {
  const { liveKey } = await seedTenant();
  const client = api(liveKey);
  const { id } = (
    await client.post("/v1/mailboxes", { provider: "cloudflare", email: "ana@acme.example", fromName: "Ana" })
  ).body;
  const sent: Sent[] = [];
  vi.spyOn(env.EMAIL, "send").mockImplementation(async (message: unknown) => {
    const { to, subject, headers, replyTo } = message as {
      to: (string | { email: string })[];
      subject: string;
      headers: Record<string, string>;
      replyTo: string | { email: string };
    };
    const address = (one: string | { email: string } | undefined) =>
      typeof one === "string" ? one : (one?.email ?? "");
    sent.push({ to: address(to[0]), subject, headers, replyTo: address(replyTo) });
    return { messageId: "cf-1" };
  });
  return { client, id, path: `/v1/mailboxes/${id}/self-test`, sent };
}

/** What was sent comes in, with the id and the headers that the way leaves it. */
async function arrive(
  { to, subject, headers, replyTo }: Sent,
  messageId: string,
  lost: readonly string[] = [],
): Promise<void> {
  const all: Record<string, string> = { ...headers, "Reply-To": replyTo };
  const kept = Object.entries(all).filter(([name]) => !lost.includes(name));
  const raw = [
    "From: Ana <ana@acme.example>",
    `To: ${to}`,
    `Subject: ${subject}`,
    `Message-ID: ${messageId}`,
    ...kept.map(([name, value]) => `${name}: ${value}`),
    "",
    "A test.",
    "",
  ].join("\r\n");
  const bytes = new TextEncoder().encode(raw);
  await receiveMail(
    {
      from: "bounces@cf-bounce.acme.example",
      to,
      raw: new Response(bytes).body as ReadableStream,
      rawSize: bytes.length,
      setReject: () => undefined,
    },
    env,
    Date.now(),
  );
}

test("what arrives is told, and sets whether ids are kept", async () => {
  const { client, id, path, sent } = await mailbox();
  expect((await client.post(path)).body).toMatchObject({ state: "under_way", arrivedAt: null, keepsMessageId: null });
  const [message] = sent;
  if (message === undefined) throw new Error("nothing was sent");
  vi.setSystemTime(START + 30_000);
  await arrive(message, "<0100@cf.acme.example>");
  const { body } = await client.get(`/v1/mailboxes/${id}`);
  expect(body).toMatchObject({
    keepsMessageId: "no",
    selfTest: {
      state: "arrived",
      arrivedAt: "2026-11-23T10:00:30.000Z",
      keepsMessageId: false,
      wireMessageId: "<0100@cf.acme.example>",
      lostHeaders: [],
    },
  });
  const { results } = await env.DB.prepare("SELECT 1 FROM inbound_mail WHERE envelope_to = ?").bind(message.to).all();
  expect(results).toEqual([]);
});

test("an id that is kept is told too", async () => {
  const { client, id, path, sent } = await mailbox();
  await client.post(path);
  const [message] = sent;
  const before = message?.headers["In-Reply-To"] ?? "";
  if (message === undefined) throw new Error("nothing was sent");
  await arrive(message, before.replace("-0@", "-1@"));
  expect((await client.get(`/v1/mailboxes/${id}`)).body).toMatchObject({
    keepsMessageId: "yes",
    selfTest: { keepsMessageId: true, detail: expect.stringContaining("with our Message-ID") },
  });
});

test("headers that the way took are named", async () => {
  const { client, id, path, sent } = await mailbox();
  await client.post(path);
  const [message] = sent;
  if (message === undefined) throw new Error("nothing was sent");
  await arrive(message, "<1@cf>", ["References", "List-Unsubscribe", "Reply-To"]);
  const { selfTest } = (await client.get(`/v1/mailboxes/${id}`)).body;
  expect(selfTest.lostHeaders).toEqual(["References", "Reply-To", "List-Unsubscribe"]);
  expect(selfTest.detail).toContain("lost References, Reply-To, List-Unsubscribe");
});

test("what doesn't come in within ten minutes is missing, and says where to look", async () => {
  const { client, id, path } = await mailbox();
  await client.post(path);
  vi.setSystemTime(START + 11 * 60_000);
  expect((await client.get(`/v1/mailboxes/${id}`)).body.selfTest).toMatchObject({
    state: "missing",
    detail: expect.stringContaining("routed to this Worker"),
  });
});

test("what the provider refuses is told with its words", async () => {
  const { client, id, path } = await mailbox();
  vi.spyOn(env.EMAIL, "send").mockRejectedValue(
    Object.assign(new Error("the sender's domain is not onboarded"), { code: "E_SENDER_NOT_VERIFIED" }),
  );
  const { body } = await client.post(path);
  expect(body).toMatchObject({ state: "failed", detail: expect.stringContaining("E_SENDER_NOT_VERIFIED") });
  expect((await client.get(`/v1/mailboxes/${id}`)).body.selfTest.state).toBe("failed");
});

test("a forged test changes nothing: not the id of another mailbox, nor an older code", async () => {
  const one = await mailbox();
  await one.client.post(one.path);
  const other = await mailbox();
  await other.client.post(other.path);
  const [first] = one.sent;
  const [second] = other.sent;
  if (first === undefined || second === undefined) throw new Error("nothing was sent");
  vi.setSystemTime(START + 61_000);
  await one.client.post(one.path);
  await arrive(first, "<1@cf>");
  const forged = second.to.replace(/^(s1[a-z2-7]{16})[a-z2-7]{16}/, `$1${"a".repeat(16)}`);
  await arrive({ ...second, to: forged }, "<1@cf>");
  expect((await one.client.get(`/v1/mailboxes/${one.id}`)).body.selfTest.state).toBe("under_way");
  expect((await other.client.get(`/v1/mailboxes/${other.id}`)).body.selfTest.state).toBe("under_way");
});

test("not twice within a minute, not from a sandbox, and not by a stranger", async () => {
  const { client, path } = await mailbox();
  await client.post(path);
  expect(await client.post(path)).toMatchObject({ status: 409, body: { code: "conflict" } });
  expect((await api((await seedTenant()).liveKey).post(path)).status).toBe(404);
  const sandbox = api((await seedTenant()).key);
  const { id } = (await sandbox.post("/v1/mailboxes", { provider: "sandbox", email: "ana@acme.example" })).body;
  expect((await sandbox.post(`/v1/mailboxes/${id}/self-test`)).status).toBe(409);
});
