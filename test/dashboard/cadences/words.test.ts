import { describe, expect, it } from "vitest";
import { stepFaultsOf } from "../../../dashboard/src/features/cadences/step-faults.ts";
import { delayFields, delayOf, sayDelay } from "../../../dashboard/src/features/cadences/step-words.ts";
import { wordParts } from "../../../dashboard/src/features/cadences/word-parts.ts";

describe("a delay", () => {
  it("is said in the unit that it was given in, however it is stored", () => {
    const given = [
      { amount: 2, unit: "day" },
      { amount: 1, unit: "hour" },
      { amount: 7, unit: "hour" },
      { amount: 45, unit: "minute" },
      { amount: 90, unit: "second" },
    ] as const;
    for (const delay of given) expect(delayOf(delayFields(delay))).toEqual(delay);
    expect(given.map(sayDelay)).toEqual(["2 days", "1 hour", "7 hours", "45 minutes", "90 seconds"]);
  });

  it("of a day and a half is told in hours", () => {
    expect(sayDelay(delayOf({ delayDays: 1.5 }))).toBe("36 hours");
  });

  it("takes days and seconds together", () => {
    expect(sayDelay(delayOf({ delayDays: 1, delaySeconds: 60 }))).toBe("1,441 minutes");
  });
});

describe("the difference of two texts", () => {
  it("marks the words that are new, and leaves the others", () => {
    expect(wordParts("A short mail", "A very short mail").filter((part) => part.in !== "both")).toMatchObject([
      { in: "new", text: expect.stringContaining("very") },
    ]);
  });

  it("puts the whole new text after the whole old one where they have next to nothing in common", () => {
    expect(wordParts("Ask for a meeting", "Close this now, a last word").map((part) => part.in)).toEqual([
      "gone",
      "both",
      "new",
    ]);
  });
});

describe("what the engine found wrong", () => {
  it("stays with the step that it was found in, whatever place that has by now", () => {
    const problem = {
      errors: [
        { pointer: "/steps/1/staticBody", detail: "needs a staticBody" },
        { pointer: "/steps/0", detail: "is no step" },
        { pointer: "/steps/9/kind", detail: "was never sent" },
        { pointer: "/name", detail: "is of no step" },
        { parameter: "limit", detail: "is of no body" },
      ],
    };
    expect(stepFaultsOf(problem, ["a", "b"])).toEqual({
      a: { "": "is no step" },
      b: { staticBody: "needs a staticBody" },
    });
  });
});
