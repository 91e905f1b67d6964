import { useRead } from "../../api/queries.ts";

/** Where the leads of one step are, and what came of it. `failed`: drafts without a usable answer, whatever was done instead. */
export interface FunnelStep {
  readonly step: number;
  /** Null where no version has this step any more. */
  readonly kind: string | null;
  readonly waiting: number;
  readonly sent: number;
  readonly skipped: number;
  readonly failed: number;
  readonly replied: number;
  readonly bounced: number;
  readonly unsubscribed: number;
}

/** `GET /v1/cadences/{id}/funnel?version=`: `version` null counts all of them. */
export interface Funnel {
  readonly cadenceId: string;
  readonly version: number | null;
  readonly versions: readonly number[];
  readonly enrolled: number;
  readonly states: {
    readonly active: number;
    readonly paused: number;
    readonly held: number;
    readonly completed: number;
    readonly unenrolled: number;
    readonly exited: number;
  };
  readonly exits: Readonly<Record<string, number>>;
  readonly steps: readonly FunnelStep[];
  readonly days: readonly { readonly day: string; readonly sent: number; readonly replied: number }[];
}

const FRESH_MS = 60_000;

/** The funnel of one cadence; of one of its versions where one is named. */
export function useFunnel(cadenceId: string, version?: string) {
  return useRead<Funnel>(
    `/v1/cadences/${cadenceId}/funnel`,
    { version },
    { staleMs: FRESH_MS, keep: version !== undefined },
  );
}

/** How many have replied, in all steps together. */
export function repliedOf({ steps }: Funnel): number {
  return steps.reduce((sum, { replied }) => sum + replied, 0);
}
