import { randomBytes, randomInt } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { API_KEY_BODY_LENGTH, type ApiKeyMode, BASE62, formatApiKey } from "../core/api-key.ts";
import { PlainError } from "./plain-error.ts";

/** The Worker's two secrets, 32 random bytes each in base64, named as on Cloudflare. */
export type LocalSecrets = z.infer<typeof LocalSecrets>;

/** The two plain API keys of the local tenant; D1 holds only their hashes. */
export type LocalKeys = z.infer<typeof LocalKeys>;

/** Reads secrets.json of the data folder, or makes it on the first start. Throws PlainError on a damaged file. */
export function readOrMakeSecrets(dataDir: string): LocalSecrets {
  return readOrMake(join(dataDir, "secrets.json"), LocalSecrets, () => ({ KEK_V1: secret(), TOKEN_KEY_V1: secret() }));
}

/** Reads keys.json of the data folder, or makes it on the first start. Throws PlainError on a damaged file. */
export function readOrMakeKeys(dataDir: string): LocalKeys {
  return readOrMake(join(dataDir, "keys.json"), LocalKeys, () => ({ test: apiKey("test"), live: apiKey("live") }));
}

const LocalSecrets = z.object({ KEK_V1: z.base64(), TOKEN_KEY_V1: z.base64() });
const LocalKeys = z.object({ test: z.string().startsWith("dh_test_"), live: z.string().startsWith("dh_live_") });

function readOrMake<T>(file: string, shape: z.ZodType<T>, make: () => T): T {
  if (!existsSync(file)) {
    const made = make();
    mkdirSync(join(file, ".."), { recursive: true, mode: 0o700 });
    // Renamed into place: a start that is killed here leaves no half file that would lock the data out.
    writeFileSync(`${file}.new`, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600 });
    renameSync(`${file}.new`, file);
    return made;
  }
  const parsed = shape.safeParse(readJson(file));
  if (parsed.success) return parsed.data;
  // Never made anew in silence: what is sealed under the lost secret could not be opened again.
  throw new PlainError(`${file} is damaged; put it back from a backup, or delete the whole folder to start anew.`);
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

function secret(): string {
  return randomBytes(32).toString("base64");
}

function apiKey(mode: ApiKeyMode): string {
  const body = Array.from({ length: API_KEY_BODY_LENGTH }, () => BASE62.charAt(randomInt(BASE62.length)));
  return formatApiKey(mode, body.join(""));
}
