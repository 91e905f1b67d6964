import type { UrlVerdict } from "../../core/webhook/url-policy.ts";
import { checkApiUrl, withoutQuery } from "../mail/check-api-url.ts";
import { checkUrlAndHost, urlSettings } from "../webhook/check-url.ts";

/** Whether a LinkedIn provider's API may be asked at this URL: by the rules for webhooks, but at the ports that such APIs listen on. */
export function isLinkedinApiAllowed(env: Pick<Env, "PUBLIC_URL" | "LOCAL_MODE" | "DOH_URL">, url: string): UrlVerdict {
  return checkApiUrl(url, { ...urlSettings(env), highPorts: true });
}

/** The same, and what DNS says of its host now (ms): for what is to be saved. */
export async function checkLinkedinApi(
  env: Pick<Env, "PUBLIC_URL" | "LOCAL_MODE" | "DOH_URL">,
  url: string,
  now: number,
): Promise<UrlVerdict> {
  return withoutQuery(url, await checkUrlAndHost(url, { ...urlSettings(env), highPorts: true }, now));
}
