import type { InvitationRow } from "../../../adapters/d1/invitations.ts";
import type { Invitation } from "../../../core/contract/member.ts";

/** An invitation as the API shows it at `now` (ms). */
export function showInvitation(row: InvitationRow, now: number): Invitation {
  const { id, email, role, inviterId, createdAt, expiresAt } = row;
  return {
    ...{ id, email, role, status: statusOf(row, now), invitedBy: inviterId },
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  };
}

function statusOf({ status, expiresAt }: InvitationRow, now: number): Invitation["status"] {
  if (status === "accepted") return "accepted";
  if (status !== "pending") return "revoked";
  return expiresAt.getTime() <= now ? "expired" : "pending";
}
