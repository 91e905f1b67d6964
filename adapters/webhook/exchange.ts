import { ATTEMPT_TIMEOUT_MS, DRAFT_RESPONSE_BYTES_MAX, LOGGED_RESPONSE_BYTES_MAX } from "../../core/contract/limits.ts";
import type { DraftFailure } from "../../core/events.ts";
import type { Exchange } from "../../core/journal.ts";
import { sha256Hex, toBase64 } from "../crypto/bytes.ts";
import { checkUrlAndHost, type HostSettings } from "./check-url.ts";
import { type ReadBody, readBody } from "./read-response.ts";
import { compatibilitySignature, traceparent, webhookSignature } from "./sign.ts";

/** An endpoint with its secrets open, the newest first. */
export interface Endpoint {
  readonly id: string;
  readonly url: string;
  readonly secrets: readonly string[];
  readonly compatibility: "none" | "myagentmail";
}

/** One signed POST. `id` is the webhook-id, the same at every attempt. */
export interface OutgoingRequest {
  readonly id: string;
  readonly attempt: number;
  readonly body: string;
}

/** What came of it: a 2xx with its text (null when it isn't UTF-8), or a failure. The exchange is as it crossed the wire. */
export type Posted =
  | { readonly ok: true; readonly status: number; readonly text: string | null; readonly exchange: Exchange }
  | { readonly ok: false; readonly failure: DraftFailure; readonly exchange: Exchange | null };

interface Settings extends HostSettings {
  readonly now: () => number;
  readonly timeoutMs?: number;
}

/**
 * Signs and posts one request: 30 s for the whole attempt, body included; the response is read to 256 KiB and no
 * further; redirects are not followed. Of an answer that breaks off, what came is in the exchange. Never throws for what
 * a far side can do (contract.md sections 1 and 2).
 */
export async function post(endpoint: Endpoint, request: OutgoingRequest, settings: Settings): Promise<Posted> {
  const allowed = await checkUrlAndHost(endpoint.url, settings, settings.now());
  if (!allowed.ok) return { ok: false, failure: { kind: "refused_url", detail: allowed.detail }, exchange: null };
  const startedAt = settings.now();
  const { headers, traceId } = await requestHeaders(endpoint, request, Math.floor(startedAt / 1000));
  const sent = {
    endpointId: endpoint.id,
    url: endpoint.url,
    startedAt,
    requestHeaders: headers,
    requestBody: request.body,
    traceId,
  };
  // Not AbortSignal.timeout: its timer would run on after the answer and keep the object in memory, billed.
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), settings.timeoutMs ?? ATTEMPT_TIMEOUT_MS);
  const { signal } = deadline;
  let firstByteMs: number | null = null;
  const failed = (failure: DraftFailure, reason: string | null, got: Partial<Exchange> = {}): Posted => ({
    ok: false,
    failure,
    exchange: {
      ...NOTHING_CAME,
      ...sent,
      firstByteMs,
      totalMs: settings.now() - startedAt,
      ...got,
      outcome: failure.kind,
      reason,
    },
  });
  const brokenOff = (error: unknown, got?: Partial<Exchange>): Posted =>
    signal.aborted
      ? failed({ kind: "timeout" }, "no complete answer in time", got)
      : failed({ kind: "network" }, message(error), got);
  try {
    const response = await fetch(endpoint.url, {
      method: "POST",
      headers,
      body: request.body,
      redirect: "manual",
      signal,
    });
    firstByteMs = settings.now() - startedAt;
    const read = await readBody(response, DRAFT_RESPONSE_BYTES_MAX);
    const got = {
      status: response.status,
      responseHeaders: Object.fromEntries(response.headers),
      totalMs: settings.now() - startedAt,
      ...(await logged(read)),
    };
    if (read.ended.kind === "broken") return brokenOff(read.ended.error, got);
    if (read.ended.kind === "too_large")
      return failed({ kind: "too_large" }, `the response is larger than ${DRAFT_RESPONSE_BYTES_MAX} bytes`, got);
    if (response.status < 200 || response.status > 299) {
      const retryAfterMs = retryAfter(response.headers.get("retry-after"), settings.now());
      return failed(
        { kind: "http", status: response.status, retryAfterMs },
        response.status >= 300 && response.status < 400 ? "redirects are not followed" : null,
        got,
      );
    }
    return {
      ok: true,
      status: response.status,
      text: utf8(read.bytes),
      exchange: { ...NOTHING_CAME, ...sent, firstByteMs, ...got, outcome: "answered", reason: null },
    };
  } catch (error) {
    return brokenOff(error);
  } finally {
    clearTimeout(timer);
  }
}

const NOTHING_CAME = {
  status: null,
  responseHeaders: {},
  responseBody: "",
  responseEncoding: "utf-8",
  responseBytes: 0,
  /** Of no bytes. */
  responseSha256: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  responseCut: false,
} as const;

async function requestHeaders(
  endpoint: Endpoint,
  request: OutgoingRequest,
  timestamp: number,
): Promise<{ headers: Record<string, string>; traceId: string }> {
  const trace = await traceparent(request.id, request.attempt);
  const headers: Record<string, string> = {
    "content-type": "application/json",
    "user-agent": "Drafthook/1",
    "webhook-id": request.id,
    "webhook-timestamp": String(timestamp),
    "webhook-signature": await webhookSignature(endpoint.secrets, request.id, timestamp, request.body),
    traceparent: trace.header,
  };
  const newest = endpoint.secrets[0];
  if (endpoint.compatibility === "myagentmail" && newest !== undefined)
    headers["x-myagentmail-signature"] = await compatibilitySignature(newest, request.body);
  return { headers, traceId: trace.traceId };
}

/** What the log says of a body: its first part, and size and hash of all that was read. */
async function logged(
  read: ReadBody,
): Promise<Pick<Exchange, "responseBody" | "responseEncoding" | "responseBytes" | "responseSha256" | "responseCut">> {
  const kept = read.bytes.subarray(0, LOGGED_RESPONSE_BYTES_MAX);
  // A cut may fall inside a character; the bytes are then kept as they are.
  const text = utf8(kept);
  return {
    responseBody: text ?? toBase64(kept),
    responseEncoding: text === null ? "base64" : "utf-8",
    responseBytes: read.bytes.length,
    responseSha256: await sha256Hex(read.bytes),
    responseCut: read.ended.kind === "too_large" || kept.length < read.bytes.length,
  };
}

function utf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Retry-After in seconds or as a date (RFC 9110 section 10.2.3), as milliseconds from now; null when absent or unreadable. */
/** More than a century is as good as any number: what counts of it is an hour. */
const RETRY_AFTER_SECONDS_MAX = 1e10;

function retryAfter(value: string | null, now: number): number | null {
  if (value === null) return null;
  const seconds = /^\d+$/.test(value.trim())
    ? Math.min(Number(value), RETRY_AFTER_SECONDS_MAX) * 1000
    : Date.parse(value) - now;
  return Number.isFinite(seconds) && seconds > 0 ? seconds : null;
}

function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
