import type { SendResult } from "../../core/mail/outgoing.ts";

/** An HTTP answer of what may be a provider's API. `text` is null where the body can't be theirs. */
export interface ApiAnswer {
  readonly status: number;
  /** A header by its name, in whatever case; null where it isn't there. */
  readonly header: (name: string) => string | null;
  readonly text: string | null;
}

/** The body as JSON, null where it is none. */
export function readJson({ text }: ApiAnswer): unknown {
  try {
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}

/** What `Retry-After` asks for, in milliseconds; null where it asks for no number of seconds. */
export function askedWaitMs({ header }: ApiAnswer): number | null {
  const retryAfter = header("retry-after");
  return retryAfter !== null && /^\d{1,9}$/.test(retryAfter.trim()) ? Number(retryAfter) * 1_000 : null;
}

/** 408 and 425 are a server's that didn't wait for the request, 409 has the first request still running, 499 is a proxy's. */
const TELLS_NO_STAGE: ReadonlySet<number> = new Set([408, 409, 425, 499]);

/** Whether this status says no before acceptance, whatever the body. A provider's own codes may say more. */
export function isRefusal(status: number): boolean {
  return status >= 400 && status < 500 && !TELLS_NO_STAGE.has(status);
}

/** Nobody knows: redirects are not followed, and what follows none of a provider's rules may have been taken. */
export function unclear(status: number, detail: string): SendResult {
  return status >= 300 && status < 400
    ? { kind: "unknown", stage: "redirect", detail: `status ${status}: redirects are not followed` }
    : { kind: "unknown", stage: "answer", detail };
}

/** Whose fault a refusal is. */
export type RefusalScope = Extract<SendResult, { kind: "refused" }>["scope"];

/** A refusal; no API names an address as dead, only as one that it doesn't send to. */
export function refused(scope: RefusalScope, code: string, detail: string): SendResult {
  return { kind: "refused", scope, addressDead: false, code, detail };
}
