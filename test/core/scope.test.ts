import { expect, test } from "vitest";
import { holds, knownScopes, SCOPES, type Scopes, scopesBeyond } from "../../core/scope.ts";

test("there is a scope to read and one to write for each chapter of the API", () => {
  expect(SCOPES).toHaveLength(28);
  expect(new Set(SCOPES).size).toBe(28);
});

test.each<[Scopes, Scopes[number] & string, boolean]>([
  ["all", "keys:write", true],
  [["cadences:read"], "cadences:read", true],
  [["cadences:write"], "cadences:read", true],
  [["cadences:read"], "cadences:write", false],
  [["cadences:write"], "enrollments:read", false],
  [[], "log:read", false],
])("%j holds %s: %s", (scopes, needed, expected) => {
  expect(holds(scopes, knownScopes([needed])[0] ?? "keys:write")).toBe(expected);
});

test("who has some may give these and no others; who has all may give all", () => {
  expect(scopesBeyond("all", "all")).toEqual([]);
  expect(scopesBeyond(["log:write"], ["log:read", "log:write"])).toEqual([]);
  expect(scopesBeyond(["log:read"], ["log:read", "log:write", "keys:read"])).toEqual(["log:write", "keys:read"]);
  expect(scopesBeyond(["log:write"], "all")).toHaveLength(26);
});

test("a word that is no scope opens nothing", () => {
  expect(knownScopes(["log:read", "log:erase", "*", "all"])).toEqual(["log:read"]);
});
