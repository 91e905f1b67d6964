import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { checkApiKey } from "../../core/api-key.ts";
import { startLocal } from "../../tools/local.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const Ready = z.object({
  url: z.url(),
  key: z.string(),
  liveKey: z.string(),
  signInLink: z.url(),
  dataDir: z.string(),
  pid: z.int(),
});

let dataDir = "";
let running: ChildProcess[] = [];

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "drafthook-start-"));
});

afterEach(async () => {
  for (const child of running) if (child.exitCode === null) child.kill("SIGKILL");
  running = [];
  await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
});

test("the first start prints where it runs and with which keys, and answers", async () => {
  const { ready } = await startJson();
  expect(checkApiKey(ready.key)).toEqual({ ok: true, mode: "test" });
  expect(checkApiKey(ready.liveKey)).toEqual({ ok: true, mode: "live" });
  const health = await fetch(`${ready.url}/health`);
  expect(await health.json()).toMatchObject({ ok: true, version: "0.1.0" });
});

test("each start prints another link, which signs the developer in as the owner, once", async () => {
  const first = await startJson();
  const cookie = await useLink(first.ready.url, first.ready.signInLink);
  const headers = { cookie: cookie ?? "", "drafthook-mode": "live" };
  const me = await (await fetch(`${first.ready.url}/v1/me`, { headers })).json();
  expect(me).toMatchObject({ actor: { kind: "person", role: "owner" }, tenant: { name: "This machine" } });
  expect(await useLink(first.ready.url, first.ready.signInLink)).toBeUndefined();
  const page = await fetch(`${first.ready.url}/sign-in`);
  expect(page.headers.get("content-security-policy")).toContain("default-src 'none'; script-src 'self'");
  for (const file of ["people.js", "people.css"]) expect((await fetch(`${first.ready.url}/${file}`)).status).toBe(200);
  await stop(first.child);
  const second = await startJson();
  expect(second.ready.signInLink).not.toBe(first.ready.signInLink);
  expect(await useLink(second.ready.url, second.ready.signInLink)).toMatch(/^drafthook\.session_token=/);
});

test("a person is given url, key, live-key and three curl lines", async () => {
  const child = start(["--port", "0", "--data", dataDir]);
  const printed = await textUntil(child, /Stop with Ctrl-C/);
  expect(printed).toMatch(/^url: http:\/\/127\.0\.0\.1:\d+\nkey: dh_test_\w{36}\nlive-key: dh_live_\w{36}\n/);
  expect(printed).toMatch(/^Local mode: webhooks and SMTP may reach .+ \(loopback\)/m);
});

test("the three curl lines work when pasted, one after the other", async () => {
  const child = start(["--port", "0", "--cron", "0", "--data", dataDir]);
  const lines = (await textUntil(child, /Stop with Ctrl-C/)).split("\n").filter((line) => line.startsWith("curl "));
  const [health, cadence, enrollment] = lines.map((line) =>
    JSON.parse(execFileSync("sh", ["-c", line], { encoding: "utf8" })),
  );
  expect(health).toMatchObject({ ok: true });
  expect(cadence).toMatchObject({ ok: true, cadence: { id: expect.stringMatching(/^cad_/) } });
  expect(enrollment).toMatchObject({ enrollment: { id: expect.stringMatching(/^enr_/), leadExternalId: "lead-1" } });
});

test("the dashboard is at /, also behind a deep link, and the Worker answers its own paths", async () => {
  const { ready } = await startJson();
  const page = await fetch(ready.url);
  expect(page.headers.get("content-type")).toContain("text/html");
  expect(page.headers.get("content-security-policy")).toContain("script-src 'self'");
  const text = await page.text();
  expect(text).toContain('<div id="root">');
  expect(await (await fetch(`${ready.url}/enrollments/enr_x`)).text()).toBe(text);
  const unknown = await fetch(`${ready.url}/v1/nothing-of-this-name`);
  expect(unknown.headers.get("content-type")).not.toContain("text/html");
});

test("it listens where --port says", async () => {
  const port = await freePort();
  const { ready } = await startJson(["--port", String(port)]);
  expect(ready.url).toBe(`http://127.0.0.1:${port}`);
});

test("a later start keeps keys, secrets and data", async () => {
  const first = await startJson();
  const secrets = await readFile(join(dataDir, "secrets.json"), "utf8");
  await stop(first.child);

  const second = await startLocal({ dataDir, port: 0, cronEverySeconds: 0 });
  await second.stop();
  expect([second.key, second.liveKey]).toEqual([first.ready.key, first.ready.liveKey]);
  expect(await readFile(join(dataDir, "secrets.json"), "utf8")).toBe(secrets);
});

test("only the owner may read the secrets and the keys", async () => {
  await stop((await startJson()).child);
  for (const name of ["secrets.json", "keys.json"]) {
    expect((await stat(join(dataDir, name))).mode & 0o777).toBe(0o600);
  }
});

test.each(["SIGINT", "SIGTERM"] as const)("%s leaves nothing running", async (signal) => {
  const { child, workerdPid, ready } = await startJson();
  expect(isAlive(workerdPid)).toBe(true); // or the next line but one would prove nothing
  expect(await stop(child, signal)).toBe(0);
  expect(isAlive(workerdPid)).toBe(false);
  await expect(fetch(`${ready.url}/health`)).rejects.toThrow();
});

test("Ctrl-C in a terminal, which reaches every process of the group, leaves nothing running", async () => {
  const { child, workerdPid } = await startJson([], { detached: true });
  process.kill(-(child.pid ?? Number.NaN), "SIGINT");
  const [status] = await once(child, "exit");
  expect(status).toBe(0);
  expect(isAlive(workerdPid)).toBe(false);
});

test("the runtime does not outlive a start that was killed with -9", async () => {
  const { child, workerdPid, ready } = await startJson();
  child.kill("SIGKILL");
  await once(child, "exit");
  await expect.poll(() => isAlive(workerdPid), { timeout: 5_000 }).toBe(false);
  await expect(fetch(`${ready.url}/health`)).rejects.toThrow();
});

test("a start after kill -9 finds the same data", async () => {
  const first = await startJson();
  first.child.kill("SIGKILL");
  await once(first.child, "exit");
  await expect.poll(() => isAlive(first.workerdPid), { timeout: 5_000 }).toBe(false);
  const second = await startJson();
  expect(second.ready.key).toBe(first.ready.key);
});

test("a mail handed in at the door reaches the Worker, or is refused with a reason", async () => {
  const local = await startLocal({ dataDir, port: 0, cronEverySeconds: 0 });
  try {
    const mail = { from: "a@example.com", to: "nobody+at+all@reply.localhost" };
    const accepted = await local.dispatchMail({
      ...mail,
      raw: "From: a@example.com\r\nMessage-ID: <1@example.com>\r\nSubject: hi\r\n\r\nhi\r\n",
    });
    expect(accepted).toMatchObject({ accepted: true });
    const refused = await local.dispatchMail({ ...mail, raw: "From: a@example.com\r\nSubject: no id\r\n\r\nhi\r\n" });
    expect(refused).toMatchObject({ accepted: false, answer: expect.stringContaining("message id") });
    await local.dispatchCron();
  } finally {
    await local.stop();
  }
});

test("a taken port is one clear sentence", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const port = portOf(other.address());
  const said = await failedStart(["--port", String(port), "--data", dataDir]);
  other.close();
  expect(said).toBe(`Port ${port} is taken; stop what runs there or start with: npm start -- --port ${port + 1}\n`);
});

test("a second start on the same data is one clear sentence", async () => {
  const { ready } = await startJson();
  const said = await failedStart(["--port", "0", "--data", dataDir]);
  expect(said).toMatch(/^Drafthook already runs on .+ \(process \d+, port \d+\); stop it or choose another folder/);
  expect(said).toContain(`process ${ready.pid}`);
  expect(said.trim().split("\n")).toHaveLength(1);
});

test.each([
  [["--port", "http"], '--port takes a whole number from 0 to 65535, not "http".\n'],
  [["--data", "/dev/null/data", "--port", "0"], /^The data folder \/dev\/null\/data can't be written: .+\n$/],
  [["--colour"], /^Unknown option '--colour'.* See: npm start -- --help\n$/],
])("%j is one clear sentence", async (args, sentence) => {
  expect(await failedStart(args)).toMatch(sentence);
});

interface Started {
  readonly child: ChildProcess;
  readonly ready: z.infer<typeof Ready>;
  readonly workerdPid: number;
}

/** The cookie that a sign-in link gives; undefined when it gives none. */
async function useLink(url: string, link: string): Promise<string | undefined> {
  const token = new URL(link).hash.slice("#link=".length);
  const response = await fetch(`${url}/auth/sign-in/link`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ token }),
  });
  return response.headers.get("set-cookie")?.split(";", 1)[0];
}

async function startJson(
  args: readonly string[] = ["--port", "0"],
  options: { detached?: boolean } = {},
): Promise<Started> {
  const port = args.length === 0 ? ["--port", "0"] : args;
  const child = start(["--json", "--cron", "0", "--data", dataDir, ...port], options);
  const ready = Ready.parse(JSON.parse(await textUntil(child, /\n/)));
  const workerdPid = Number(await readFile(join(dataDir, "workerd.pid"), "utf8"));
  return { child, ready, workerdPid };
}

function start(args: readonly string[], options: { detached?: boolean } = {}): ChildProcess {
  const child = spawn(process.execPath, ["tools/start.ts", "--no-build", ...args], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "pipe"],
    ...options,
  });
  running.push(child);
  return child;
}

/** What stdout has said once it matches; fails with stderr when the program ends before. */
function textUntil(child: ChildProcess, pattern: RegExp): Promise<string> {
  let out = "";
  let errors = "";
  return new Promise((resolve, reject) => {
    child.stderr?.on("data", (chunk: Buffer) => {
      errors += chunk;
    });
    child.stdout?.on("data", (chunk: Buffer) => {
      out += chunk;
      if (pattern.test(out)) resolve(out);
    });
    child.once("exit", (status) => reject(new Error(`ended with ${status}: ${out}${errors}`)));
  });
}

/** Starts what must fail: exit status 1, nothing on stdout; returns what stderr says. */
async function failedStart(args: readonly string[]): Promise<string> {
  const child = start(args);
  let out = "";
  let errors = "";
  child.stdout?.on("data", (chunk: Buffer) => {
    out += chunk;
  });
  child.stderr?.on("data", (chunk: Buffer) => {
    errors += chunk;
  });
  const [status] = await once(child, "close");
  expect([status, out]).toEqual([1, ""]);
  return errors;
}

async function stop(child: ChildProcess, signal: NodeJS.Signals = "SIGINT"): Promise<number | null> {
  child.kill(signal);
  const [status] = await once(child, "exit");
  return status;
}

/** A process that ended but was not yet collected by its parent ("Z") is gone for our purposes. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  return process.platform !== "linux" || !/\) Z /.test(readProcess(pid));
}

function readProcess(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return ") Z "; // collected between the two looks
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const port = portOf(server.address());
  server.close();
  await once(server, "close");
  return port;
}

function portOf(address: ReturnType<ReturnType<typeof createServer>["address"]>): number {
  return z.object({ port: z.int() }).parse(address).port;
}
