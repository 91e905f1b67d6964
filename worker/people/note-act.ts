import { keepActs } from "../../adapters/d1/audit-log.ts";
import { membershipsOf } from "../../adapters/d1/members.ts";
import { openDatabase } from "../../adapters/d1/tenant-db.ts";
import { roleOf } from "../../core/roles.ts";
import type { ApiContext } from "../api.ts";
import { actOf, type Done } from "../audit/act-of.ts";
import { authOf } from "./auth-of.ts";

/**
 * Writes an act of the person who is signed in with these headers into the audit log of each organisation that they are a
 * member of, or of `tenantId` alone; behind the answer, which waits for no log.
 */
export function noteAct(c: ApiContext, headers: Headers, act: Done, tenantId: string | null = null): void {
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
        return known === null
          ? []
          : [
              actOf(
                c,
                { tenantId: place, mode: "live" },
                { kind: "person", id, email, role: known },
                personal(act, id),
              ),
            ];
      });
    await keepActs(c.env.DB, acts);
  });
}

/** Writes an act that nobody was signed in for. */
export function noteSystemAct(c: ApiContext, tenantId: string, act: Done): void {
  behind(c, () => keepActs(c.env.DB, [actOf(c, { tenantId, mode: "live" }, { kind: "system", id: "bootstrap" }, act)]));
}

function behind(c: ApiContext, work: () => Promise<void>): void {
  c.executionCtx.waitUntil(
    work().catch((error: unknown) => console.error("an act was not noted in the audit log", error)),
  );
}

/** Where an act is about the person, they are its target. */
function personal(act: Done, personId: string): Done {
  return act.target.kind === "person" ? { ...act, target: { kind: "person", id: personId } } : act;
}
