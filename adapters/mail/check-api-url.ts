import type { UrlVerdict } from "../../core/webhook/url-policy.ts";
import { checkUrl, type UrlSettings } from "../webhook/check-url.ts";

/**
 * Whether a mail provider's API may be asked at this URL: by the rules for webhooks, since a customer names it, and with
 * nothing behind its path, since a path of ours goes there. Checked when it is saved, and again before each request.
 */
export function checkApiUrl(text: string, settings: UrlSettings): UrlVerdict {
  const verdict = checkUrl(text, settings);
  if (!verdict.ok) return verdict;
  return /[?#]/.test(text) ? { ok: false, detail: "must not carry a query or a fragment" } : verdict;
}
