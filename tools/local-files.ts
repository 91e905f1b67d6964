import { randomBytes, randomInt } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { API_KEY_BODY_LENGTH, type ApiKeyMode, BASE62, formatApiKey } from "../core/api-key.ts";
import { PlainError } from "./plain-error.ts";

/** The Worker's secrets, 32 random bytes each in base64, named as on Cloudflare: key-encryption keys by version, and the keys of tokens and of evidence. */
export type LocalSecrets = z.infer<typeof KeptSecrets> & { readonly EVIDENCE_KEY_V1: string };

/** The two plain API keys of the local tenant; D1 holds only their hashes. */
export type LocalKeys = z.infer<typeof LocalKeys>;

/** Reads secrets.json of the data folder, or makes it on the first start. Throws PlainError on a damaged file. */
export function readOrMakeSecrets(dataDir: string): LocalSecrets {
  const file = join(dataDir, "secrets.json");
  const made = () => ({ KEK_V1: secret(), TOKEN_KEY_V1: secret(), EVIDENCE_KEY_V1: secret() });
  const kept = readOrMake(file, KeptSecrets, made);
  if (kept.EVIDENCE_KEY_V1 !== undefined) return { ...kept, EVIDENCE_KEY_V1: kept.EVIDENCE_KEY_V1 };
  // A folder from before there was evidence: nothing hangs on this one yet.
  const whole = { ...kept, EVIDENCE_KEY_V1: secret() };
  writeSecret(file, whole);
  return whole;
}

/** Reads keys.json of the data folder, or makes it on the first start. Throws PlainError on a damaged file. */
export function readOrMakeKeys(dataDir: string): LocalKeys {
  return readOrMake(join(dataDir, "keys.json"), LocalKeys, () => ({ test: apiKey("test"), live: apiKey("live") }));
}

const KEK_NAME = /^KEK_V([1-9]\d{0,3})$/;

const KeptSecrets = z
  .object({ TOKEN_KEY_V1: z.base64(), EVIDENCE_KEY_V1: z.base64().optional() })
  .catchall(z.base64())
  .refine((secrets) => Object.keys(secrets).some((name) => KEK_NAME.test(name)));
const LocalKeys = z.object({ test: z.string().startsWith("dh_test_"), live: z.string().startsWith("dh_live_") });

/** The versions of the key-encryption keys in secrets.json; none where there is no such file. */
export function readKekVersions(dataDir: string): readonly number[] {
  if (!existsSync(join(dataDir, "secrets.json"))) return [];
  return Object.keys(readOrMakeSecrets(dataDir)).flatMap((name) => {
    const [, version] = KEK_NAME.exec(name) ?? [];
    return version === undefined ? [] : [Number(version)];
  });
}

/** Puts a new key-encryption key beside those that are there. */
export function addKek(dataDir: string, version: number): void {
  writeSecret(join(dataDir, "secrets.json"), { ...readOrMakeSecrets(dataDir), [`KEK_V${version}`]: secret() });
}

export function removeKek(dataDir: string, version: number): void {
  const { [`KEK_V${version}`]: _gone, ...others } = readOrMakeSecrets(dataDir);
  writeSecret(join(dataDir, "secrets.json"), others);
}

function readOrMake<T>(file: string, shape: z.ZodType<T>, make: () => T): T {
  if (!existsSync(file)) {
    const made = make();
    mkdirSync(join(file, ".."), { recursive: true, mode: 0o700 });
    writeSecret(file, made);
    return made;
  }
  const parsed = shape.safeParse(readJson(file));
  if (parsed.success) return parsed.data;
  // Never made anew in silence: what is sealed under the lost secret could not be opened again.
  throw new PlainError(`${file} is damaged; put it back from a backup, or delete the whole folder to start anew.`);
}

/** Renamed into place: who is killed here leaves no half file that would lock the data out. */
function writeSecret(file: string, content: unknown): void {
  writeFileSync(`${file}.new`, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
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
