import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type Local, startLocal } from "../../tools/local.ts";

const ROOT = join(import.meta.dirname, "..", "..");
let dataDir = "";
let local: Local;
let drafter: ChildProcess | null = null;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "drafthook-readme-"));
  local = await startLocal({ dataDir, port: 0 });
});

afterAll(async () => {
  drafter?.kill("SIGTERM");
  await local.stop();
  await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
});

/** The walk's shell blocks in order: settings, cadence, drafter, enroll, watch, reply. */
async function walk(): Promise<readonly string[]> {
  const readme = await readFile(join(ROOT, "README.md"), "utf8");
  const section = readme.slice(readme.indexOf("## Five minutes with curl"), readme.indexOf("## What it promises"));
  return [...section.matchAll(/```sh\n([\s\S]*?)```/g)].map((match) => match[1] ?? "");
}

/** Runs a block as a person would paste it, with what the person fills in for the dots. */
async function paste(block: string, filledIn: Readonly<Record<string, string>>): Promise<string> {
  const lines = block.split("\n").filter((line) => !/^[A-Z_]+=\S*…/.test(line));
  const { stdout } = await promisify(execFile)("bash", ["-euc", lines.join("\n")], {
    cwd: ROOT,
    env: { ...process.env, ...filledIn },
  });
  return stdout;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  return typeof address === "object" && address !== null ? address.port : 0;
}

function found(pattern: RegExp, text: string): string {
  const match = pattern.exec(text);
  expect(match, `${pattern} in ${text}`).not.toBeNull();
  return match?.[0] ?? "";
}

test("the five-minute walk of the README works as it is written", async () => {
  const [, makeCadence = "", startDrafter = "", enroll = "", watch = "", reply = ""] = await walk();
  const port = String(await freePort());
  const known: Record<string, string> = { URL: local.url, KEY: local.key };

  const cadence = await paste(makeCadence.replace("8788", port), known);
  known.CADENCE = found(/cad_[a-z2-7]{16}/, cadence);

  const command = startDrafter.replace("8788", port).replace("whsec_…", found(/whsec_[A-Za-z0-9+/=]+/, cadence));
  drafter = spawn("bash", ["-c", `exec env ${command.trim().replace("npx node", "node_modules/.bin/node")}`], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "inherit"],
  });
  await vi.waitFor(() => fetch(`http://127.0.0.1:${port}`), 10_000);

  known.ENROLLMENT = found(/enr_[a-z2-7]{16}/, await paste(enroll, known));
  const [timeline = "", log = "", sandbox = ""] = watch.trim().split("\n");
  await vi.waitFor(async () => expect(await paste(sandbox, known)).toContain("zoe@example.com"), 20_000);
  await vi.waitFor(async () => expect(await paste(timeline, known)).toContain('"what":"out"'), 20_000);
  expect(await paste(log, known)).toContain("cadence.step.draft.requested");

  const sendKey = found(/dh-[a-z2-7]{16}-0-0/, await paste(sandbox, known));
  const mail = await fetch(`${local.url}/v1/sandbox/messages/${sendKey}`, {
    headers: { authorization: `Bearer ${local.key}` },
  });
  known.REPLY_TO = found(/r1[a-z2-7]{32}@reply\.localhost/, await mail.text());
  await paste(reply, known);
  await vi.waitFor(async () => {
    const state = await fetch(`${local.url}/v1/enrollments/${known.ENROLLMENT}`, {
      headers: { authorization: `Bearer ${local.key}` },
    });
    expect(await state.json()).toMatchObject({ state: "exited", exitReason: "replied" });
  }, 20_000);
});
