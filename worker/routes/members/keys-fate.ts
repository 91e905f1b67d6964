import type { ApiKeyRecord } from "../../../adapters/d1/api-keys.ts";
import type { KeysFate } from "../../../adapters/d1/member-keys.ts";
import type { MemberRow } from "../../../adapters/d1/members.ts";
import type { KeysChoice } from "../../../core/contract/member.ts";
import type { ApiContext } from "../../api.ts";
import { type ProblemAnswer, problem } from "../../problem.ts";

const NAMED_MAX = 10;

/** What a choice does to keys. Without one they are revoked: those that there are when nobody was asked were made a moment ago. */
export function fateOf(c: ApiContext, { personId }: MemberRow, choice: KeysChoice | undefined): KeysFate {
  const heir = c.get("makerId");
  return choice === "keep" ? { to: "keep", makerId: heir === personId ? null : heir } : { to: "revoke" };
}

/** The answer to who hasn't said what becomes of these keys; null where there are none. */
export function refuseUndecided(
  c: ApiContext,
  keys: readonly ApiKeyRecord[],
  choice: KeysChoice | undefined,
): ProblemAnswer<"has_keys"> | null {
  if (keys.length === 0 || choice !== undefined) return null;
  const named = keys.slice(0, NAMED_MAX).map(({ id, name, last4 }) => `${id} (${name}, …${last4})`);
  const others = keys.length > NAMED_MAX ? ` and ${keys.length - NAMED_MAX} more` : "";
  return problem(
    c,
    "has_keys",
    `API keys that they made would go on opening what they may not: ${named.join(", ")}${others}. Say \`keys=revoke\`, or \`keys=keep\` if they have no copy.`,
  );
}
