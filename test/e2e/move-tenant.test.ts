import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Local, startLocal } from "../../tools/local.ts";

const ROOT = join(import.meta.dirname, "..", "..");

let folder = "";
let installations: Local[] = [];
let endpoint: Server | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "drafthook-move-"));
});

afterEach(async () => {
  for (const local of installations) await local.stop();
  installations = [];
  endpoint?.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

test("a tenant moves: a cadence goes on in the other installation, nobody gets a message twice", async () => {
  const asked: string[] = [];
  const hook = await startEndpoint(asked);
  const [source, target] = [await start("source"), await start("target")];
  await ask(source, "POST", "/v1/mailboxes", { provider: "sandbox", email: "ana@acme.example" });
  const steps = [{ kind: "email" }, { kind: "email", delaySeconds: 12 }];
  const wish = { name: "Moves", webhookUrl: hook, businessHoursOnly: false, steps, publish: true };
  const { cadence } = await ask(source, "POST", "/v1/cadences", wish);
  const lead = { leadExternalId: "a", leadName: "Jane", leadEmail: "jane@lead.example" };
  const { id } = (await ask(source, "POST", `/v1/cadences/${cadence.id}/enrollments`, lead)).enrollment;
  const step = async (local: Local) => (await ask(local, "GET", `/v1/enrollments/${id}`)).currentStep;
  await expect.poll(() => step(source), { timeout: 20_000 }).toBe(1);

  const file = join(folder, "tenant.ndjson");
  const taken = await drafthook(
    "export",
    "--url",
    source.url,
    "--key",
    source.liveKey,
    "--out",
    file,
    "--move",
    "--settle",
    "3",
    "--reads",
    "10",
  );
  expect(taken).toMatchObject({ status: 0, out: expect.stringContaining("1 object") });
  const wrong = join(folder, "cut.ndjson");
  await writeFile(wrong, (await readFile(file, "utf8")).split("\n").slice(0, -3).join("\n"));
  expect((await drafthook("import", "--url", target.url, "--key", target.liveKey, wrong)).said).toContain(
    "was cut off",
  );

  const put = await drafthook("import", "--url", target.url, "--key", target.liveKey, file, "--move");
  expect(put).toMatchObject({ status: 0, out: expect.stringMatching(/secret of endpoint end_\w+ is here: whsec_/) });
  await ask(target, "PATCH", "/v1/tenant", { enabled: true });
  await expect
    .poll(async () => (await ask(target, "GET", `/v1/enrollments/${id}`)).state, { timeout: 40_000 })
    .toBe("completed");
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  // One question for each step, though both installations ran past the second one's time.
  expect(asked.filter((text) => text.includes("draft.requested")).map((text) => JSON.parse(text).step.index)).toEqual([
    0, 1,
  ]);
  expect((await ask(source, "GET", `/v1/enrollments/${id}`)).currentStep).toBe(1);
  const sent = async (local: Local) => (await ask(local, "GET", `/v1/sandbox/messages?enrollmentId=${id}`)).data.length;
  expect([await sent(source), await sent(target)]).toEqual([1, 2]);
  const twice = await drafthook("import", "--url", target.url, "--key", target.liveKey, file, "--move");
  expect(twice.out).toContain("written: nothing");
});

test("an export that was cut off goes on where it stood, and the file is the same", async () => {
  const source = await start("source");
  await ask(source, "POST", "/v1/suppressions", {
    entries: Array.from({ length: 3_000 }, (_, n) => ({ value: `p${n}@lead.example` })),
  });
  const flags = ["--url", source.url, "--key", source.liveKey, "--reads", "10", "--out"];
  const [whole, cut] = [join(folder, "whole.ndjson"), join(folder, "cut.ndjson")];
  expect((await drafthook("export", ...flags, whole)).status).toBe(0);
  // As a kill leaves it: a page noted, and half of the next one written.
  const lines = (await readFile(whole, "utf8")).split("\n");
  const first = await (
    await fetch(`${source.url}/v1/tenant/export?reads=10`, { headers: { authorization: `Bearer ${source.liveKey}` } })
  ).text();
  const page = first.trimEnd().split("\n");
  const end = JSON.parse(page.at(-1) ?? "");
  const noted = `${page.slice(0, -1).join("\n")}\n`;
  await writeFile(`${cut}.part`, noted);
  await appendFile(`${cut}.part`, (lines[page.length] ?? "").slice(0, 20));
  await writeFile(
    `${cut}.part.json`,
    JSON.stringify({ cursor: end.nextCursor, bytes: Buffer.byteLength(noted), counts: end.counts }),
  );
  expect((await drafthook("export", ...flags, cut)).said).toContain("Going on with");
  const again = (await readFile(cut, "utf8")).split("\n");
  expect(again.slice(1, -2)).toEqual(lines.slice(1, -2));
  expect(again.length).toBeGreaterThan(3_000);
});

async function start(name: string): Promise<Local> {
  const local = await startLocal({ dataDir: join(folder, name), port: 0, cronEverySeconds: 0 });
  installations.push(local);
  return local;
}

async function startEndpoint(asked: string[]): Promise<string> {
  endpoint = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      asked.push(Buffer.concat(parts).toString("utf8"));
      response.setHeader("content-type", "application/json").end('{"subject":"Hello","body":"Hello"}');
    });
  }).listen(0, "127.0.0.1");
  await once(endpoint, "listening");
  return `http://127.0.0.1:${(endpoint.address() as AddressInfo).port}/hook`;
}

// biome-ignore lint/suspicious/noExplicitAny: what a test asserts about is what it says
async function ask(local: Local, method: string, path: string, body?: object): Promise<any> {
  const response = await fetch(`${local.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${local.liveKey}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return response.json();
}

/** Runs the command of the clone; `out` is what it printed, `said` what it told beside that. */
async function drafthook(
  ...args: string[]
): Promise<{ readonly status: number; readonly out: string; readonly said: string }> {
  const child = spawn(process.execPath, [join(ROOT, "tools", "drafthook.js"), ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [out, said] = ["", ""];
  child.stdout.on("data", (text: Buffer) => {
    out += text;
  });
  child.stderr.on("data", (text: Buffer) => {
    said += text;
  });
  const [status] = (await once(child, "close")) as [number];
  return { status, out, said };
}
