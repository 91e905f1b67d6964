import { expect, it } from "vitest";
import { shownOf, threadQuery } from "../../../dashboard/src/features/inbox/thread-query.ts";

it("asks for what came in unless the address says otherwise", () => {
  expect(threadQuery({})).toEqual({});
  expect(threadQuery({ show: "all" })).toEqual({ all: true });
  expect(threadQuery({ show: "open" })).toEqual({ answered: false });
  expect(threadQuery({ show: "answered", cadenceId: "cad_1" })).toEqual({ answered: true, cadenceId: "cad_1" });
});

it("doesn't send a search that the API would refuse", () => {
  expect(threadQuery({ search: " a " })).toEqual({});
  expect(threadQuery({ search: " ab " })).toEqual({ search: "ab" });
});

it("leaves out what an address names that there isn't", () => {
  expect(shownOf("constructor")).toBeUndefined();
  expect(threadQuery({ show: "nonsense" })).toEqual({});
});
