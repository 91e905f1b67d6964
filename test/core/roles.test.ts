import { describe, expect, test } from "vitest";
import { type Actor, mayGive } from "../../core/actor.ts";
import { ROLES, type Role, roleOf, scopesOf } from "../../core/roles.ts";
import { holds, SCOPES, type Scope } from "../../core/scope.ts";

/** Each thing by itself; everything at once is an admin's to take out. */
const isRead = (scope: Scope) => scope.endsWith(":read") && scope !== "data:read";
const OPERATED: readonly Scope[] = ["enrollments:write", "inbound:write", "suppressions:write", "sandbox:write"];

describe("what a role may", () => {
  test.each<[Role, (scope: Scope) => boolean]>([
    ["viewer", isRead],
    ["operator", (scope) => isRead(scope) || OPERATED.includes(scope)],
    ["admin", () => true],
    ["owner", () => true],
  ])("%s: exactly this, of every scope there is", (role, may) => {
    expect(SCOPES.filter((scope) => holds(scopesOf(role), scope))).toEqual(SCOPES.filter(may));
  });

  test("each role may all that the one below it may", () => {
    for (const [higher, lower] of [
      ["owner", "admin"],
      ["admin", "operator"],
      ["operator", "viewer"],
    ] as const)
      expect(SCOPES.filter((scope) => holds(scopesOf(lower), scope) && !holds(scopesOf(higher), scope))).toEqual([]);
  });

  test.each(["", "Owner", "member", "owner,admin", "viewer "])("%j is no role", (text) => {
    expect(roleOf(text)).toBeNull();
  });
});

describe("who may make somebody what", () => {
  const as = (role: Role): Actor => ({ kind: "person", id: "usr_x", email: "x@acme.example", role });
  const key: Actor = { kind: "key", id: "key_x", name: "x", last4: "aaaa" };

  test.each<[string, Actor, Parameters<typeof mayGive>[1], Role[]]>([
    ["an owner", as("owner"), "all", ["owner", "admin", "operator", "viewer"]],
    ["an admin", as("admin"), "all", ["admin", "operator", "viewer"]],
    ["a key that may everything", key, "all", ["admin", "operator", "viewer"]],
    [
      "a key that manages members and may what an operator may",
      key,
      [...scopesOf("operator"), "members:write"] as Scope[],
      ["operator", "viewer"],
    ],
    ["a key that manages members and no more", key, ["members:write"], []],
  ])("%s", (_, actor, own, given) => {
    expect(ROLES.filter((role) => mayGive(actor, own, role))).toEqual(given);
  });

  test("a role that we don't know can be taken away", () => {
    expect(mayGive(as("admin"), "all", "owner,admin")).toBe(true);
  });
});
