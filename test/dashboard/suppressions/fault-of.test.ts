import { expect, test } from "vitest";
import { Refusal } from "../../../dashboard/src/api/call.ts";
import { faultOf } from "../../../dashboard/src/features/suppressions/fault-of.ts";

const refusal = (...places: readonly string[]) =>
  new Refusal(422, { errors: places.map((pointer) => ({ pointer, detail: "Too small" })) });

test("what can't be suppressed is named as it was typed", () => {
  const told = faultOf(refusal("/entries/1/value"), ["a@x.example", "an", "b@x.example"]);
  expect(told).toContain("“an” is neither");
  expect(told).not.toContain("entries");
});

test("of many only some are named, and the rest counted", () => {
  const asked = Array.from({ length: 9 }, (_, index) => `bad${index}`);
  expect(faultOf(refusal(...asked.map((_, index) => `/entries/${index}/value`)), asked)).toContain("and 4 more are");
});

test("a refusal about something else is left to the engine's words", () => {
  expect(faultOf(refusal("/entries"), ["a"])).toBeUndefined();
  expect(faultOf(new Error("no"), ["a"])).toBeUndefined();
});
