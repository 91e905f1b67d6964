import { newId } from "../../adapters/crypto/ids.ts";
import type { Actor } from "../../core/actor.ts";
import type { AuditAct } from "../../core/audit.ts";
import type { ApiContext } from "../api.ts";
import { originOf } from "./origin.ts";

/** What was done, for who writes a row by hand: where no route's own change says it (`keepAudit`). */
export type Done = Pick<AuditAct, "action" | "target" | "before" | "after">;

/** The whole row, as of this request. */
export function actOf(c: ApiContext, whose: Pick<AuditAct, "tenantId" | "mode">, actor: Actor, done: Done): AuditAct {
  const { tenantId, mode } = whose;
  const about = { id: newId("aud"), tenantId, mode, at: Date.now(), outcome: "done" } as const;
  return { ...about, ...done, actor, from: originOf(c), requestId: c.get("requestId") };
}
