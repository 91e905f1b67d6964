import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { deploy } from "../../tools/deploy/stages.ts";
import { PlainError } from "../../tools/plain-error.ts";
import { inProject } from "../../tools/project.ts";
import { cloudflareDouble } from "../support/cloudflare-double.ts";

const PATH = process.env["PATH"] ?? "";
const ID = "11111111-2222-3333-4444-555555555555";
let folder = "";
let configFile = "";
let printed: string[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "drafthook-deploy-"));
  configFile = join(folder, "wrangler.toml");
  const text = readFileSync(inProject("wrangler.toml"), "utf8");
  // A port that nobody listens on: nothing of this test leaves the machine.
  writeFileSync(
    configFile,
    text
      .replace("https://drafthook.example.com", "https://127.0.0.1:9")
      .replace("reply.example.com", "reply.acme.test"),
  );
  process.env["PATH"] = `${folder}:${PATH}`;
  printed = [];
});

afterEach(() => {
  process.env["PATH"] = PATH;
  rmSync(folder, { recursive: true, force: true });
});

test("from nothing to everything; run again it changes nothing and makes no secret anew", async () => {
  const account = cloudflareDouble(folder);
  await run();
  const first = account.read();
  expect(first.databases).toEqual([{ uuid: ID, name: "drafthook" }]);
  expect(first.buckets).toEqual(["drafthook-bodies"]);
  expect(first.queues).toEqual(["drafthook-log", "drafthook-jobs", "drafthook-delivery"]);
  expect(Object.keys(first.secrets ?? {}).sort()).toEqual([
    "BOOTSTRAP_SECRET",
    "EVIDENCE_KEY_V1",
    "KEK_V1",
    "TOKEN_KEY_V1",
  ]);
  expect(first.projects).toEqual(["drafthook-dashboard"]);
  expect(first.uploads).toBe(1);
  expect(readFileSync(configFile, "utf8")).toContain(`database_name = "drafthook"\ndatabase_id = "${ID}"`);

  account.change({ used: true });
  await run();
  const second = account.read();
  expect(second).toMatchObject({ ...first, used: true, uploads: 2, calls: expect.anything() });
  expect(readFileSync(configFile, "utf8").split("database_id").length).toBe(2);
});

test("each stage finds what it needs: the Worker comes after its queues, database and tables, Pages after the Worker", async () => {
  const account = cloudflareDouble(folder);
  await run();
  const order = account.read().calls.map((call) => call.slice(0, 2).join(" "));
  const places = ["d1 create", "queues create", "d1 migrations", "deploy --minify", "pages deploy"].map((call) =>
    order.indexOf(call),
  );
  expect(places).toEqual([...places].sort((left, right) => left - right));
  expect(Math.min(...places)).toBeGreaterThan(0);
});

test("a secret is shown once, on the run that made it, and stands on no command line", async () => {
  const account = cloudflareDouble(folder);
  await run();
  const { secrets, calls } = account.read();
  const values = Object.values(secrets ?? {});
  for (const value of values) {
    expect(printed.join("\n").split(value).length - 1).toBe(1);
    expect(JSON.stringify(calls)).not.toContain(value);
  }
  account.change({ used: true });
  printed = [];
  await run();
  for (const value of values) expect(printed.join("\n")).not.toContain(value);
});

test("broken off in the middle, the next run goes on and keeps what was made", async () => {
  const account = cloudflareDouble(folder, {
    refuse: ["deploy", "You've exceeded the limit of scripts. [code: 10037]"],
  });
  await expect(run()).rejects.toThrow(/"wrangler deploy --minify.*exceeded the limit of scripts/s);
  expect(account.read()).toMatchObject({ secrets: null, uploads: 0 });
  account.change({ refuse: null });
  await run();
  expect(account.read()).toMatchObject({ uploads: 1, databases: [{ uuid: ID, name: "drafthook" }] });
  expect(Object.keys(account.read().secrets ?? {})).toContain("BOOTSTRAP_SECRET");
});

test("broken off after the upload, the keys that the Worker has by then were shown", async () => {
  const account = cloudflareDouble(folder, {
    refuse: ["deploy", "Authentication error [code: 10000]"],
    refusesLate: true,
  });
  await expect(run()).rejects.toThrow(/Authentication error/);
  const { KEK_V1, TOKEN_KEY_V1, EVIDENCE_KEY_V1 } = account.read().secrets ?? {};
  expect(KEK_V1).toBeTypeOf("string");
  for (const value of [KEK_V1, TOKEN_KEY_V1, EVIDENCE_KEY_V1]) expect(printed.join("\n")).toContain(value);
  account.change({ refuse: null });
  await run();
  expect(account.read().secrets).toMatchObject({ KEK_V1, TOKEN_KEY_V1, EVIDENCE_KEY_V1 });
});

test("broken off by Ctrl-C, no file of secrets stays behind", () => {
  const program = `import { inFile } from ${JSON.stringify(inProject("tools", "deploy", "secrets.ts"))};
    import { setTimeout as sleep } from "node:timers/promises";
    await inFile({ KEK_V1: "secret" }, async (file) => {
      console.log(file);
      process.kill(process.pid, "SIGINT");
      await sleep(100);
    });`;
  const { stdout } = spawnSync(process.execPath, ["--input-type=module", "-e", program], { encoding: "utf8" });
  expect(stdout).toContain("secrets.json");
  expect(existsSync(stdout.trim())).toBe(false);
});

test("after a rotation the old key isn't asked for or made again, and it is said what to change", async () => {
  const secrets = { KEK_V2: "new-kek", TOKEN_KEY_V1: "token", EVIDENCE_KEY_V1: "evidence" };
  const account = cloudflareDouble(folder, { used: true, secrets, databases: [{ uuid: ID, name: "drafthook" }] });
  await expect(run()).rejects.toThrow(/has KEK_V2 in the place of KEK_V1.*wrangler\.toml/s);
  expect(account.read().secrets).toEqual(secrets);
  writeFileSync(configFile, readFileSync(configFile, "utf8").replace('required = ["KEK_V1"', 'required = ["KEK_V2"'));
  await run();
  expect(account.read().secrets).toEqual(secrets);
});

test("a Worker that is gone from a database in use gets its kept secrets, never new ones", async () => {
  const account = cloudflareDouble(folder, { used: true, databases: [{ uuid: ID, name: "drafthook" }] });
  await expect(run()).rejects.toThrow(/in use, but the Worker lacks KEK_V1 and TOKEN_KEY_V1.*--secrets FILE/s);
  expect(account.read().secrets).toBeNull();
  const secretsFile = join(folder, "kept.env");
  writeFileSync(secretsFile, "KEK_V1=old-kek\nTOKEN_KEY_V1=old-token\n");
  await run({ secretsFile });
  expect(account.read().secrets).toMatchObject({ KEK_V1: "old-kek", TOKEN_KEY_V1: "old-token" });
  expect(printed.join("\n")).not.toContain("old-kek");
});

test.each([
  "Authentication error [code: 10000]",
  "A request to the Cloudflare API (/accounts/10007/workers/scripts/drafthook/secrets) failed. Route not found [code: 7000]",
])("when the secrets can't be listed nothing is made in their place: %s", async (words) => {
  const account = cloudflareDouble(folder, { refuse: ["secret list", words] });
  await expect(run()).rejects.toThrow(words);
  expect(account.read()).toMatchObject({ secrets: null, uploads: 0 });
});

test("wrangler.toml as it comes is refused before anything is asked, with what to change", async () => {
  const account = cloudflareDouble(folder);
  copyFileSync(inProject("wrangler.toml"), configFile);
  const refused = await run().catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(PlainError);
  expect(String(refused)).toMatch(/Set PUBLIC_URL.*\n.*Set REPLY_DOMAIN/);
  expect(account.read().calls).toEqual([]);
});

test("a database of another account is not taken for this one", async () => {
  cloudflareDouble(folder, { databases: [{ uuid: ID, name: "drafthook" }] });
  const text = readFileSync(configFile, "utf8");
  writeFileSync(
    configFile,
    text.replace('database_name = "drafthook"', 'database_name = "drafthook"\ndatabase_id = "another"'),
  );
  await expect(run()).rejects.toThrow(/names the database another.*right account/s);
});

test("in an account without the database that wrangler.toml names nothing is made", async () => {
  const account = cloudflareDouble(folder);
  const text = readFileSync(configFile, "utf8");
  writeFileSync(
    configFile,
    text.replace('database_name = "drafthook"', 'database_name = "drafthook"\ndatabase_id = "another"'),
  );
  await expect(run()).rejects.toThrow(/names the database another.*right account/s);
  expect(account.read()).toMatchObject({ databases: [], buckets: [], queues: [] });
});

test("a dry run says every stage, runs wrangler's offline checks and asks nobody", async () => {
  const account = cloudflareDouble(folder);
  copyFileSync(inProject("wrangler.toml"), configFile);
  await run({ isDry: true });
  const text = printed.join("\n");
  for (const word of [
    "to be changed first: Set PUBLIC_URL",
    "the Worker's upload is complete, the proxy of Pages builds",
    'D1 "drafthook"',
    "KEK_V1",
    "Pages",
    "nothing was changed",
  ])
    expect(text).toContain(word);
  expect(account.read().calls).toEqual([]);
  expect(readFileSync(configFile, "utf8")).not.toContain("database_id");
});

test("without Pages the Worker's own assets serve, and no project is made", async () => {
  const account = cloudflareDouble(folder);
  await run({ hasPages: false });
  expect(account.read()).toMatchObject({ projects: [], uploads: 0 });
  expect(printed.join("\n")).toContain("Domains & Routes > add the custom domain");
});

function run(options: { isDry?: boolean; hasPages?: boolean; secretsFile?: string } = {}): Promise<void> {
  const say = (line: string) => void printed.push(line);
  // What it builds is looked at in the dry run; the other runs are about the account.
  const build = options.isDry ? {} : { build: async () => "built" };
  return deploy({ isDry: false, hasPages: true, secretsFile: null, say, configFile, ...build, ...options });
}
