import type { MailProvider, SendResult } from "../../../core/mail/outgoing.ts";
import type { UrlVerdict } from "../../../core/webhook/url-policy.ts";
import { type ReadBody, readBody } from "../../webhook/read-response.ts";
import { judgeResendAnswer } from "./resend-answer.ts";
import { composeResend } from "./resend-payload.ts";

export interface ResendSettings {
  /** What `/emails` is put behind, without a slash at its end. */
  readonly apiUrl: string;
  readonly apiKey: string;
}

export interface ResendOptions {
  /** Judges `apiUrl` before each try, since what was saved may be older than the rules. Default: all is allowed. */
  readonly isAllowed?: (apiUrl: string) => UrlVerdict;
  /** The whole try, the answer's body included. */
  readonly timeoutMs?: number;
  /** Stands in for the platform's `fetch`. */
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>;
}

/** As long as SMTP takes at most, and within the 30 s that a send's lease reckons with. */
const TRY_TIMEOUT_MS = 24_000;

/** Their answers are a few hundred bytes; who says more is somebody else. */
const ANSWER_BYTES_MAX = 64 * 1024;

/** "We keep idempotency keys in our system for 24 hours", says their page on them (read in November 2026). */
const KEY_REMEMBERED_MS = 24 * 3_600_000;

/**
 * Resend, by its HTTP API. The payload is the exact body of `POST /emails`, and the send key goes along as
 * Idempotency-Key: a repeat is answered with the first one's id and sends nothing. It sets Message-ID, Date and the
 * envelope sender itself; what id it puts on the wire is learned from the first reply.
 */
export function resendProvider(settings: ResendSettings, options: ResendOptions = {}): MailProvider {
  return {
    name: "resend",
    idempotencyWindowMs: KEY_REMEMBERED_MS,
    keepsMessageId: "learn",
    compose: async (mail) => composeResend(mail),
    send: (payload, sendKey) => send(payload, sendKey, settings, options),
  };
}

/**
 * `fetch` says the same of a refused connection and of one that broke after the request had left ("Network connection
 * lost.", measured in workerd on eight ways to break), so all it throws is `unknown`: the repeat under the same key tells.
 */
async function send(
  payload: string,
  sendKey: string,
  { apiUrl, apiKey }: ResendSettings,
  { isAllowed, timeoutMs = TRY_TIMEOUT_MS, fetch: ask = (url, init) => fetch(url, init) }: ResendOptions,
): Promise<SendResult> {
  const verdict = isAllowed?.(apiUrl) ?? { ok: true };
  if (!verdict.ok) {
    const detail = `apiUrl ${verdict.detail}`;
    return { kind: "refused", scope: "configuration", addressDead: false, code: "bad_api_url", detail };
  }
  // Not AbortSignal.timeout: its timer would run on after the answer and keep the object in memory, billed.
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), timeoutMs);
  const unknown = (stage: string, detail: string): SendResult => ({
    kind: "unknown",
    stage,
    detail: withoutKey(deadline.signal.aborted ? `no complete answer within ${timeoutMs} ms` : detail, apiKey),
  });
  try {
    const response = await ask(`${apiUrl}/emails`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${apiKey}`,
        "content-type": "application/json",
        // They answer 403 to a request without one.
        "user-agent": "Drafthook/1",
        "idempotency-key": sendKey,
      },
      body: payload,
      redirect: "manual",
      signal: deadline.signal,
    });
    const read = await readBody(response, ANSWER_BYTES_MAX);
    if (read.ended.kind === "broken") return unknown("answer", saying(read.ended.error));
    return masked(judgeResendAnswer(response.status, response.headers.get("retry-after"), textOf(read)), apiKey);
  } catch (error) {
    return unknown("request", saying(error));
  } finally {
    clearTimeout(timer);
  }
}

/** Null for what can't be theirs: too long, or no UTF-8. */
function textOf(read: ReadBody): string | null {
  if (read.ended.kind !== "whole") return null;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(read.bytes);
  } catch {
    return null;
  }
}

/** The far side may repeat what it was told, and its words are shown in the log. */
function masked(result: SendResult, apiKey: string): SendResult {
  return result.kind === "accepted" ? result : { ...result, detail: withoutKey(result.detail, apiKey) };
}

function withoutKey(text: string, apiKey: string): string {
  return text.replaceAll(apiKey, "[apiKey]").slice(0, 500);
}

function saying(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
