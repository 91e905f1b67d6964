import type { UrlVerdict } from "../../core/webhook/url-policy.ts";
import { checkUrl, type UrlSettings } from "../webhook/check-url.ts";

/**
 * Whether a mail provider's API may be asked at this URL: by the rules for webhooks, since a customer names it, and with
 * nothing behind its path, since a path of ours goes there. Checked when it is saved, with what DNS says of its host, and again before each request.
 */
export function checkApiUrl(text: string, settings: UrlSettings): UrlVerdict {
  return withoutQuery(text, checkUrl(text, settings));
}

/** A verdict on a URL, and whether there is room for a path of ours behind it. */
export function withoutQuery(text: string, verdict: UrlVerdict): UrlVerdict {
  if (!verdict.ok) return verdict;
  return /[?#]/.test(text) ? { ok: false, detail: "must not carry a query or a fragment" } : verdict;
}
