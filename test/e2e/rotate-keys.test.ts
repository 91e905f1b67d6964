import { spawnSync } from "node:child_process";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { type Api, openApi } from "../../tools/demo/api.ts";
import { type Local, startLocal } from "../../tools/local.ts";
import { addKek, removeKek } from "../../tools/local-files.ts";
import { PROJECT_DIR } from "../../tools/project.ts";
import { onCloudflare } from "../../tools/rotate-keys/on-cloudflare.ts";
import { rotateKeys } from "../../tools/rotate-keys/rotate.ts";
import {
  type Customer,
  type LoginMailServer,
  startCustomer,
  startLoginMailServer,
} from "../support/far-side-with-secrets.ts";

const MAIL_PASSWORD = "correct-horse-battery-staple";
const LEADS = 30;

let dataDir = "";
const logged: string[] = [];
let local: Local | undefined;
let customer: Customer;
let mailServer: LoginMailServer;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "drafthook-rotate-"));
  customer = await startCustomer();
  mailServer = await startLoginMailServer(MAIL_PASSWORD);
});

afterEach(async () => {
  await local?.stop();
  local = undefined;
  await customer.stop();
  await mailServer.stop();
  await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
});

const Id = z.object({ id: z.string() });
const Enrolled = z.object({ enrollment: Id });
const Row = z.object({ state: z.string() });

describe("under load", () => {
  test("a cadence's mails go out before, while and after the key changes: each once, none failed", async () => {
    const api = await start();
    const cadenceId = await makeCadence(api);
    await finished(await enroll(api, cadenceId, "before"));
    await restartWith(() => addKek(dataDir, 2));
    const during = enroll(await apiOf(), cadenceId, "during");
    for (let sweep = 0; sweep < 10; sweep += 1) await local?.dispatchCron();
    await finished(await during);
    expect(await forms()).toEqual(["v2.2"]);
    await restartWith(() => removeKek(dataDir, 1));
    const after = await enroll(await apiOf(), cadenceId, "after");
    await finished(after);
    expect(mailServer.recipients.toSorted()).toEqual(
      ["before", "during", "after"].flatMap((when) => leads(when)).toSorted(),
    );
    expect(customer.refused).toBe(0);
    expect(customer.verified).toBeGreaterThanOrEqual(3 * LEADS);
  }, 120_000);

  test("the control: with another key in its place nothing goes out, and no secret is made up", async () => {
    const api = await start();
    const cadenceId = await makeCadence(api);
    await restartWith(() => addKek(dataDir, 1));
    await enroll(await apiOf(), cadenceId, "before");
    // Not before some have tried, of the ten that may at a time: each says in the log that it could not.
    await until(() => logged.filter((line) => line.includes("the enrollment could not go on")).length >= 5);
    for (let sweep = 0; sweep < 3; sweep += 1) await local?.dispatchCron();
    expect(mailServer.recipients).toEqual([]);
    expect(customer.verified + customer.refused).toBe(0);
  }, 60_000);
});

test("npm run rotate-keys changes the key of a folder that doesn't run, and refuses one that does", async () => {
  const cadenceId = await makeCadence(await start());
  const command = () =>
    spawnSync("npm", ["run", "--silent", "rotate-keys", "--", "--data", dataDir], {
      cwd: PROJECT_DIR,
      encoding: "utf8",
    });
  const refused = command();
  expect(refused.stderr).toContain("already runs");
  expect(refused.status).toBe(1);
  await local?.stop();
  const done = command();
  expect(done.stderr).toBe("");
  expect(done.stdout).toContain("KEK_V1 is removed.");
  expect(done.stdout).toContain("All secrets are under KEK_V");
  const secrets = JSON.parse(await readFile(join(dataDir, "secrets.json"), "utf8"));
  expect(Object.keys(secrets).filter((name) => name.startsWith("KEK"))).toHaveLength(1);
  expect(secrets).not.toHaveProperty("KEK_V1");
  for (const value of Object.values(secrets)) expect(done.stdout).not.toContain(value);
  await finished(await enroll(await start(), cadenceId, "after"));
  expect(mailServer.recipients).toHaveLength(LEADS);
}, 120_000);

describe("on Cloudflare, by a double of wrangler", () => {
  test("the old key goes only when all is moved, and no key is on a command line", async () => {
    const double = await wranglerDouble({ unreadable: 0 });
    const said: string[] = [];
    await rotateKeys(onCloudflare(1), (line) => said.push(line));
    const { secrets, calls } = await double.state();
    expect(Object.keys(secrets)).toEqual(["TOKEN_KEY_V1", "KEK_V2"]);
    expect(Buffer.from(secrets["KEK_V2"] ?? "", "base64")).toHaveLength(32);
    expect(JSON.stringify(calls)).not.toContain(secrets["KEK_V2"]);
    const deleted = calls.findIndex((call) => call.includes("delete"));
    expect(calls.slice(0, deleted).filter((call) => call.includes("d1")).length).toBeGreaterThan(2);
    expect(said.at(-1)).toBe("All secrets are under KEK_V2.");
  });

  test("broken off, it goes on with the key that is set already", async () => {
    const double = await wranglerDouble({ unreadable: 0, secrets: { KEK_V1: "a", KEK_V2: "b" } });
    await rotateKeys(onCloudflare(1), () => undefined);
    const { secrets, calls } = await double.state();
    expect(secrets).toEqual({ KEK_V2: "b" });
    expect(calls.some((call) => call.includes("put"))).toBe(false);
  });

  test("while something can't be opened the old key stays", async () => {
    const double = await wranglerDouble({ unreadable: 3 });
    await expect(rotateKeys(onCloudflare(1), () => undefined)).rejects.toThrow("3 sealed values");
    expect(Object.keys((await double.state()).secrets)).toContain("KEK_V1");
  });

  test("what wrangler complains of is said in its own words", async () => {
    await wranglerDouble({ unreadable: 0, broken: "You are not logged in." });
    await expect(rotateKeys(onCloudflare(1), () => undefined)).rejects.toThrow("You are not logged in.");
  });
});

async function start(): Promise<Api> {
  const onLog = (_level: string, line: string) => void logged.push(line);
  local = await startLocal({ dataDir, port: 0, cronEverySeconds: 0, vars: { LOCAL_SPEED: "20" }, onLog });
  return apiOf();
}

async function apiOf(): Promise<Api> {
  if (local === undefined) throw new Error("nothing runs");
  return openApi(local.url, local.liveKey);
}

async function restartWith(change: () => void): Promise<void> {
  await local?.stop();
  change();
  await start();
}

async function makeCadence(api: Api): Promise<string> {
  const smtp = {
    host: "127.0.0.1",
    port: mailServer.port,
    security: "none",
    username: "jane",
    password: MAIL_PASSWORD,
  };
  const mailbox = await api.post("/v1/mailboxes", { provider: "smtp", email: "jane@acme.example", smtp }, Id);
  const endpoint = await api.post("/v1/endpoints", { url: customer.url }, Id.extend({ secret: z.string() }));
  customer.secret = endpoint.secret;
  const made = await api.post(
    "/v1/cadences",
    {
      name: "One mail",
      endpointId: endpoint.id,
      mailboxId: mailbox.id,
      publish: true,
      businessHoursOnly: false,
      dailySendCap: 1_000,
      steps: [{ kind: "email" }],
    },
    z.object({ cadence: Id }),
  );
  return made.cadence.id;
}

function leads(when: string): string[] {
  return Array.from({ length: LEADS }, (_, at) => `${when}${at}@lead.example`);
}

async function enroll(api: Api, cadenceId: string, when: string): Promise<string[]> {
  const made = leads(when).map((email) =>
    api.post(`/v1/cadences/${cadenceId}/enrollments`, { leadExternalId: email, leadEmail: email }, Enrolled),
  );
  return (await Promise.all(made)).map(({ enrollment }) => enrollment.id);
}

async function until(isSo: () => boolean): Promise<void> {
  for (let look = 0; !isSo(); look += 1) {
    if (look > 300) throw new Error(`it never came to that: ${logged.slice(-3).join("\n")}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Until all are through; throws what became of the others. */
async function finished(ids: readonly string[]): Promise<void> {
  const api = await apiOf();
  let left = ids;
  for (let look = 0; left.length > 0; look += 1) {
    const rows = await Promise.all(left.map((id) => api.get(`/v1/enrollments/${id}`, Row)));
    left = left.filter((_, at) => rows[at]?.state !== "completed");
    if (look > 300) throw new Error(`not through: ${JSON.stringify(rows.slice(0, 3))}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** In which forms the endpoints' and mailboxes' secrets are stored: `v2.<key>`. */
async function forms(): Promise<string[]> {
  const { results = [] } =
    (await local?.database
      .prepare("SELECT secret FROM endpoints UNION ALL SELECT secret FROM mailboxes WHERE secret IS NOT NULL")
      .all<{ secret: string }>()) ?? {};
  return [...new Set(results.map(({ secret }) => secret.split(".").slice(0, 2).join(".")))];
}

interface DoubleOptions {
  readonly unreadable: number;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly broken?: string;
}

/** A program named wrangler, first on the path: it keeps secrets in a file, and says of D1 that all is moved at the third asking. */
async function wranglerDouble({ unreadable, secrets = { KEK_V1: "a", TOKEN_KEY_V1: "t" }, broken }: DoubleOptions) {
  const file = join(dataDir, "wrangler.json");
  await writeFile(file, JSON.stringify({ secrets, calls: [] }));
  const program = `#!${process.execPath}
const fs = require("node:fs");
const state = JSON.parse(fs.readFileSync(${JSON.stringify(file)}, "utf8"));
const args = process.argv.slice(2);
if (${JSON.stringify(broken ?? "")}) { console.error(${JSON.stringify(broken ?? "")}); process.exit(1); }
const looks = state.calls.filter((call) => call[0] === "d1").length;
state.calls.push(args);
const newest = Math.max(...Object.keys(state.secrets).flatMap((name) => /^KEK_V(\\d+)$/.exec(name)?.[1] ?? []).map(Number));
if (args[1] === "list") console.log(JSON.stringify(Object.keys(state.secrets).map((name) => ({ name, type: "secret_text" }))));
else if (args[1] === "put") state.secrets[args[2]] = fs.readFileSync(0, "utf8");
else if (args[1] === "delete") delete state.secrets[args[2]];
else {
  const row = { version: newest, endpointsUpTo: looks * 7, mailboxesUpTo: 1, linkedinAccountsUpTo: 0, unreadable: ${unreadable}, doneAt: looks >= 2 ? 1 : null };
  console.log(JSON.stringify([{ results: looks === 0 ? [] : [row], success: true }]));
}
fs.writeFileSync(${JSON.stringify(file)}, JSON.stringify(state));
`;
  await writeFile(join(dataDir, "wrangler"), program);
  await chmod(join(dataDir, "wrangler"), 0o755);
  const path = process.env["PATH"] ?? "";
  if (!path.startsWith(dataDir)) process.env["PATH"] = `${dataDir}:${path}`;
  const State = z.object({ secrets: z.record(z.string(), z.string()), calls: z.array(z.array(z.string())) });
  return { state: async () => State.parse(JSON.parse(await readFile(file, "utf8"))) };
}
