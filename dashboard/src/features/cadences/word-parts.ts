import { diffWordsWithSpace } from "diff";

/** A piece of two texts: in both, only in the first (`gone`) or only in the second (`new`). */
export interface WordPart {
  /** Names it among its pieces. */
  readonly key: string;
  readonly in: "both" | "gone" | "new";
  readonly text: string;
}

/** With less of the longer text in common than this, single words that both happen to have say nothing. */
const COMMON_MIN = 0.35;

/** Compares two texts word by word; two that have little in common as wholes. */
export function wordParts(before: string, after: string): WordPart[] {
  const parts = diffWordsWithSpace(before, after).map(
    ({ value, added, removed }, index): WordPart => ({
      key: String(index),
      in: added ? "new" : removed ? "gone" : "both",
      text: value,
    }),
  );
  const common = parts.filter((part) => part.in === "both").reduce((sum, { text }) => sum + text.trim().length, 0);
  if (common >= COMMON_MIN * Math.max(before.length, after.length)) return parts;
  return [
    { key: "gone", in: "gone", text: before },
    { key: "between", in: "both", text: " " },
    { key: "new", in: "new", text: after },
  ];
}
