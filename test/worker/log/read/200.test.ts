import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { sha256Hex, toBase64 } from "../../../../adapters/crypto/bytes.ts";
import { mintCompletionToken } from "../../../../adapters/crypto/completion-token.ts";
import { newId } from "../../../../adapters/crypto/ids.ts";
import type { Exchange } from "../../../../core/journal.ts";
import { maskCompletionTokens } from "../../../../core/webhook/mask-token.ts";
import { customer, enrolled, publishedCadence } from "../../../support/cadences.ts";
import { exchangeLine, logLines } from "../../../support/log-lines.ts";

const TOKEN = "ten_abc.0123456789abcdef";
const REQUEST = `{"type":"cadence.step.draft.requested","completionUrl":"https://drafthook.test/v1/drafts/drf_1/completion?token=${TOKEN}","enrollment":{"leadName":"Jané 中村"}}`;

async function logged(responseBody: string, more: Partial<Exchange> = {}) {
  const { ask, tenantId } = await customer();
  const cadenceId = await publishedCadence(ask);
  const id = await enrolled(ask, cadenceId);
  await logLines(tenantId, { id, cadenceId }, [
    exchangeLine({ exchange: { requestBody: REQUEST, responseBody, ...more } }),
  ]);
  const [entry] = (await ask.get("/v1/log")).body.data;
  return { ask, entry };
}

test("one line shows both sides as they crossed the wire", async () => {
  const { ask, entry } = await logged('{"body":"Hi"}');
  const { status, body } = await ask.get(`/v1/log/${entry.id}`);
  expect(status).toBe(200);
  expect(body).toMatchObject({
    ...entry,
    bodies: { response: { body: '{"body":"Hi"}', encoding: "utf-8", cut: false } },
  });
  expect(body.bodies.request.body).toContain("Jané 中村");
});

test("completion tokens are masked, in an endpoint's echo too, and the hash is over the original", async () => {
  const { ask, entry } = await logged(`echo: ${REQUEST.replaceAll("/", "\\/")}`);
  const { body } = await ask.get(`/v1/log/${entry.id}`);
  expect(JSON.stringify(body)).not.toContain("0123456789abcdef");
  expect(body.bodies.request.body).toBe(REQUEST.replace(TOKEN, "[masked]"));
  expect(body.excerpt).toContain("[masked]");
  expect(body.requestSha256).toBe(await sha256Hex(REQUEST));
});

const MAC = "0123456789abcdef";

test("an endpoint that sends the token back in a header doesn't show it to who reads the log", async () => {
  const location = `https://drafter.example/jobs?callback=${encodeURIComponent(`https://drafthook.test/x?token=${TOKEN}`)}`;
  const { ask, entry } = await logged("{}", { responseHeaders: { location, "x-echo": TOKEN, "x-own": "stays" } });
  const { headers } = (await ask.get(`/v1/log/${entry.id}`)).body.bodies.response;
  expect(JSON.stringify(headers)).not.toContain(MAC);
  expect(headers).toMatchObject({ "x-echo": "[masked]", "x-own": "stays" });
});

test("an echo in bytes that are no UTF-8 is masked too, and the other bytes stay", async () => {
  const bytes = (text: string) => Uint8Array.from([0xff, 0xfe, ...new TextEncoder().encode(text), 0xff]);
  const { ask, entry } = await logged(toBase64(bytes(`a ${TOKEN} z`)), { responseEncoding: "base64" });
  const { response } = (await ask.get(`/v1/log/${entry.id}`)).body.bodies;
  expect(response).toMatchObject({ encoding: "base64", body: toBase64(bytes("a [masked] z")) });
});

test.each([
  ["the secret part alone", MAC],
  ["percent-escaped", [...MAC].map((character) => `%${character.charCodeAt(0).toString(16)}`).join("")],
  ["JSON-escaped", [...MAC].map((character) => `\\u00${character.charCodeAt(0).toString(16)}`).join("")],
  ["base64 of the whole request", btoa(String.fromCharCode(...new TextEncoder().encode(REQUEST)))],
  ["base64, otherwise aligned", btoa(`x${MAC}`)],
  ["base64, aligned the third way", btoa(`xx${MAC}`)],
])("an echo is masked in the body and in the list's excerpt: %s", async (_, echo) => {
  const { ask, entry } = await logged(`{"echo":"${echo}"}`);
  const read = (await ask.get(`/v1/log/${entry.id}`)).body;
  expect(read.bodies.response.body).toContain("[masked]");
  expect(read.bodies.response.body).not.toContain(echo);
  expect(read.excerpt).not.toContain(echo);
  expect(read.responseSha256).toBe(entry.responseSha256);
});

test("a token as we really make them is known by its form alone", async () => {
  const token = await mintCompletionToken(env.TOKEN_KEY_V1, newId("ten"), "drf_1");
  expect(maskCompletionTokens(`see ${token}`)).toBe("see [masked]");
});

test("a token that the list's excerpt would cut in two is masked in it as well", async () => {
  const { entry } = await logged(`${"x".repeat(190)}${MAC}`);
  expect(entry.excerpt).toBe(`${"x".repeat(190)}[masked]`);
});

test("a line whose bytes are gone still shows what it was", async () => {
  const { ask, entry } = await logged("{}");
  const { results } = await env.DB.prepare(
    "SELECT body_key FROM journal WHERE enrollment_id = ? AND body_key IS NOT NULL",
  )
    .bind(entry.enrollmentId)
    .all<{ body_key: string }>();
  for (const row of results) await env.BODIES.delete(row.body_key);
  expect((await ask.get(`/v1/log/${entry.id}`)).body).toMatchObject({ id: entry.id, bodies: null });
});
