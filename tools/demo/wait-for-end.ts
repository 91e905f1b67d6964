import { setTimeout as wait } from "node:timers/promises";
import { EnrollmentSummary } from "../../core/contract/enrollment.ts";
import type { Api } from "./api.ts";
import type { FarSide } from "./far-side-process.ts";
import type { Lead } from "./leads.ts";
import { ENDINGS, mailsOf, partOf } from "./plot.ts";
import type { Snapshot } from "./progress.ts";

/** What is watched, and for how long at most. */
export interface Watch {
  readonly api: Api;
  readonly farSide: FarSide;
  readonly cadenceId: string;
  readonly leads: readonly Lead[];
  readonly patienceMs: number;
}

const LOOK_EVERY_MS = 500;
/** Nothing more may come after the end, so we listen a while longer. */
const QUIET_MS = 2_000;

/** Shows each look until every lead stands where its part ends and all is quiet; false when time ran out. */
export async function waitForEnd(watch: Watch, show: (snapshot: Snapshot) => void): Promise<boolean> {
  const { api, farSide, cadenceId, leads, patienceMs } = watch;
  const startedAt = Date.now();
  while (Date.now() - startedAt < patienceMs) {
    const [counts, summaries] = await Promise.all([
      farSide.counts(),
      api.all(`/v1/enrollments?cadenceId=${cadenceId}`, EnrollmentSummary, 200),
    ]);
    const snapshot = { seconds: (Date.now() - startedAt) / 1000, counts, summaries };
    show(snapshot);
    if (isOver(leads, snapshot) && Date.now() - counts.lastAt > QUIET_MS) return true;
    await wait(LOOK_EVERY_MS);
  }
  return false;
}

function isOver(leads: readonly Lead[], { counts, summaries }: Snapshot): boolean {
  return leads.every(({ externalId }) => {
    const ending = ENDINGS[partOf(externalId)];
    const summary = summaries.find((row) => row.leadExternalId === externalId);
    return summary?.state === ending.state && (counts.mails[externalId] ?? 0) >= mailsOf(ending);
  });
}
