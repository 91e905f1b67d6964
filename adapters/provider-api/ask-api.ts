import type { UrlVerdict } from "../../core/webhook/url-policy.ts";
import { type ReadBody, readBody } from "../webhook/read-response.ts";
import type { ApiAnswer } from "./api-answer.ts";

/** A provider's HTTP API, as a mailbox or a LinkedIn account reaches it. */
export interface ProviderApi {
  /** What paths are put behind, without a slash at its end. */
  readonly apiUrl: string;
  readonly secret: string;
  /** What the secret is called in the settings; stands in its place in what the far side says. */
  readonly secretName: string;
  /** The secret as it goes over the wire, where that is another spelling. */
  readonly sentAs?: string;
}

export interface ProviderApiOptions {
  /** Judges `apiUrl` before each request, since what was saved may be older than the rules. Default: all is allowed. */
  readonly isAllowed?: (apiUrl: string) => UrlVerdict;
  /** The whole request, the answer's body included. */
  readonly timeoutMs?: number;
  /** Stands in for the platform's `fetch`. */
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>;
}

/**
 * One request. `path` begins with a slash and may carry a query; without a `method`, no `body` means GET, and one POST. A body
 * of text is JSON unless `headers` say else.
 */
export interface ApiRequest {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly method?: "DELETE";
  readonly body?: string | FormData;
  /** Where this one may take less than others, or its answer may be longer. */
  readonly timeoutMs?: number;
  readonly answerBytesMax?: number;
}

/** What came of a request. `detail` doesn't hold the secret; `text` may. */
export type ApiOutcome =
  | ({ readonly kind: "answered" } & ApiAnswer)
  /** The request was not made. */
  | { readonly kind: "not_allowed"; readonly detail: string }
  /** No whole answer. Whether the far side had the request is not known. */
  | { readonly kind: "broken"; readonly stage: "request" | "answer"; readonly detail: string };

/** As long as SMTP takes at most, and within the 30 s that a send's lease reckons with. */
const REQUEST_TIMEOUT_MS = 24_000;

/** Answers that aren't lists are a few hundred bytes; who says more is somebody else. */
const ANSWER_BYTES_MAX = 64 * 1024;

/**
 * Asks a provider's API; bounded in time and in bytes, follows no redirect, never throws. `fetch` says the same of a
 * refused connection and of one that broke after the request had left ("Network connection lost.", measured in workerd on
 * eight ways to break), so what it throws tells nothing of where the request ended.
 */
export async function askApi(request: ApiRequest, api: ProviderApi, options: ProviderApiOptions): Promise<ApiOutcome> {
  const { isAllowed, fetch: ask = (url, init) => fetch(url, init) } = options;
  const timeoutMs = Math.min(request.timeoutMs ?? REQUEST_TIMEOUT_MS, options.timeoutMs ?? REQUEST_TIMEOUT_MS);
  const verdict = isAllowed?.(api.apiUrl) ?? { ok: true };
  if (!verdict.ok) return { kind: "not_allowed", detail: `apiUrl ${verdict.detail}` };
  // Not AbortSignal.timeout: its timer would run on after the answer and keep the object in memory, billed.
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), timeoutMs);
  const broken = (stage: "request" | "answer", error: unknown): ApiOutcome => {
    const detail = deadline.signal.aborted ? `no complete answer within ${timeoutMs} ms` : saying(error);
    return { kind: "broken", stage, detail: withoutSecret(detail, api) };
  };
  try {
    const response = await ask(`${api.apiUrl}${request.path}`, {
      method: request.method ?? (request.body === undefined ? "GET" : "POST"),
      headers: {
        accept: "application/json",
        // Resend answers 403 to a request without one.
        "user-agent": "Drafthook/1",
        // A form's boundary is known to `fetch` alone.
        ...(typeof request.body === "string" ? { "content-type": "application/json" } : {}),
        ...request.headers,
      },
      ...(request.body === undefined ? {} : { body: request.body }),
      redirect: "manual",
      signal: deadline.signal,
    });
    const read = await readBody(response, request.answerBytesMax ?? ANSWER_BYTES_MAX);
    if (read.ended.kind === "broken") return broken("answer", read.ended.error);
    const { status, headers } = response;
    return { kind: "answered", status, header: (name) => headers.get(name), text: textOf(read) };
  } catch (error) {
    return broken("request", error);
  } finally {
    clearTimeout(timer);
  }
}

/** The far side may repeat what it was told, and its words are shown in the log: at most 500 characters, without the secret. */
export function withoutSecret(text: string, api: ProviderApi): string {
  return maskSecret(text, api).slice(0, 500);
}

/** The same at any length: for what the far side says that is more than words about an error. */
export function maskSecret(text: string, { secret, secretName, sentAs = secret }: ProviderApi): string {
  return text.replaceAll(sentAs, `[${secretName}]`).replaceAll(secret, `[${secretName}]`);
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

function saying(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
