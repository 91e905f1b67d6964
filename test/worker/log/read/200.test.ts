import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { sha256Hex } from "../../../../adapters/crypto/bytes.ts";
import { customer, enrolled, publishedCadence } from "../../../support/cadences.ts";
import { exchangeLine, logLines } from "../../../support/log-lines.ts";

const TOKEN = "ten_abc.0123456789abcdef";
const REQUEST = `{"type":"cadence.step.draft.requested","completionUrl":"https://drafthook.test/v1/drafts/drf_1/completion?token=${TOKEN}","enrollment":{"leadName":"Jané 中村"}}`;

async function logged(responseBody: string) {
  const { ask, tenantId } = await customer();
  const cadenceId = await publishedCadence(ask);
  const id = await enrolled(ask, cadenceId);
  await logLines(tenantId, { id, cadenceId }, [exchangeLine({ exchange: { requestBody: REQUEST, responseBody } })]);
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
