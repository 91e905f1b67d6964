import type { Funnel } from "../../../../core/contract/funnel.ts";
import { useRead } from "../../api/queries.ts";

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

/** How many messages each step has sent, in the steps' order; steps that send nothing are left out. */
export function sentByStep({ steps }: Funnel): readonly number[] {
  return steps.flatMap(({ kind, sent }) => (kind === "wait" ? [] : [sent]));
}
