import type { VersionRecord } from "../../../adapters/d1/cadence-versions.ts";
import type { CadenceRecord } from "../../../adapters/d1/cadences.ts";
import { type Cadence, type PublishedVersion, Settings } from "../../../core/contract/cadence.ts";
import { toTimestamp } from "../../../core/contract/common.ts";
import { freeze, sameVersion } from "../../../core/publish.ts";

/** A cadence as the API shows it. */
export function showCadence(record: CadenceRecord): Cadence {
  return {
    id: record.id,
    name: record.name,
    description: record.description,
    mode: record.mode,
    enabled: record.enabled,
    version: record.version,
    unpublishedChanges: hasUnpublishedChanges(record),
    autoPublish: record.autoPublish,
    ...record.settings,
    endpointId: record.endpointId,
    mailboxId: record.mailboxId,
    mailboxIds: [...record.mailboxIds],
    linkedinAccountId: record.linkedinAccountId,
    steps: [...record.steps],
    createdAt: toTimestamp(record.createdAt),
    updatedAt: toTimestamp(record.updatedAt),
  };
}

/** A published version as the API shows it. */
export function showVersion(record: VersionRecord): PublishedVersion {
  const { definition, mailboxId, mailboxIds, linkedinAccountId, publishedAt } = record;
  const { id, version, name, endpointId, settings, steps } = definition;
  return {
    cadenceId: id,
    version,
    publishedAt: toTimestamp(publishedAt),
    name,
    endpointId,
    mailboxId,
    mailboxIds: [...mailboxIds],
    linkedinAccountId,
    settings: Settings.parse(settings),
    steps: [...steps],
  };
}

/** Whether the draft says something else than what new enrollments start on. */
export function hasUnpublishedChanges(record: CadenceRecord): boolean {
  return record.published === null || !sameVersion(freeze(record, 0), record.published);
}
