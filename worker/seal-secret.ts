import { keyEncryptionKeys, seal } from "../adapters/crypto/seal.ts";
import { readKeyVersions } from "../adapters/d1/key-versions.ts";
import { versionToSealUnder } from "../core/key-rotation.ts";
import { keyGraceMs } from "./rotate-keys.ts";

/** Seals a secret for the row that `context` names, under the newest key that every isolate has by now. */
export async function sealSecret(env: Env, plaintext: string, context: string): Promise<string> {
  const keys = keyEncryptionKeys(env);
  const seen = keys.size === 1 ? [] : await readKeyVersions(env.DB);
  return seal(keys, versionToSealUnder([...keys.keys()], seen, Date.now(), keyGraceMs(env)), plaintext, context);
}
