import { z } from "zod";
import type { SendResult } from "../../../core/mail/outgoing.ts";
import {
  type ApiAnswer,
  askedWaitMs,
  isRefusal,
  type RefusalScope,
  readJson,
  refused,
  unclear,
} from "../../provider-api/api-answer.ts";

const Accepted = z.object({ id: z.string().min(1).max(200) });
const Refusal = z.object({ name: z.string().min(1).max(100), message: z.string().catch("") });

/**
 * What an answer of Resend's says of the message (its pages "Errors" and "Idempotency Keys", read in November 2026). What
 * no rule here knows is `unknown`.
 */
export function judgeResendAnswer(answer: ApiAnswer): SendResult {
  const { status } = answer;
  const body = readJson(answer);
  if (status >= 200 && status < 300) {
    const accepted = Accepted.safeParse(body);
    if (!accepted.success) return unclear(status, `status ${status} without an id: is this Resend's API?`);
    const { id } = accepted.data;
    return { kind: "accepted", providerMessageId: id, wireMessageId: null, response: `accepted as ${id}` };
  }
  const refusal = Refusal.safeParse(body);
  const code = refusal.success ? refusal.data.name : `http_${status}`;
  const detail = refusal.success
    ? `${code}: ${refusal.data.message}`
    : `status ${status}, and nothing that Resend says`;
  if (status === 429) return { kind: "not_sent", code, detail, retryAfterMs: waitMs(code, askedWaitMs(answer)) };
  // A conflict names the other request with this key; only the body that differs is surely not taken.
  if (status === 409 && code === "invalid_idempotent_request")
    return refused("message", code, `another message went out under this key in the last 24 hours (${detail})`);
  return isRefusal(status) ? refused(scopeOf(status, code, detail), code, detail) : unclear(status, detail);
}

const SCOPES = new Map<string, RefusalScope>([
  ["invalid_idempotency_key", "message"],
  ["invalid_attachment", "message"],
  ["invalid_parameter", "message"],
  ["invalid_access", "message"],
  ["invalid_region", "message"],
  ["missing_required_field", "message"],
  ["invalid_from_address", "sender"],
  ["missing_api_key", "configuration"],
  ["restricted_api_key", "configuration"],
  ["invalid_api_key", "configuration"],
  ["suspended_api_key", "configuration"],
  ["security_error", "configuration"],
  ["not_found", "configuration"],
  ["method_not_allowed", "configuration"],
]);

/** They refuse no address for being dead: who is on their suppression list is told by an event later. */
function scopeOf(status: number, code: string, detail: string): RefusalScope {
  const named = SCOPES.get(code);
  if (named !== undefined) return named;
  if (code !== "validation_error") return "configuration";
  // A 403 is about the domain of From, which isn't verified.
  if (status === 403) return "sender";
  const field = /`(to|cc|bcc|from)` field/.exec(detail)?.[1];
  if (field === "from") return "sender";
  return field === undefined ? "message" : "recipient";
}

const HOUR_MS = 3_600_000;

/** A day's quota is back after 24 hours, and five tries six hours apart span them; a month's takes somebody who buys more. */
const QUOTA_WAIT_MS = new Map([
  ["daily_quota_exceeded", 6 * HOUR_MS],
  ["monthly_quota_exceeded", 24 * HOUR_MS],
]);

function waitMs(code: string, asked: number | null): number | null {
  const quota = QUOTA_WAIT_MS.get(code);
  return quota === undefined ? asked : Math.max(quota, asked ?? 0);
}
