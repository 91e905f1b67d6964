import { groupBy } from "../../../tools/demo/group-by.ts";
import { type Evidence, isDraft, kindOf } from "./judge.ts";
import type { Kind } from "./kind.ts";

/** One line a kind: what was asked of it, what the log calls that, and what became of its leads. */
export function resultTable(
  { lines, enrollments, mails }: Evidence,
  kinds: readonly Kind[],
  kindOfCadence: ReadonlyMap<string, string>,
): string {
  const rows = kinds.map(({ name }) => {
    const drafts = lines.filter((line) => isDraft(line) && kindOfCadence.get(line.cadenceId ?? "") === name);
    const own = enrollments.filter(({ leadExternalId }) => kindOf(leadExternalId) === name);
    return [
      name,
      String(drafts.length),
      tally(drafts.map(({ outcome }) => outcome ?? "none")),
      tally(
        own.map(({ state, phase, heldReason }) =>
          state === "active" ? phase : [state, heldReason].filter(Boolean).join(":"),
        ),
      ),
      String(mails.filter(({ to }) => kindOf(to) === name).length),
    ];
  });
  const table = [["kind", "attempts", "reason codes", "leads end as", "mails"], ...rows];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  return table.map((row) => row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join("  ")).join("\n");
}

function tally(words: readonly string[]): string {
  return [...groupBy(words, (word) => word)].map(([word, { length }]) => `${word} ${length}`).join(", ");
}
