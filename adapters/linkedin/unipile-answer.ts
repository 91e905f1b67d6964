import { z } from "zod";
import type { AccountTrouble } from "../../core/linkedin/provider.ts";
import { type ApiAnswer, askedWaitMs, isRefusal, type RefusalScope } from "../provider-api/api-answer.ts";

/** What an answer that isn't a yes means, whatever was asked. `code` is the last part of the error's type. */
export type UnipileFault = { readonly code: string; readonly detail: string } & (
  | { readonly kind: "account"; readonly trouble: AccountTrouble }
  /** `isLimit`: the account has had enough of these for now, whomever they are to. */
  | { readonly kind: "too_early"; readonly retryAfterMs: number; readonly isLimit: boolean }
  /** It says that this was done before. */
  | { readonly kind: "done" }
  | { readonly kind: "not_connected" }
  | { readonly kind: "refused"; readonly scope: RefusalScope }
  /** Nobody knows whether it was done. */
  | { readonly kind: "unclear"; readonly stage: "redirect" | "answer" }
);

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

type Rule =
  | { readonly kind: "account"; readonly state: AccountTrouble["state"] }
  | { readonly kind: "too_early"; readonly retryAfterMs: number; readonly isLimit: boolean }
  | { readonly kind: "done" | "not_connected" }
  | { readonly kind: "refused"; readonly scope: RefusalScope };

const enough: Rule = { kind: "too_early", retryAfterMs: DAY, isLimit: true };
const recipient: Rule = { kind: "refused", scope: "recipient" };
const configuration: Rule = { kind: "refused", scope: "configuration" };

/**
 * The kinds of error that mean more than their status ([U1] reference pages, [U2] types, as of November 2026; what each
 * means here is ours).
 */
const RULES: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ["disconnected_account", { kind: "account", state: "disconnected" }],
  ["account_restricted", { kind: "account", state: "restricted" }],
  // LinkedIn lets nobody invite the same person again for weeks after a withdrawal.
  ["cannot_resend_yet", { kind: "too_early", retryAfterMs: 7 * DAY, isLimit: false }],
  ["cannot_resend_within_24hrs", { kind: "too_early", retryAfterMs: DAY, isLimit: false }],
  ["limit_exceeded", enough],
  ["connection_limit_reached", enough],
  ["already_invited_recently", { kind: "done" }],
  ["action_already_performed", { kind: "done" }],
  ["already_connected", { kind: "done" }],
  ["no_connection_with_recipient", { kind: "not_connected" }],
  ["invalid_recipient", recipient],
  ["blocked_recipient", recipient],
  ["user_unreachable", recipient],
  ["cannot_invite_attendee", recipient],
  ["resource_not_found", recipient],
  ["invalid_resource_identifier", recipient],
  ["insufficient_credits", configuration],
  ["not_allowed_inmail", configuration],
  ["invalid_account", configuration],
  ["account_configuration_error", configuration],
]);

const UnipileError = z.object({
  type: z.string().regex(/(?:^|\/)[a-z0-9_]{1,60}$/),
  title: z.string().catch(""),
  detail: z.string().catch(""),
});

/** Judges an answer whose status is no 2xx, or whose body isn't what a 2xx should have: then nobody knows. */
export function judgeUnipileFault(answer: ApiAnswer, body: unknown): UnipileFault {
  const { status } = answer;
  const said = read(status, body);
  if (status === 429)
    return { kind: "too_early", retryAfterMs: waitAfterRush(askedWaitMs(answer)), isLimit: false, ...said };
  if (!isRefusal(status)) {
    const isRedirect = status >= 300 && status < 400;
    const detail = isRedirect ? `status ${status}: redirects are not followed` : said.detail;
    return { kind: "unclear", stage: isRedirect ? "redirect" : "answer", code: said.code, detail };
  }
  const rule = RULES.get(said.code) ?? ruleOf(status);
  return rule.kind === "account"
    ? { kind: "account", trouble: { state: rule.state, detail: said.detail }, ...said }
    : { ...rule, ...said };
}

/** What no kind says: 401 is a key or a login that isn't any more, 403 what the account may not do. */
function ruleOf(status: number): Rule {
  if (status === 401) return { kind: "account", state: "disconnected" };
  return status === 403 ? configuration : { kind: "refused", scope: "message" };
}

function read(status: number, body: unknown): { readonly code: string; readonly detail: string } {
  const error = UnipileError.safeParse(body);
  if (!error.success) {
    const what = status >= 200 && status < 300 ? "not what was asked for" : "nothing that Unipile says";
    return { code: `http_${status}`, detail: `status ${status}, and ${what}` };
  }
  const { type, title, detail } = error.data;
  const code = type.slice(type.lastIndexOf("/") + 1);
  return { code, detail: `${status} ${code}: ${detail || title}`.slice(0, 500) };
}

/** Unipile says 429 where LinkedIn has had enough for a while, and mostly not for how long. */
function waitAfterRush(askedMs: number | null): number {
  return Math.min(Math.max(askedMs ?? 0, 15 * MINUTE), DAY);
}
