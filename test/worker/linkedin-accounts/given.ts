import type { ApiClient } from "../../support/worker.ts";

/** An account at Unipile, with the key that must never be seen again. */
export const UNIPILE = { apiUrl: "api8.unipile.com:13851", accountId: "t5XY4yQzR9", apiKey: "planted-unipile-key" };

/** Makes one, and answers it. */
export async function madeAccount(ask: ApiClient, more: object = { provider: "manual" }) {
  return (await ask.post("/v1/linkedin-accounts", { name: "Jane", ...more })).body;
}

export const AT_UNIPILE = { provider: "unipile", unipile: UNIPILE };
