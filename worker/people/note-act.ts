import { newId } from "../../adapters/crypto/ids.ts";
import { keepActs } from "../../adapters/d1/audit-log.ts";
import { membershipsOf } from "../../adapters/d1/members.ts";
import { openDatabase } from "../../adapters/d1/tenant-db.ts";
import type { Actor } from "../../core/actor.ts";
import type { AuditAct } from "../../core/audit.ts";
import { roleOf } from "../../core/roles.ts";
import type { ApiContext } from "../api.ts";
import { originOf } from "../audit/origin.ts";
import { authOf } from "./auth-of.ts";

/** What somebody did at the doors of people, for the audit log. */
export type DoorAct = Pick<AuditAct, "action" | "target" | "before" | "after">;

/**
 * Writes an act of the person who is signed in with these headers into the audit log of each organisation that they are a
 * member of, or of `tenantId` alone; behind the answer, which waits for no log.
 */
export function noteAct(c: ApiContext, headers: Headers, act: DoorAct, tenantId: string | null = null): void {
  behind(c, async () => {
    const auth = await authOf(c.env);
    const session = await auth.api.getSession({ headers, query: { disableRefresh: true } });
    if (session === null) return;
    const { id, email } = session.user;
    const memberships = await membershipsOf(openDatabase(c.env.DB), id);
    const acts = memberships
      .filter((membership) => tenantId === null || membership.id === tenantId)
      .flatMap(({ id: place, role }) => {
        const known = roleOf(role);
        return known === null ? [] : [whole(c, place, { kind: "person", id, email, role: known }, personal(act, id))];
      });
    await keepActs(c.env.DB, acts);
  });
}

/** Writes an act that nobody was signed in for. */
export function noteSystemAct(c: ApiContext, tenantId: string, act: DoorAct): void {
  behind(c, () => keepActs(c.env.DB, [whole(c, tenantId, { kind: "system", id: "bootstrap" }, act)]));
}

function behind(c: ApiContext, work: () => Promise<void>): void {
  c.executionCtx.waitUntil(
    work().catch((error: unknown) => console.error("an act was not noted in the audit log", error)),
  );
}

/** Where an act is about the person, they are its target. */
function personal(act: DoorAct, personId: string): DoorAct {
  return act.target.kind === "person" ? { ...act, target: { kind: "person", id: personId } } : act;
}

function whole(c: ApiContext, tenantId: string, actor: Actor, act: DoorAct): AuditAct {
  const about = { id: newId("aud"), tenantId, mode: "live", at: Date.now(), outcome: "done" } as const;
  return { ...about, ...act, actor, from: originOf(c), requestId: c.get("requestId") };
}
