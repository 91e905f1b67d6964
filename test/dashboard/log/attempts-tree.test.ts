import { describe, expect, test } from "vitest";
import { type Attempt, type AttemptNode, attemptsTree } from "../../../dashboard/src/features/log/attempts-tree.ts";

function attempt(id: string, second: number, redeliveryOf: string | null = null, number = second): Attempt {
  return { id, at: new Date(second * 1000).toISOString(), attempt: number, redeliveryOf };
}

/** `a(b c(d))` of a tree. */
function drawn(nodes: readonly AttemptNode<Attempt>[]): string {
  return nodes.map(({ line, again }) => (again.length === 0 ? line.id : `${line.id}(${drawn(again)})`)).join(" ");
}

describe("The attempts of a request as a tree", () => {
  test("stand in the order of time, though the log tells the newest first", () => {
    expect(drawn(attemptsTree([attempt("c", 3), attempt("b", 2), attempt("a", 1)]))).toBe("a b c");
  });

  test("have what was sent again under what it repeats, at any depth", () => {
    const lines = [attempt("r2", 9, "r1", 1), attempt("r1", 5, "a", 1), attempt("b", 2), attempt("a", 1)];
    expect(drawn(attemptsTree(lines))).toBe("a(r1(r2)) b");
  });

  test("keep a redelivery whose original is not kept any more", () => {
    expect(drawn(attemptsTree([attempt("r1", 5, "gone"), attempt("b", 2)]))).toBe("b r1");
  });

  test("count a line once that came twice, as when a page was read again", () => {
    expect(drawn(attemptsTree([attempt("a", 1), attempt("a", 1)]))).toBe("a");
  });

  test("end also where lines name each other or themselves, and lose none", () => {
    const lines = [attempt("x", 1, "y"), attempt("y", 2, "x"), attempt("z", 3, "z"), attempt("w", 4, "x")];
    const names = drawn(attemptsTree(lines)).match(/\w/g)?.sort();
    expect(names).toEqual(["w", "x", "y", "z"]);
  });
});
