import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureBuilt } from "../ensure-built.ts";
import { PlainError } from "../plain-error.ts";
import { inProject } from "../project.ts";
import { wrangler } from "../wrangler.ts";
import { sayByHand } from "./by-hand.ts";
import { ensure, ensureDatabase, isDatabaseUsed, type Made } from "./resources.ts";
import { chooseSecrets, inFile, listSecrets, readSecretsFile, type Secrets } from "./secrets.ts";
import { type DeploySettings, readSettings } from "./settings.ts";

/** How to deploy. `say` prints one line. */
export interface DeployOptions {
  readonly isDry: boolean;
  readonly hasPages: boolean;
  readonly secretsFile: string | null;
  readonly say: (line: string) => void;
  /** Another wrangler.toml than the checkout's. */
  readonly configFile?: string;
  /** Builds and checks what is uploaded, and says so; the real thing where it is left out. */
  readonly build?: () => Promise<string>;
}

interface Stage {
  readonly name: string;
  /** What it would do, for a dry run. */
  readonly plan: string;
  /** What of it needs no account: run in a dry run too, before anything is changed. */
  readonly check?: () => Promise<string> | string;
  readonly run?: () => Promise<string>;
}

/**
 * Makes or updates everything on Cloudflare, in an order in which each stage finds what it needs; run again it changes only what
 * differs. A dry run says every stage and runs the checks that work offline. Throws PlainError at the first stage that fails: what
 * was done until then stays and is found by the next run.
 */
export async function deploy({
  isDry,
  hasPages,
  secretsFile,
  say,
  configFile,
  build = buildAll,
}: DeployOptions): Promise<void> {
  const settings = await readSettings(configFile);
  const given = readSecretsFile(secretsFile);
  let fresh: Secrets = {};
  const stages: readonly Stage[] = [
    { name: "Settings", plan: "wrangler.toml is looked through", check: () => checkSettings(settings, isDry) },
    { name: "Account", plan: "who is signed in is asked", run: whoIsIn },
    { name: "Build", plan: "the Worker, the dashboard and the proxy of Pages are built", check: build },
    {
      name: "Database",
      plan: `D1 "${settings.databaseName}" is found or made, and its id written into wrangler.toml`,
      run: async () => `D1 "${settings.databaseName}" ${sayMade(await ensureDatabase(settings))}`,
    },
    ...settings.bucketNames.map((bucket) => ({
      name: "Bucket",
      plan: `R2 "${bucket}" is found or made`,
      run: async () => `R2 "${bucket}" ${sayMade(await ensure(["r2", "bucket", "create", bucket]))}`,
    })),
    ...settings.queueNames.map((queue) => ({
      name: "Queue",
      plan: `queue "${queue}" is found or made`,
      run: async () => `queue "${queue}" ${sayMade(await ensure(["queues", "create", queue]))}`,
    })),
    {
      name: "Secrets",
      plan: `${settings.requiredSecrets.join(", ")} and EVIDENCE_KEY_V1 are made where they lack; BOOTSTRAP_SECRET the first time`,
      run: async () => {
        const there = await listSecrets(settings.workerName);
        fresh = chooseSecrets({ required: settings.requiredSecrets, there, isUsed: await isDatabaseUsed(), given });
        return Object.keys(fresh).length === 0 ? "all are there" : `new: ${Object.keys(fresh).join(", ")}`;
      },
    },
    {
      name: "Migrations",
      plan: "what is new in migrations/ is applied to the database",
      run: async () => {
        await wrangler(["d1", "migrations", "apply", "DB", "--remote"]);
        return "applied";
      },
    },
    {
      name: "Worker",
      plan: `the Worker "${settings.workerName}" is replaced, with its objects, queues and cron`,
      run: async () => {
        // Also where it fails: the upload comes before the queues and crons, and with it the Worker has them.
        await inFile(fresh, (file) =>
          wrangler(["deploy", "--minify", ...(Object.keys(fresh).length > 0 ? ["--secrets-file", file] : [])]),
        ).finally(() => showOnce(given, fresh, say));
        return `"${settings.workerName}" runs`;
      },
    },
    ...(hasPages ? [pagesStage(settings)] : []),
    { name: "Health", plan: `${settings.publicUrl}/health is asked`, run: () => askHealth(settings.publicUrl) },
  ];
  for (const [index, { name, plan, check, run }] of stages.entries()) {
    const place = `${index + 1}/${stages.length} ${name}`;
    const checked = await check?.();
    if (isDry) say(`${place}: ${plan}${checked === undefined ? "" : `; checked: ${checked}`}`);
    else say(`${place}: ${(await run?.()) ?? checked ?? "done"}`);
  }
  say(
    isDry
      ? "\nA dry run: nothing was changed, no account was asked."
      : sayByHand(settings, fresh["BOOTSTRAP_SECRET"], hasPages),
  );
}

function checkSettings({ toChange }: DeploySettings, isDry: boolean): string {
  if (toChange.length === 0) return "in order";
  if (isDry) return `to be changed first: ${toChange.join(" ")}`;
  throw new PlainError(toChange.join("\n"));
}

async function whoIsIn(): Promise<string> {
  const printed = await wrangler(["whoami"]);
  if (/not authenticated/i.test(printed))
    throw new PlainError("Nobody is signed in at Cloudflare: run `npx wrangler login`, or set CLOUDFLARE_API_TOKEN.");
  const [, email] = /associated with the email ([^\s]+?)\.?\s/.exec(printed) ?? [];
  return email === undefined ? "signed in" : `signed in as ${email}`;
}

/** Builds what is old, and has wrangler look at the whole upload and at the function of Pages. */
async function buildAll(): Promise<string> {
  ensureBuilt();
  inScratch((folder) => offline(["deploy", "--dry-run", "--minify", "--outdir", folder], inProject()));
  inScratch((folder) => offline(["pages", "functions", "build", "--outdir", folder], inProject("dashboard")));
  return "the Worker's upload is complete, the proxy of Pages builds";
}

/** The wrangler of this checkout itself, also where another stands first on the path. */
function offline(args: readonly string[], cwd: string): void {
  const { status, stderr, stdout } = spawnSync(
    process.execPath,
    [inProject("node_modules", "wrangler", "bin", "wrangler.js"), ...args],
    {
      cwd,
      encoding: "utf8",
      env: { ...process.env, NO_COLOR: "1", WRANGLER_SEND_METRICS: "false", CI: "true" },
    },
  );
  if (status !== 0)
    throw new PlainError(`"wrangler ${args.slice(0, 3).join(" ")}" failed: ${(stderr || stdout).trim()}`);
}

function inScratch(use: (folder: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), "drafthook-"));
  try {
    use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function pagesStage({ pagesProject }: DeploySettings): Stage {
  return {
    name: "Pages",
    plan: `the project "${pagesProject}" is found or made, and the dashboard uploaded`,
    run: async () => {
      const made = await ensure(["pages", "project", "create", pagesProject, "--production-branch", "main"]);
      await wrangler(["pages", "deploy", "--cwd", inProject("dashboard"), "--branch", "main", "--commit-dirty=true"]);
      return `project "${pagesProject}" ${sayMade(made)}, the dashboard is uploaded`;
    },
  };
}

/** What Cloudflare can't show again is shown here, this one time. What the operator handed in they have. */
function showOnce(given: Secrets, fresh: Secrets, say: (line: string) => void): void {
  const made = Object.entries(fresh).filter(([name]) => given[name] === undefined && name !== "BOOTSTRAP_SECRET");
  if (made.length === 0) return;
  say(
    "\nKeep these where you keep passwords, unless a later run shows others in their place. Nobody can show them again, and without them what they have sealed is lost:",
  );
  for (const [name, value] of made) say(`${name}=${value}`);
  say("");
}

async function askHealth(publicUrl: string): Promise<string> {
  try {
    const response = await fetch(`${publicUrl}/health`, { signal: AbortSignal.timeout(10_000) });
    return response.ok
      ? `${publicUrl} answers`
      : `${publicUrl} answers ${response.status}: see below for what is left to do`;
  } catch {
    return `${publicUrl} isn't reached yet: see below for what is left to do`;
  }
}

function sayMade(made: Made): string {
  return made === "made" ? "was made" : "is there";
}
