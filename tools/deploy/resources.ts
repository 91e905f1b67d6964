import { readFileSync, writeFileSync } from "node:fs";
import { z } from "zod";
import { PlainError } from "../plain-error.ts";
import { readJson, wrangler } from "../wrangler.ts";
import type { DeploySettings } from "./settings.ts";

const Databases = z.array(z.looseObject({ uuid: z.string(), name: z.string() }));

/** Whether something was made just now, or was there before. */
export type Made = "made" | "there";

/** Finds or makes the database and writes its id into wrangler.toml, where every later command looks for it. */
export async function ensureDatabase({
  configFile,
  databaseName: name,
  databaseId: knownId,
}: DeploySettings): Promise<Made> {
  const before = await findDatabase(name);
  if (knownId !== null && knownId !== before) {
    const found = before === null ? `has no "${name}"` : `has "${name}" as ${before}`;
    throw new PlainError(
      `wrangler.toml names the database ${knownId}, but this account ${found}. Are you signed in to the right account? If so, take the line database_id out of wrangler.toml.`,
    );
  }
  if (before === null) await wrangler(["d1", "create", name]);
  const id = before ?? (await findDatabase(name));
  if (id === null)
    throw new PlainError(`The database "${name}" was made, but "wrangler d1 list" doesn't show it. Run this again.`);
  if (knownId === null) writeDatabaseId(configFile, name, id);
  return before === null ? "made" : "there";
}

async function findDatabase(name: string): Promise<string | null> {
  const databases = Databases.parse(readJson(await wrangler(["d1", "list", "--json"])));
  return databases.find((database) => database.name === name)?.uuid ?? null;
}

function writeDatabaseId(file: string, name: string, id: string): void {
  const text = readFileSync(file, "utf8");
  const line = `database_name = "${name}"`;
  if (!text.includes(line))
    throw new PlainError(`wrangler.toml has no line \`${line}\`; write database_id = "${id}" beside it by hand.`);
  writeFileSync(file, text.replace(line, `${line}\ndatabase_id = "${id}"`));
}

const Used = z.tuple([z.looseObject({ results: z.tuple([z.looseObject({ used: z.number() })]) })]);

/** Whether the database holds a tenant; one without tables holds none. */
export async function isDatabaseUsed(): Promise<boolean> {
  const question = "SELECT EXISTS (SELECT 1 FROM tenants) AS used";
  try {
    const printed = await wrangler(["d1", "execute", "DB", "--remote", "--json", "--command", question]);
    return Used.parse(readJson(printed))[0].results[0].used === 1;
  } catch (error) {
    if (error instanceof PlainError && /no such table/i.test(error.message)) return false;
    throw error;
  }
}

/** Makes what `args` say, unless it is there. Throws PlainError for every other refusal. */
export async function ensure(args: readonly string[]): Promise<Made> {
  try {
    await wrangler(args);
    return "made";
  } catch (error) {
    // R2's 10004, Queues' 11009 and Pages' 8000002 have no other word in common.
    if (error instanceof PlainError && /already (exists|taken)|is already taken|already own/i.test(error.message))
      return "there";
    throw error;
  }
}
