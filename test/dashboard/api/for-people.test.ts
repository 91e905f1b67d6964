import { expect, test } from "vitest";
import { forPeople } from "../../../dashboard/src/api/for-people.ts";

test("a person whose session has ended isn't told of API keys", () => {
  expect(forPeople(401, { detail: "Send your API key as …" }).detail).not.toContain("API key");
});

test("what isn't there is told without a key, and keeps the request's id", () => {
  const told = forPeople(404, { detail: "There is nothing here that this key may see.", instance: "req_x" });
  expect(told.detail).not.toContain("key");
  expect(told.instance).toBe("req_x");
});

test("every other refusal stays in the engine's own words", () => {
  const problem = { detail: "The lead is suppressed.", code: "suppressed" } as const;
  expect(forPeople(409, problem as never)).toBe(problem);
  expect(forPeople(404, { detail: "No mail of that id was kept." }).detail).toBe("No mail of that id was kept.");
});
