import { urlSettings } from "../../adapters/webhook/check-url.ts";

/** How webhooks are posted in this deployment. */
export function webhookSettings(env: Env) {
  return { ...urlSettings(env), now: () => Date.now() };
}
