interface Line {
  readonly id: string;
}

/** What a look at the newest lines brought: those that weren't known, newest first; `isGap` when there may be more between. */
export interface Tail<Row extends Line> {
  readonly fresh: readonly Row[];
  readonly isGap: boolean;
}

/** Of the newest page, newest first, whatever stands before the first line that is known. */
export function mergeTail<Row extends Line>(
  known: ReadonlySet<string>,
  newest: readonly Row[],
  isWhole: boolean,
): Tail<Row> {
  const fresh = newest.filter(({ id }) => !known.has(id));
  return { fresh, isGap: fresh.length === newest.length && fresh.length > 0 && !isWhole && known.size > 0 };
}
