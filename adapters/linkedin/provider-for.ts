import { StoredUnipile } from "../../core/contract/linkedin-account.ts";
import type { LinkedinProvider } from "../../core/linkedin/provider.ts";
import { sha256Hex } from "../crypto/bytes.ts";
import { keyEncryptionKeys, unseal } from "../crypto/seal.ts";
import type { LinkedinRecord } from "../d1/facts.ts";
import { linkedinSecretContext } from "./account-secret.ts";
import { isLinkedinApiAllowed } from "./check-api-url.ts";
import { unipileProvider } from "./unipile.ts";

const FINGERPRINT_CHARACTERS = 16;

/** Who acts for an account, and through which of the provider's accounts, as a fingerprint. */
export interface LinkedinWay {
  readonly provider: LinkedinProvider;
  readonly account: string;
}

/** Who acts for one account, with its key open; null where a person does. Throws when what is stored isn't ours: that is a bug. */
export async function linkedinProviderFor(
  env: Env,
  tenantId: string,
  { id, provider, settings, secret }: LinkedinRecord,
): Promise<LinkedinWay | null> {
  if (provider === "manual") return null;
  if (secret === null) throw new Error(`LinkedIn account ${id} has no key to its provider's API`);
  const apiKey = await unseal(keyEncryptionKeys(env), secret, linkedinSecretContext(tenantId, id));
  const stored = StoredUnipile.parse(JSON.parse(settings));
  const way = unipileProvider({ ...stored, apiKey }, { isAllowed: (url) => isLinkedinApiAllowed(env, url) });
  // What was sent is looked up by its profile and its words, so by another key of the same account it is found as well.
  const account = (await sha256Hex(`${stored.apiUrl} ${stored.accountId}`)).slice(0, FINGERPRINT_CHARACTERS);
  return { provider: way, account };
}
