import { StoredUnipile } from "../../core/contract/linkedin-account.ts";
import type { LinkedinProvider } from "../../core/linkedin/provider.ts";
import { keyEncryptionKeys, unseal } from "../crypto/seal.ts";
import type { LinkedinRecord } from "../d1/facts.ts";
import { linkedinSecretContext } from "./account-secret.ts";
import { isLinkedinApiAllowed } from "./check-api-url.ts";
import { unipileProvider } from "./unipile.ts";

/** Who acts for one account, with its key open; null where a person does. Throws when what is stored isn't ours: that is a bug. */
export async function linkedinProviderFor(
  env: Env,
  tenantId: string,
  { id, provider, settings, secret }: LinkedinRecord,
): Promise<LinkedinProvider | null> {
  if (provider === "manual") return null;
  if (secret === null) throw new Error(`LinkedIn account ${id} has no key to its provider's API`);
  const apiKey = await unseal(keyEncryptionKeys(env), secret, linkedinSecretContext(tenantId, id));
  return unipileProvider(
    { ...StoredUnipile.parse(JSON.parse(settings)), apiKey },
    { isAllowed: (url) => isLinkedinApiAllowed(env, url) },
  );
}
