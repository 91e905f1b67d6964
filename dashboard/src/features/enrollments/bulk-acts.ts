import type { EnrollmentSummary } from "../../../../core/contract/enrollment.ts";

/** What can be done with many. */
export type BulkAct = "pause" | "resume" | "unenroll";

/** So many rows of a list are looked at in one go; whoever has more narrows the filters. */
export const FITTING_MAX = 10_000;

/** Rows that were chosen one by one, or all that fit the list's filters. */
export type Chosen =
  | { readonly kind: "rows"; readonly rows: readonly EnrollmentSummary[] }
  | { readonly kind: "fitting"; readonly query: Readonly<Record<string, string | undefined>> };

/** What is said of each act. */
export const ACT_WORDS = {
  pause: {
    ask: "Pause",
    done: "Paused",
    why: "Nothing new begins for them until they are resumed. A message on its way is still recorded.",
  },
  resume: { ask: "Resume", done: "Resumed", why: "They go on where they stood. Delays and gates still hold." },
  unenroll: {
    ask: "Unenroll",
    done: "Unenrolled",
    why: "Nothing is sent to them any more, for good. It can't be undone.",
  },
} as const satisfies Record<BulkAct, { ask: string; done: string; why: string }>;

const UNDOES = { pause: "resume", resume: "pause" } as const;

/** What takes an act back; null where nothing does. */
export function undoOf(act: BulkAct): BulkAct | null {
  return act === "unenroll" ? null : UNDOES[act];
}

/** Whether the act would change anything about an enrollment in this state. */
export function isFitting(act: BulkAct, { state }: Pick<EnrollmentSummary, "state">): boolean {
  switch (act) {
    case "pause":
      return state === "active" || state === "held";
    case "resume":
      return state === "paused";
    case "unenroll":
      return state === "active" || state === "held" || state === "paused";
  }
}

/** How many of the chosen rows the act is for; null where nobody has counted them. */
export function fittingOf(chosen: Chosen, act: BulkAct): number | null {
  return chosen.kind === "rows" ? chosen.rows.filter((row) => isFitting(act, row)).length : null;
}

/** What a list's page has for this. */
export interface FoundPage {
  readonly data: readonly EnrollmentSummary[];
  readonly nextCursor: string | null;
}

/**
 * Those for which the act is, up to `max` looked at, page by page as they are worked through. Whoever changes on the way doesn't
 * shift the pages: the list is in the order in which people were enrolled.
 */
export async function* findFitting(
  act: BulkAct,
  max: number,
  readPage: (cursor: string | undefined) => Promise<FoundPage>,
  onLooked: (looked: number, fitting: number, isLast: boolean) => void,
): AsyncGenerator<EnrollmentSummary> {
  let cursor: string | undefined;
  let looked = 0;
  let fitting = 0;
  do {
    const { data, nextCursor } = await readPage(cursor);
    const rows = data.slice(0, max - looked);
    const found = rows.filter((row) => isFitting(act, row));
    looked += rows.length;
    fitting += found.length;
    cursor = nextCursor ?? undefined;
    onLooked(looked, fitting, cursor === undefined || looked >= max);
    yield* found;
  } while (cursor !== undefined && looked < max);
}
