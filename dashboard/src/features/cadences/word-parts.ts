import { diffWordsWithSpace } from "diff";

/** A piece of two texts: in both, only in the first (`gone`) or only in the second (`new`). */
export interface WordPart {
  /** Names it among its pieces. */
  readonly key: string;
  readonly in: "both" | "gone" | "new";
  readonly text: string;
}

/** Compares two texts word by word. */
export function wordParts(before: string, after: string): WordPart[] {
  return diffWordsWithSpace(before, after).map(({ value, added, removed }, index) => ({
    key: String(index),
    in: added ? "new" : removed ? "gone" : "both",
    text: value,
  }));
}
