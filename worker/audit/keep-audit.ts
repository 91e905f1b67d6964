import type { MiddlewareHandler } from "hono";
import { newId } from "../../adapters/crypto/ids.ts";
import { keepActs } from "../../adapters/d1/audit-log.ts";
import { type AuditAct, differenceOf } from "../../core/audit.ts";
import type { AuditJob } from "../../core/jobs.ts";
import type { ApiContext, ApiEnv } from "../api.ts";
import type { Action } from "./acts.ts";
import { originOf } from "./origin.ts";
import { type ActTable, actionOf } from "./read-acts.ts";

/**
 * Writes one row for each request that changed something: who, what, from where, and the fields as they were and are. The row
 * is there before the answer is. A repeat that is answered from its Idempotency-Key is no act, so this stands behind those.
 */
export function keepAudit(table: () => ActTable): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const action = actionOf(c, table());
    if (action === null) return next();
    const work = next().then(() => tell(c, action));
    // Whoever hangs up would else end the request between the change and its row.
    c.executionCtx.waitUntil(work.catch(() => undefined));
    return work;
  };
}

async function tell(c: ApiContext, action: Action): Promise<void> {
  const change = c.get("change");
  if (change === undefined && c.res.ok)
    console.error("a route changed something and didn't say what", action, c.get("requestId"));
  // Whatever the answer is: what was changed before something else went wrong is changed.
  if (change == null) return;
  const [kind = ""] = action.split(".");
  const { tenantId, mode } = change.owner ?? c.get("tenant");
  await keep(c.env, {
    ...differenceOf(change.before, change.after),
    ...{ id: newId("aud"), tenantId, mode, at: Date.now(), action, outcome: "done" },
    actor: c.get("actor"),
    target: { kind, id: change.id },
    from: originOf(c),
    requestId: c.get("requestId"),
  });
}

/** What was done is done: where D1 doesn't take the row now, the queue brings it, and where that doesn't either, our own log has it. */
async function keep(env: Env, act: AuditAct): Promise<void> {
  try {
    await keepActs(env.DB, [act]);
  } catch (error) {
    console.error("a row of the audit log was not written; the queue brings it", error);
    await env.JOB_QUEUE.send({ type: "audit", acts: [act] } satisfies AuditJob).catch((lost: unknown) =>
      console.error("LOST FROM THE AUDIT LOG", JSON.stringify({ ...act, before: null, after: null }), lost),
    );
  }
}
