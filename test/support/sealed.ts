import { env } from "cloudflare:workers";
import { keyEncryptionKeys, seal, unseal } from "../../adapters/crypto/seal.ts";

/** A secret as the Worker would store it in the row that `context` names. */
export function sealed(plaintext: string, context: string): Promise<string> {
  return seal(keyEncryptionKeys(env), 1, plaintext, context);
}

/** What the Worker would open. Rejects for a value of another row. */
export function opened(text: string, context: string): Promise<string> {
  return unseal(keyEncryptionKeys(env), text, context);
}
