import { LOOPBACK_HOSTS } from "../../core/host-policy.ts";
import { judgeUrl, type UrlVerdict } from "../../core/webhook/url-policy.ts";
import { insideAddress } from "../dns/inside-address.ts";

export const URL_CHARACTERS_MAX = 2_000;

/** Where we run, as the settings say it. */
export interface UrlSettings {
  /** Our own front door, such as `https://drafthook.example.com`. */
  readonly publicUrl: string;
  readonly localMode: boolean;
  /** Ports from 1024 on too. */
  readonly highPorts?: boolean;
}

/** The same, and where DNS is asked, over HTTPS; empty: nowhere. */
export interface HostSettings extends UrlSettings {
  readonly resolverUrl: string;
}

/** What these checks need of the settings. */
export function urlSettings(env: Pick<Env, "PUBLIC_URL" | "LOCAL_MODE" | "DOH_URL">): HostSettings {
  return { publicUrl: env.PUBLIC_URL, localMode: env.LOCAL_MODE === "on", resolverUrl: env.DOH_URL };
}

/** Whether a customer's webhook may be at this URL, by the URL alone. */
export function checkUrl(text: string, settings: UrlSettings): UrlVerdict {
  if (text.length > URL_CHARACTERS_MAX) return { ok: false, detail: `is longer than ${URL_CHARACTERS_MAX} characters` };
  // The parser drops these without a word, so that the text shown would not be the URL asked.
  if (/[\p{Cc}\s\\]/u.test(text)) return { ok: false, detail: "holds a space, a backslash or a control character" };
  const url = URL.parse(text);
  if (url === null) return { ok: false, detail: "is no URL" };
  const { localMode, highPorts = false } = settings;
  return judgeUrl(url, { own: URL.parse(settings.publicUrl), localMode, highPorts });
}

/**
 * The same, and whether DNS has its host at a public address: checked when it is saved, and again before each request, since
 * what DNS says may be another thing each time. `now` in milliseconds.
 */
export async function checkUrlAndHost(text: string, settings: HostSettings, now: number): Promise<UrlVerdict> {
  const verdict = checkUrl(text, settings);
  const host = verdict.ok ? URL.parse(text)?.hostname : undefined;
  if (host === undefined || LOOPBACK_HOSTS.has(host)) return verdict;
  const inside = await insideAddress(settings.resolverUrl, host, now);
  return inside === null
    ? verdict
    : { ok: false, detail: `names ${host}, which DNS has at ${inside}: no public address` };
}
