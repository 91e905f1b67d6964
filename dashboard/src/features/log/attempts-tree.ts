/** What the tree needs of a line of the log. */
export interface Attempt {
  readonly id: string;
  /** RFC 3339. */
  readonly at: string;
  readonly attempt: number | null;
  readonly redeliveryOf: string | null;
}

/** An attempt with what was sent again of it, and of that. */
export interface AttemptNode<Line extends Attempt> {
  readonly line: Line;
  readonly again: readonly AttemptNode<Line>[];
}

/**
 * The attempts of one request in the order in which they were made, each with its redeliveries under it. A redelivery whose
 * original isn't among them stands by itself.
 */
export function attemptsTree<Line extends Attempt>(lines: readonly Line[]): readonly AttemptNode<Line>[] {
  const inOrder = [...new Map(lines.map((line) => [line.id, line])).values()].sort(byTime);
  const byId = new Map(inOrder.map((line) => [line.id, line]));
  const below = (id: string): readonly AttemptNode<Line>[] =>
    inOrder.filter((line) => line.redeliveryOf === id && !isRoot(line, byId)).map(nodeOf);
  const nodeOf = (line: Line): AttemptNode<Line> => ({ line, again: below(line.id) });
  return inOrder.filter((line) => isRoot(line, byId)).map(nodeOf);
}

/** By itself: no redelivery, one of something unknown, or one that comes back to itself. */
function isRoot(line: Attempt, byId: ReadonlyMap<string, Attempt>): boolean {
  const passed = new Set([line.id]);
  let above = line.redeliveryOf === null ? undefined : byId.get(line.redeliveryOf);
  if (above === undefined) return true;
  while (above !== undefined) {
    if (passed.has(above.id)) return true;
    passed.add(above.id);
    above = above.redeliveryOf === null ? undefined : byId.get(above.redeliveryOf);
  }
  return false;
}

function byTime(one: Attempt, other: Attempt): number {
  return one.at.localeCompare(other.at) || (one.attempt ?? 0) - (other.attempt ?? 0) || one.id.localeCompare(other.id);
}
