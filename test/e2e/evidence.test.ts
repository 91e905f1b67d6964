import { execFileSync, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { verifyEvidence } from "../../tools/evidence/verify.ts";
import { type Local, startLocal } from "../../tools/local.ts";

const ROOT = join(import.meta.dirname, "..", "..");

let folder = "";
let local: Local;
let drafter: Server;
/** The pack and the keys, as curl wrote them. */
let pack = "";
let keys = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "drafthook-evidence-"));
  drafter = createServer((request, response) => {
    response.setHeader("content-type", "application/json");
    request.resume().on("end", () => response.end(JSON.stringify({ subject: "A question", body: "Grüezi 中村" })));
  }).listen(0, "127.0.0.1");
  await once(drafter, "listening");
  local = await startLocal({ dataDir: join(folder, "data"), port: 0, cronEverySeconds: 0 });
  const hook = `http://127.0.0.1:${(drafter.address() as AddressInfo).port}/hook`;
  const steps = [{ kind: "email" }];
  const made = await ask("/v1/cadences", { name: "x", businessHoursOnly: false, webhookUrl: hook, steps });
  const lead = { leadExternalId: "1", leadName: "Jane", leadEmail: "jane@lead.example" };
  const { enrollment } = await ask(`/v1/cadences/${made.cadence.id}/enrollments`, lead);
  const message = await vi.waitFor(
    async () => {
      const { data } = await ask(`/v1/enrollments/${enrollment.id}/messages`);
      return data.map(({ id }: { id: string }) => id).find((id: string) => id.startsWith("msg_")) ?? Promise.reject();
    },
    { timeout: 30_000, interval: 200 },
  );
  [pack, keys] = [join(folder, "pack.json"), join(folder, "keys.json")];
  const curl = (path: string, file: string) =>
    execFileSync("curl", ["-sSf", "-H", `authorization: Bearer ${local.key}`, "-o", file, `${local.url}${path}`]);
  await vi.waitFor(() => curl(`/v1/messages/${message}/evidence`, pack), { timeout: 15_000, interval: 500 });
  curl("/.well-known/drafthook-evidence.json", keys);
}, 90_000);

afterAll(async () => {
  await local?.stop();
  drafter?.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

// biome-ignore lint/suspicious/noExplicitAny: what a test asserts about is what it says
async function ask(path: string, body?: object): Promise<any> {
  const init = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
  const headers = { authorization: `Bearer ${local.key}`, "content-type": "application/json" };
  return (await fetch(local.url + path, { ...init, headers })).json();
}

function drafthook(...args: readonly string[]) {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [join(ROOT, "tools", "drafthook.js"), "evidence", "verify", ...args],
    { encoding: "utf8" },
  );
  return { stdout, stderr, status };
}

test("the evidence of a mail that was sent, fetched by curl, verifies offline with the installation's keys", () => {
  const { stdout, stderr, status } = drafthook(pack, "--key", keys);
  expect([status, stderr]).toEqual([0, ""]);
  expect(stdout).toMatch(/^ok {5}signature: by /m);
  expect(stdout).toMatch(/^ok {5}chain: \d+ lines, the end as told by the enrollment itself$/m);
  expect(stdout).toMatch(/^ok {5}bytes sent: \d+ bytes, SHA-256 [0-9a-f]{64}$/m);
  expect(stdout.trimEnd().split("\n").at(-1)).toBe(`${pack}: VERIFIED (signed)`);
});

test("altered it is refused, with the line that is another one, and the status is 1", async () => {
  const altered = join(folder, "altered.json");
  await writeFile(altered, (await readFile(pack, "utf8")).replace("Grüezi", "Gruezi"));
  const { stdout, status } = drafthook(altered);
  expect(status).toBe(1);
  expect(stdout).toMatch(/^failed line \d+: its request or answer are others$/m);
  expect(stdout.trimEnd().split("\n").at(-1)).toBe(`${altered}: NOT VERIFIED`);
  const [told] = drafthook(altered, "--json").stdout.trim().split("\n");
  expect(JSON.parse(told ?? "")).toMatchObject({ file: altered, verified: false });
});

test("a byte that is changed, anywhere in the file, is found", async () => {
  const bytes = await readFile(pack);
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  const missed: number[] = [];
  for (let at = 0; at < bytes.length; at += 1) {
    const changed = Buffer.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
    // What is no UTF-8 any more is refused before it is looked at.
    const text = utf8(decoder, changed);
    if (text !== null && !verifyEvidence(text, null).checks.some(({ verdict }) => verdict === "failed"))
      missed.push(at);
  }
  console.info(`${bytes.length} bytes, each changed by one bit: ${missed.length} not found`);
  expect(missed).toEqual([]);
  expect(verifyEvidence(decoder.decode(bytes), null).checks.some(({ verdict }) => verdict === "failed")).toBe(false);
}, 60_000);

test("the recipe of docs/evidence.md, which uses none of our code, agrees", async () => {
  const page = await readFile(join(ROOT, "docs", "evidence.md"), "utf8");
  const [, recipe = ""] = /```python\n([\s\S]+?)```/.exec(page) ?? [];
  expect(recipe.length).toBeGreaterThan(400);
  const run = (file: string) => spawnSync("python3", ["-c", recipe, file], { encoding: "utf8" });
  if (run(pack).error !== undefined) return console.info("there is no python3 here: the recipe was not run");
  expect(run(pack)).toMatchObject({ status: 0, stdout: expect.stringContaining("verified") });
  const altered = join(folder, "altered-again.json");
  await writeFile(
    altered,
    (await readFile(pack, "utf8")).replace('"released"', '"refused"').replace("Grüezi", "Gruezi"),
  );
  expect(run(altered).status).toBe(1);
});

test.each([
  [["no-such.json"], "drafthook evidence verify: no-such.json: there is no such file."],
  [[], "drafthook evidence verify: name at least one file"],
])("drafthook evidence verify %j says in one line what is wrong", (args, said) => {
  expect(drafthook(...args)).toEqual({ status: 1, stdout: "", stderr: `${said}\n` });
});

function utf8(decoder: TextDecoder, bytes: Buffer): string | null {
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}
