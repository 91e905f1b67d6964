import { z } from "zod";
import type { LinkedinProvider } from "../../core/linkedin/provider.ts";
import { sha256Hex } from "../crypto/bytes.ts";
import { keyEncryptionKeys, unseal } from "../crypto/seal.ts";
import type { LinkedinRecord } from "../d1/facts.ts";
import { linkedinSecretContext } from "./account-secret.ts";
import { isLinkedinApiAllowed } from "./check-api-url.ts";
import { unipileProvider } from "./unipile.ts";

const Settings = z.object({ apiUrl: z.string(), accountId: z.string() });

const FINGERPRINT_CHARACTERS = 16;

/** A way to act, and through which of the provider's accounts, as a fingerprint. */
export interface LinkedinWay {
  readonly provider: LinkedinProvider;
  readonly account: string;
}

/** The provider of one account, with its key open. Throws when the stored settings are not ours, or a person acts: bugs. */
export async function linkedinProviderFor(env: Env, tenantId: string, record: LinkedinRecord): Promise<LinkedinWay> {
  const { id, settings, secret, provider: name } = record;
  if (name !== "unipile" || secret === null) throw new Error(`LinkedIn account ${id} has no API that could be asked`);
  const { apiUrl, accountId } = Settings.parse(JSON.parse(settings));
  const apiKey = await unseal(keyEncryptionKeys(env), secret, linkedinSecretContext(tenantId, id));
  const provider = unipileProvider(
    { apiUrl, apiKey, accountId },
    { isAllowed: (url) => isLinkedinApiAllowed(env, url) },
  );
  // What was sent is looked up by its profile and its words, so another key of the same account is the same account.
  const account = (await sha256Hex(`${apiUrl} ${accountId}`)).slice(0, FINGERPRINT_CHARACTERS);
  return { provider, account };
}
