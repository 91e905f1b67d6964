/**
 * Whether objects and arrays stand deeper in each other than `levelsMax`. Level by level and without recursion: what comes
 * from outside must not be able to run the stack full, here or in `JSON.stringify`.
 */
export function isDeeperThan(value: unknown, levelsMax: number): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; depth <= levelsMax; depth += 1) {
    level = level.flatMap((item) => (typeof item === "object" && item !== null ? Object.values(item) : []));
    if (level.length === 0) return false;
  }
  return true;
}
