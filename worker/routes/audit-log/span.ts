import type { Span } from "../../../adapters/d1/journal.ts";

/** Two times of a query, in milliseconds; null where neither is given. */
export function spanOf({ since, until }: { since?: string | undefined; until?: string | undefined }): Span | null {
  return since === undefined && until === undefined ? null : { since: atMs(since), until: atMs(until) };
}

function atMs(timestamp: string | undefined): number | null {
  return timestamp === undefined ? null : Date.parse(timestamp);
}
