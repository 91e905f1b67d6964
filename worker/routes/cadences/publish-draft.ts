import { type CadenceChange, type CadenceRecord, findCadence, publishVersion } from "../../../adapters/d1/cadences.ts";
import { listLinkedinAccounts } from "../../../adapters/d1/linkedin-accounts.ts";
import { listMailboxes } from "../../../adapters/d1/mailboxes.ts";
import type { Tenant } from "../../../adapters/d1/tenant-db.ts";
import type { ProblemError } from "../../../core/contract/problem.ts";
import { type CadenceDraft, freeze, type PublishObstacle, publishObstacle } from "../../../core/publish.ts";
import { hasUnpublishedChanges } from "./show.ts";

/** What came of a publishing. `changed`: somebody else was at the draft in the same moment. */
export type Publishing =
  | { readonly kind: "published"; readonly cadence: CadenceRecord }
  | { readonly kind: "changed" }
  | { readonly kind: "obstacle"; readonly obstacle: PublishObstacle };

/** Publishes the draft as it was read. A draft that says what is published already is no new version. */
export async function publishDraft(
  tenant: Tenant,
  read: CadenceRecord,
  obstacle: PublishObstacle | null,
  now: number,
): Promise<Publishing> {
  if (obstacle !== null) return { kind: "obstacle", obstacle };
  if (!hasUnpublishedChanges(read)) return { kind: "published", cadence: read };
  const done = await publishVersion(tenant, read, freeze(read, (read.version ?? 0) + 1), now);
  const cadence = done ? await findCadence(tenant, read.id) : null;
  return cadence === null ? { kind: "changed" } : { kind: "published", cadence };
}

/** What keeps a draft from being published by request: some mailbox must be there that could send, some account that could act. */
export async function obstacleByRequest(tenant: Tenant, draft: CadenceDraft): Promise<PublishObstacle | null> {
  const first = { limit: 1, before: null };
  return publishObstacle(draft, {
    canSend: draft.mailboxId !== null || draft.mailboxIds.length > 0 || (await listMailboxes(tenant, first)).length > 0,
    canConnect: draft.linkedinAccountId !== null || (await listLinkedinAccounts(tenant, first)).length > 0,
  });
}

/** What keeps a draft from being published by itself: who sends and acts is asked for when a lead is enrolled, which may name them. */
export function obstacleByItself(draft: CadenceDraft): PublishObstacle | null {
  return publishObstacle(draft, { canSend: true, canConnect: true });
}

/**
 * Why a change must not be made: a draft that can't be published would stand beside a version that runs on, and the
 * caller would think that it doesn't. Null when it may.
 */
export function faultOfChange(before: CadenceRecord, change: CadenceChange): ProblemError | null {
  const { steps = before.steps, endpointId = before.endpointId, autoPublish = before.autoPublish } = change;
  if (change.steps?.length === 0 && (autoPublish || before.version !== null))
    return {
      pointer: "/steps",
      detail: "a published cadence needs at least one step; to stop it, set its `enabled` to false",
    };
  if (!autoPublish || obstacleByItself(before) !== null) return null;
  return obstacleByItself({ ...before, steps, endpointId });
}

/** After a change: published at once where the cadence is set so and nothing stands in the way, else it stays a draft. */
export async function publishAfterChange(tenant: Tenant, changed: CadenceRecord, now: number): Promise<CadenceRecord> {
  if (!changed.autoPublish) return changed;
  const publishing = await publishDraft(tenant, changed, obstacleByItself(changed), now);
  return publishing.kind === "published" ? publishing.cadence : changed;
}
