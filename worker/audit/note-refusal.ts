import { keepActs } from "../../adapters/d1/audit-log.ts";
import type { Actor } from "../../core/actor.ts";
import type { AuditAct } from "../../core/audit.ts";
import { encodeBase32 } from "../../core/mail/reply-address.ts";
import type { ProblemCode } from "../../core/problems.ts";
import type { ApiContext } from "../api.ts";
import { originOf } from "./origin.ts";
import { routeOf } from "./read-acts.ts";

const MINUTE_MS = 60_000;
/** The oldest go first; what is forgotten costs a question to D1 and no second row. */
const REMEMBERED_MAX = 1_000;

const noted = new Set<string>();

/**
 * Notes, behind the answer, that somebody known was turned away. One row a minute for each actor and reason, the first: whoever
 * knocks a thousand times fills no table.
 */
export function noteRefusal(
  c: ApiContext,
  owner: Pick<AuditAct, "tenantId" | "mode">,
  actor: Actor,
  code: ProblemCode,
): void {
  const at = Date.now();
  const name = `${actor.id} ${code} ${Math.floor(at / MINUTE_MS)}`;
  if (noted.has(name)) return;
  remember(name);
  const { tenantId, mode } = owner;
  const act = {
    ...{ tenantId, mode, at, actor, action: "access.refuse", outcome: "refused" as const },
    target: { kind: "route", id: routeOf(c) },
    from: originOf(c),
    requestId: c.get("requestId"),
    before: null,
    after: { code },
  } as const;
  c.executionCtx.waitUntil(
    idOf(name)
      .then((id) => keepActs(c.env.DB, [{ ...act, id }]))
      .catch((error: unknown) => console.error("a refusal was not noted in the audit log", error)),
  );
}

/** The same from every isolate, so that of many in one minute D1 keeps one. */
async function idOf(name: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(`refusal ${name}`));
  return `aud_${encodeBase32(new Uint8Array(digest, 0, 10))}`;
}

function remember(name: string): void {
  noted.add(name);
  const [oldest] = noted;
  if (noted.size > REMEMBERED_MAX && oldest !== undefined) noted.delete(oldest);
}
