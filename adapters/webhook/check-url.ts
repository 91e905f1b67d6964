import { judgeUrl, type UrlVerdict } from "../../core/webhook/url-policy.ts";

export const URL_CHARACTERS_MAX = 2_000;

/** Where we run, as the settings say it. */
export interface UrlSettings {
  /** Our own front door, such as `https://drafthook.example.com`. */
  readonly publicUrl: string;
  readonly localMode: boolean;
}

/** Whether a customer's webhook may be at this URL: checked when it is saved, and again before each request. */
export function checkUrl(text: string, settings: UrlSettings): UrlVerdict {
  if (text.length > URL_CHARACTERS_MAX) return { ok: false, detail: `is longer than ${URL_CHARACTERS_MAX} characters` };
  // The parser drops these without a word, so that the text shown would not be the URL asked.
  if (/[\p{Cc}\s\\]/u.test(text)) return { ok: false, detail: "holds a space, a backslash or a control character" };
  const url = URL.parse(text);
  if (url === null) return { ok: false, detail: "is no URL" };
  return judgeUrl(url, { own: URL.parse(settings.publicUrl), localMode: settings.localMode });
}
