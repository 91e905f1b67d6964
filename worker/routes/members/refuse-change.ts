import type { MemberRow } from "../../../adapters/d1/members.ts";
import { mayGive } from "../../../core/actor.ts";
import type { ApiContext } from "../../api.ts";
import { type ProblemAnswer, problem } from "../../problem.ts";

/** The answer to who may not take this role, or not give that one; null to who may. */
export function refuseRoles(c: ApiContext, roles: readonly string[]): ProblemAnswer<"forbidden"> | null {
  const [actor, { scopes }] = [c.get("actor"), c.get("grant")];
  const beyond = roles.find((role) => !mayGive(actor, scopes, role));
  if (beyond === undefined) return null;
  return problem(
    c,
    "forbidden",
    beyond === "owner"
      ? "Only a person who is an owner makes or removes owners; a key never does."
      : `The role ${beyond} may more than you, so you can neither give nor take it.`,
  );
}

/** The answer when a change was not made to a member who was just there. */
export function sayNotChanged(c: ApiContext, member: MemberRow) {
  if (member.role === "owner")
    return problem(c, "last_owner", "This is the last owner. Make somebody else an owner first.");
  return problem(c, "conflict", "Somebody has changed this member at the same moment. Read it again.");
}
