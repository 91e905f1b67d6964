import { z } from "zod";
import type { AccountResult, AccountTrouble } from "../../core/linkedin/provider.ts";
import { judgeUnipileFault } from "./unipile-answer.ts";
import { type AskUnipile, PROFILE_BYTES_MAX, pathTo } from "./unipile-api.ts";

const Account = z.object({
  object: z.literal("Account"),
  name: z.string().max(500).nullable().catch(null),
  sources: z.array(z.object({ status: z.string() })).min(1),
});

const Owner = z.object({
  object: z.literal("AccountOwnerProfile"),
  provider_id: z.string().min(1).max(200),
  first_name: z.string().nullish().catch(null),
  last_name: z.string().nullish().catch(null),
});

/** How an account stands. `not_allowed`: it wasn't asked; `unreachable`: nothing that Unipile says came back. */
export type Standing =
  | { readonly kind: "ok"; readonly name: string | null }
  | { readonly kind: "account"; readonly code: string; readonly trouble: AccountTrouble }
  /** It is being connected, or Unipile is being asked too much. */
  | { readonly kind: "too_early"; readonly code: string; readonly detail: string; readonly retryAfterMs: number }
  | { readonly kind: "refused"; readonly code: string; readonly detail: string }
  | { readonly kind: "not_allowed" | "unreachable"; readonly detail: string };

/** How long a connection is given to come about. */
const CONNECTING_MS = 15 * 60_000;

/**
 * Asks Unipile, which asks nobody: it costs the account nothing. While an account isn't well, its hooks are silent and its
 * lists are of yesterday, so that a reply would be missed: it has trouble then, even where it could still send.
 */
export async function standingOf(ask: AskUnipile, accountId: string): Promise<Standing> {
  const outcome = await ask({ path: pathTo(["accounts", accountId]), answerBytesMax: PROFILE_BYTES_MAX });
  if (outcome.kind === "not_allowed") return outcome;
  if (outcome.kind === "broken") return { kind: "unreachable", detail: outcome.detail };
  const { answer, body } = outcome;
  const account = Account.safeParse(body);
  if (answer.status === 200 && account.success) return standingBy(account.data);
  const fault = judgeUnipileFault(answer, body);
  switch (fault.kind) {
    case "account":
      return fault;
    case "too_early":
      return fault;
    case "refused":
      return fault.code === "resource_not_found"
        ? { kind: "account", code: fault.code, trouble: { state: "disconnected", detail: fault.detail } }
        : { kind: "refused", code: fault.code, detail: fault.detail };
    default:
      return { kind: "unreachable", detail: fault.detail };
  }
}

function standingBy({ name, sources }: z.infer<typeof Account>): Standing {
  const bad = sources.find(({ status }) => status !== "OK" && status !== "CONNECTING");
  if (bad !== undefined) {
    const trouble = troubleOf(bad.status);
    return { kind: "account", code: "account_not_ok", trouble };
  }
  return sources.every(({ status }) => status === "OK")
    ? { kind: "ok", name }
    : { kind: "too_early", code: "connecting", detail: "the account is being connected", retryAfterMs: CONNECTING_MS };
}

/** What a status of theirs that isn't well means; `CREDENTIALS` wants its owner to log in again. */
export function troubleOf(status: string): AccountTrouble {
  return { state: "disconnected", detail: `Unipile says that the account's status is ${status.slice(0, 100)}` };
}

/** The standing with whose account it is. A profile that can't be read leaves that open, and the account well. */
export async function accountResult(ask: AskUnipile, accountId: string): Promise<AccountResult> {
  const standing = await standingOf(ask, accountId);
  if (standing.kind === "account") return { kind: "account", trouble: standing.trouble };
  if (standing.kind !== "ok") return { kind: "failed", detail: standing.detail };
  const outcome = await ask({
    path: pathTo(["users", "me"], { account_id: accountId }),
    answerBytesMax: PROFILE_BYTES_MAX,
  });
  const unknown: AccountResult = { kind: "ok", name: standing.name, userId: null };
  if (outcome.kind !== "answered") return unknown;
  const owner = Owner.safeParse(outcome.body);
  if (outcome.answer.status === 200 && owner.success) {
    const { provider_id: userId, first_name, last_name } = owner.data;
    return { kind: "ok", name: fullName(first_name, last_name) ?? standing.name, userId };
  }
  const fault = judgeUnipileFault(outcome.answer, outcome.body);
  return fault.kind === "account" ? { kind: "account", trouble: fault.trouble } : unknown;
}

/** Null where neither is known. */
export function fullName(first: string | null | undefined, last: string | null | undefined): string | null {
  const name = `${first ?? ""} ${last ?? ""}`.trim();
  return name === "" ? null : name.slice(0, 500);
}
