import { equalInConstantTime } from "../../adapters/crypto/hmac.ts";
import { keyEncryptionKeys, unseal } from "../../adapters/crypto/seal.ts";
import { hookedAccount } from "../../adapters/d1/linkedin-accounts.ts";
import { hooksSecretContext } from "../../adapters/linkedin/account-secret.ts";
import { readUnipileNews } from "../../adapters/linkedin/unipile-news.ts";
import { HOOK_HEADER, StoredUnipile } from "../../core/contract/linkedin-account.ts";
import type { Api } from "../api.ts";
import { problem } from "../problem.ts";
import { takeNews } from "./take-news.ts";

/**
 * POST /linkedin-hooks/:accountId is where an account's provider tells of messages, of new relations, and of the account. Its
 * webhooks are unsigned, so each carries the account's own secret in a header. Anything but a 200 makes the provider tell it
 * again, so a 200 says that all is kept.
 */
export function registerLinkedinHooks(app: Api): void {
  app.post("/linkedin-hooks/:accountId", async (c) => {
    const account = await hookedAccount(c.env.DB, c.req.param("accountId"));
    if (account === null) return problem(c, "not_found", "No LinkedIn account takes webhooks here.");
    const { id: accountId, tenantId, mode } = account;
    const secret = await unseal(keyEncryptionKeys(c.env), account.hooksSecret, hooksSecretContext(tenantId, accountId));
    if (!(await equalInConstantTime(secret, c.req.header(HOOK_HEADER) ?? "")))
      return problem(
        c,
        "invalid_signature",
        `Not taken: the header ${HOOK_HEADER} doesn't hold this account's secret.`,
      );
    const said = parse(await c.req.text());
    if (said === undefined) return problem(c, "invalid_json", "Not taken: the body is not JSON.");
    const stored = StoredUnipile.parse(JSON.parse(account.settings));
    const news = readUnipileNews(said, stored.accountId);
    return c.json({ taken: await takeNews(c.env, { tenantId, accountId, mode }, news, Date.now()) }, 200);
  });
}

/** Hooks that are made by the API have no content type of JSON, so the text is read as what it is. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
