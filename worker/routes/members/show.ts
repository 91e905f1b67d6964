import type { MemberRow } from "../../../adapters/d1/members.ts";
import { toTimestamp } from "../../../core/contract/common.ts";
import type { Member } from "../../../core/contract/member.ts";

/** A member as the API shows them. */
export function showMember({ createdAt, ...row }: MemberRow): Member {
  return { ...row, createdAt: toTimestamp(createdAt) };
}
