import { randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { z } from "zod";
import { PlainError } from "../plain-error.ts";
import { readJson, wrangler } from "../wrangler.ts";

/** Secrets by their names. */
export type Secrets = Readonly<Record<string, string>>;

/** Signs evidence; not required, but whoever starts without it can't sign what was sent before. */
const WANTED_TOO = ["EVIDENCE_KEY_V1"];
/** Makes the first owner, once; of no use after. */
const FIRST_OWNER = "BOOTSTRAP_SECRET";

const Listed = z.array(z.looseObject({ name: z.string() }));

/** The names of the secrets that the Worker has; null where there is no such Worker yet. */
export async function listSecrets(workerName: string): Promise<readonly string[] | null> {
  try {
    const printed = await wrangler(["secret", "list", "--name", workerName, "--format", "json"]);
    return Listed.parse(readJson(printed)).map(({ name }) => name);
  } catch (error) {
    // Only this one answer means that there are none: to make new keys by mistake would lock what they have sealed.
    if (error instanceof PlainError && /Worker "[^"]+" not found/.test(error.message)) return null;
    throw error;
  }
}

interface Need {
  readonly required: readonly string[];
  /** What the Worker has; null: there is no Worker. */
  readonly there: readonly string[] | null;
  /** Whether the database holds a tenant already. */
  readonly isUsed: boolean;
  /** What the operator hands in. */
  readonly given: Secrets;
}

/** The secrets to put now: those that lack, as they were given or new. Throws PlainError where new ones would lock old data. */
export function chooseSecrets({ required, there, isUsed, given }: Need): Secrets {
  const lacking = [...required, ...WANTED_TOO].filter((name) => !(there ?? []).includes(name));
  for (const name of lacking) refuseOther(name, there ?? []);
  const unknown = lacking.filter((name) => given[name] === undefined && required.includes(name));
  if (unknown.length > 0 && isUsed)
    throw new PlainError(
      `The database is in use, but the Worker lacks ${unknown.join(" and ")}. What they have sealed can't be read with new ones: hand in those that you kept, with --secrets FILE.`,
    );
  const fresh = Object.fromEntries(lacking.map((name) => [name, given[name] ?? randomBytes(32).toString("base64")]));
  const first = isUsed ? {} : { [FIRST_OWNER]: given[FIRST_OWNER] ?? randomBytes(32).toString("base64url") };
  return { ...fresh, ...first };
}

/** After `npm run rotate-keys` the Worker has another version of the key; the old one must not come back. */
function refuseOther(lacking: string, there: readonly string[]): void {
  const [, family] = /^(KEK_V)\d+$/.exec(lacking) ?? [];
  const other = family === undefined ? undefined : there.find((name) => name.startsWith(family));
  if (other !== undefined)
    throw new PlainError(
      `The Worker has ${other} in the place of ${lacking}, as after "npm run rotate-keys": say ${other} in wrangler.toml, under [secrets].`,
    );
}

/** NAME=value lines. Throws PlainError when there is no such file. */
export function readSecretsFile(file: string | null): Secrets {
  if (file === null) return {};
  if (!existsSync(file)) throw new PlainError(`There is no file ${file} to take secrets from.`);
  return Object.fromEntries(
    Object.entries(parseEnv(readFileSync(file, "utf8"))).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  );
}

/** Lays secrets into a file that only this person can read, for as long as `use` runs; also where it is broken off by Ctrl-C. */
export async function inFile<Result>(secrets: Secrets, use: (file: string) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), "drafthook-"));
  // The program that reads the file gets the signal too, and ends by it; then the file goes, and what it held is said.
  const goOn = () => undefined;
  for (const signal of BROKEN_OFF) process.on(signal, goOn);
  try {
    const file = join(folder, "secrets.json");
    writeFileSync(file, JSON.stringify(secrets), { mode: 0o600 });
    return await use(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
    for (const signal of BROKEN_OFF) process.off(signal, goOn);
  }
}

/** What a terminal sends to all programs in it. */
const BROKEN_OFF = ["SIGINT", "SIGHUP"] as const;
