import { env } from "cloudflare:workers";
import { afterEach, expect, test, vi } from "vitest";
import { replyAddress } from "../../../adapters/mail/reply-address.ts";
import { bringMail } from "../../support/bring-mail.ts";
import { keyFor } from "../../support/cadences.ts";
import { enroll, makeWorld, ring, START, setClock } from "../../support/enrollment.ts";
import { unmatchedMail } from "../../support/inbox.ts";
import { projectAtOnce } from "../../support/project-at-once.ts";
import { api, seedTenant } from "../../support/worker.ts";

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

async function received(html: string) {
  setClock(START);
  const world = await makeWorld();
  projectAtOnce();
  const { id, stub } = await enroll(world);
  await ring(stub);
  const to = await replyAddress(env, world.tenantId, id, env.REPLY_DOMAIN);
  const head = `From: jane@lead.example\r\nTo: ${to}\r\nSubject: Re: A question\r\nMessage-ID: <h-${id}@lead.example>\r\nMIME-Version: 1.0\r\n`;
  const parts = `Content-Type: multipart/alternative; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nYes please\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n${html}\r\n--b--\r\n`;
  await bringMail(head + parts, to, "jane@lead.example");
  await ring(stub);
  return { ask: api(await keyFor(world.tenantId)), id };
}

test("a mail of the conversation can be opened with its HTML, as it came", async () => {
  const hostile = '<p onclick="x()">Yes <script>alert(1)</script><img src="https://tracker.example/p.gif"></p>';
  const { ask, id } = await received(hostile);
  const messages = (await ask.get(`/v1/enrollments/${id}/messages`)).body.data;
  expect(messages.map(({ inboundId }: { inboundId: string | null }) => typeof inboundId)).toEqual(["object", "string"]);
  const { status, body } = await ask.get(`/v1/inbound/${messages[1].inboundId}`);
  expect([status, body.cleanText]).toEqual([200, "Yes please"]);
  expect(body.html.trim()).toBe(hostile);
});

test("long HTML is cut, and never in the middle of a letter", async () => {
  const { ask, id } = await received(`<p>${"ü".repeat(300_000)}</p>`);
  const [, message] = (await ask.get(`/v1/enrollments/${id}/messages`)).body.data;
  const { html } = (await ask.get(`/v1/inbound/${message.inboundId}`)).body;
  const bytes = new TextEncoder().encode(html).length;
  expect(bytes).toBeGreaterThan(512 * 1024 - 8);
  expect(bytes).toBeLessThanOrEqual(512 * 1024);
  expect(html.at(-1)).toBe("ü");
});

test("of a huge mail only the beginning is read, so that a conversation of them can be opened", async () => {
  const { ask, id } = await received(
    `<p>Yes</p>\r\n--b\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n${`${"A".repeat(76)}\r\n`.repeat(100_000)}`,
  );
  const [, message] = (await ask.get(`/v1/enrollments/${id}/messages`)).body.data;
  const bytes: number[] = [];
  const get = env.BODIES.get.bind(env.BODIES);
  vi.spyOn(env.BODIES, "get").mockImplementation(async (...asked: Parameters<typeof get>) => {
    const stored = await get(...asked);
    if (stored === null || !("arrayBuffer" in stored)) return stored;
    const read = stored.arrayBuffer.bind(stored);
    stored.arrayBuffer = async () => {
      const buffer = await read();
      bytes.push(buffer.byteLength);
      return buffer;
    };
    return stored;
  });
  const { html } = (await ask.get(`/v1/inbound/${message.inboundId}`)).body;
  expect(html.trim()).toBe("<p>Yes</p>");
  expect(bytes).toEqual([2 * 1024 * 1024]);
});

test("a mail whose bytes are no longer kept has none", async () => {
  const { tenantId, key } = await seedTenant();
  const id = await unmatchedMail(tenantId);
  expect((await api(key).get(`/v1/inbound/${id}`)).body).toMatchObject({ id, html: null });
});

test("while R2 doesn't answer a mail is read without its HTML", async () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const { tenantId, key } = await seedTenant();
  const id = await unmatchedMail(tenantId);
  const BODIES = new Proxy(env.BODIES, {
    get: (bucket, name) => (name === "get" ? () => Promise.reject(new Error("R2 is down")) : Reflect.get(bucket, name)),
  });
  const { status, body } = await api(key, { BODIES }).get(`/v1/inbound/${id}`);
  expect([status, body.id, body.html]).toEqual([200, id, null]);
});
