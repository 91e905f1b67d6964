import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Local, startLocal } from "../../tools/local.ts";

/** Stands in all that is stored of the person and nowhere else. */
const WORD = "quuxzebra";
const EMAIL = `p.${WORD}@lead.example`;

let dataDir = "";
let local: Local | undefined;
let endpoint: Server | undefined;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "drafthook-erasure-"));
});

afterEach(async () => {
  await local?.stop();
  endpoint?.close();
  await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
});

test("after an erasure no file of the installation holds anything of the person, in any form", async () => {
  const hook = await startEndpoint();
  local = await startLocal({ dataDir, port: 0, cronEverySeconds: 0 });
  const steps = [{ kind: "email" }, { kind: "email", delayDays: 1 }];
  const settings = { webhookUrl: hook, businessHoursOnly: false, exitOnReply: false };
  const { cadence } = await ask("POST", "/v1/cadences", { name: "x", steps, publish: true, ...settings });
  const other = await enroll(cadence.id, "other", "Somebody Else", "else@lead.example");
  const person = await enroll(cadence.id, `lead-${WORD}`, `Ms ${WORD}`, EMAIL);
  await expect
    .poll(async () => (await ask("GET", `/v1/enrollments/${person}`)).outcomes.length, { timeout: 20_000 })
    .toBe(1);
  const { data } = await ask("GET", `/v1/sandbox/messages?enrollmentId=${person}`);
  const { raw } = await ask("GET", `/v1/sandbox/messages/${data[0].sendKey}`);
  await mailIn(/^Reply-To:.*?<([^>]+)>/im.exec(raw)?.[1] ?? "");
  await mailIn("stray@reply.localhost");
  // Sent, answered, and the answer answered.
  const messages = async () => (await ask("GET", `/v1/enrollments/${person}/messages`)).data.length;
  await expect.poll(messages, { timeout: 20_000 }).toBe(3);

  // The control: it is everywhere, in the clear and otherwise.
  const kinds = filesWith(WORD).map((file) => /state\/(\w+)/.exec(file)?.[1]);
  expect([...new Set(kinds)].sort()).toEqual(["d1", "do", "r2"]);

  const report = await ask("POST", "/v1/erasures", { email: EMAIL });
  console.info("erased:", JSON.stringify(report.removed));
  await local.stop();
  expect(filesWith(WORD)).toEqual([]);
  expect(filesWith("Somebody Else").length).toBeGreaterThan(0);

  local = await startLocal({ dataDir, port: 0, cronEverySeconds: 0 });
  expect((await ask("GET", `/v1/enrollments/${person}`)).exitReason).toBe("erased");
  expect((await ask("GET", `/v1/enrollments/${other}`)).leadName).toBe("Somebody Else");
  const again = await ask("POST", `/v1/cadences/${cadence.id}/enrollments`, { leadExternalId: "x", leadEmail: EMAIL });
  expect(again.code).toBe("person_erased");
});

/** An endpoint that writes to the person about themselves, at length. */
async function startEndpoint(): Promise<string> {
  endpoint = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const isThem = Buffer.concat(parts).toString("utf8").includes(WORD);
      const body = isThem ? `Dear ${WORD}, ${`about ${WORD}. `.repeat(200)}` : "Hello";
      response.setHeader("content-type", "application/json").end(JSON.stringify({ subject: "A question", body }));
    });
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => endpoint?.once("listening", resolve));
  return `http://127.0.0.1:${(endpoint.address() as AddressInfo).port}/hook`;
}

async function enroll(cadenceId: string, leadExternalId: string, leadName: string, leadEmail: string): Promise<string> {
  const lead = { leadExternalId, leadName, leadEmail, context: { note: leadName } };
  return (await ask("POST", `/v1/cadences/${cadenceId}/enrollments`, lead)).enrollment.id;
}

async function mailIn(to: string): Promise<void> {
  const raw = `From: <${EMAIL}>\r\nTo: <${to}>\r\nMessage-ID: <${to.length}@${WORD}.example>\r\nSubject: Hi\r\n\r\nHello from ${WORD}\r\n`;
  expect(await local?.dispatchMail({ from: EMAIL, to, raw })).toMatchObject({ accepted: true });
}

// biome-ignore lint/suspicious/noExplicitAny: what a test asserts about is what it says
async function ask(method: string, path: string, body?: object): Promise<any> {
  const response = await fetch(`${local?.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${local?.key}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return response.json();
}

/** Every file of the data folder in which the word stands: as it is, in hex, in UTF-16 and in base64. */
function filesWith(word: string): readonly string[] {
  const bytes = Buffer.from(word);
  const forms = [word, word.toUpperCase(), bytes.toString("hex"), Buffer.from(word, "utf16le").toString("latin1")];
  const base64 = [0, 1, 2].map((before) => {
    const whole = Buffer.concat([Buffer.alloc(before), bytes]).toString("base64");
    return whole.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
  });
  return readdirSync(dataDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => {
      const text = readFileSync(file).toString("latin1");
      return [...forms, ...base64].some((form) => text.includes(form));
    });
}
