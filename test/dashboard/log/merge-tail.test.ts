import { describe, expect, test } from "vitest";
import { mergeTail } from "../../../dashboard/src/features/log/merge-tail.ts";

const lines = (...ids: readonly string[]) => ids.map((id) => ({ id }));

describe("What the live tail puts above the list", () => {
  test("is what wasn't known, newest first", () => {
    expect(mergeTail(new Set(["b", "a"]), lines("d", "c", "b", "a"), true)).toEqual({
      fresh: lines("d", "c"),
      isGap: false,
    });
  });

  test("is nothing when nothing came", () => {
    expect(mergeTail(new Set(["b", "a"]), lines("b", "a"), true)).toEqual({ fresh: [], isGap: false });
  });

  test("may have a gap under it when all of a full page is new: more came than was looked at", () => {
    expect(mergeTail(new Set(["a"]), lines("d", "c"), false).isGap).toBe(true);
    expect(mergeTail(new Set(["a"]), lines("d", "c"), true).isGap).toBe(false);
    expect(mergeTail(new Set(["c"]), lines("d", "c"), false).isGap).toBe(false);
  });

  test("has no gap where nothing was there before", () => {
    expect(mergeTail(new Set(), lines("b", "a"), false)).toEqual({ fresh: lines("b", "a"), isGap: false });
  });
});
