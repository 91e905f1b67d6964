import { describe, expect, it } from "vitest";
import { ROLES as ENGINE_ROLES } from "../../../core/roles.ts";
import { SCOPES } from "../../../core/scope.ts";
import {
  ACTIONS,
  changedFields,
  instantOf,
  nameAction,
  nameActor,
} from "../../../dashboard/src/features/settings/audit-words.ts";
import { fromRows, toRows } from "../../../dashboard/src/features/settings/blackout-rows.ts";
import {
  addressesIn,
  CHAPTER_NAMES,
  sayScopes,
  scopesOf,
} from "../../../dashboard/src/features/settings/key-scopes.ts";
import { daysOf, shorterTerms } from "../../../dashboard/src/features/settings/retention-terms.ts";
import { mayChange, ROLE_NAMES, rolesToGive } from "../../../dashboard/src/features/settings/roles.ts";
import { sayQuota } from "../../../dashboard/src/features/settings/say-quota.ts";
import { ACTS } from "../../../worker/audit/acts.ts";

describe("the audit log", () => {
  it("has plain words for every act of a route", () => {
    for (const action of Object.values(ACTS)) expect(Object.keys(ACTIONS)).toContain(action);
    expect(nameAction("moon.land")).toBe("moon.land");
  });

  it("puts before and after of a field next to each other", () => {
    expect(changedFields({ before: { name: "A", cap: 1 }, after: { name: "B" } })).toEqual([
      { name: "name", before: "A", after: "B" },
      { name: "cap", before: 1, after: undefined },
    ]);
    expect(changedFields({ before: null, after: null })).toEqual([]);
  });

  it("names who acted, a part of ours too", () => {
    expect(nameActor({ kind: "key", id: "key_1", label: "CRM …x7Qa" })).toBe("CRM …x7Qa");
    expect(nameActor({ kind: "system", id: "spam_guard", label: null })).toBe("The spam guard");
    expect(nameActor({ kind: "link", id: "enr_1", label: null })).toBe("Whoever held a link");
  });

  it("takes the whole last day, and no day that is none", () => {
    expect(instantOf("2026-11-21", "begins")).toBe("2026-11-21T00:00:00.000Z");
    expect(instantOf("2026-11-21", "ends")).toBe("2026-11-22T00:00:00.000Z");
    expect(instantOf("yesterday", "begins")).toBeUndefined();
    expect(instantOf(undefined, "ends")).toBeUndefined();
  });
});

describe("keys", () => {
  it("offers every chapter of the API, and only those", () => {
    const chapters = new Set(SCOPES.map((scope) => scope.slice(0, scope.indexOf(":"))));
    expect([...CHAPTER_NAMES].sort()).toEqual([...chapters].sort());
  });

  it("gives what was chosen and nothing else", () => {
    expect(scopesOf({ log: "read", cadences: "write", keys: "none" })).toEqual(["cadences:write", "log:read"]);
    expect(scopesOf({})).toEqual([]);
  });

  it("says what a key may, and a write once only", () => {
    expect(sayScopes(null)).toBe("Everything");
    expect(sayScopes(["cadences:read", "cadences:write", "log:read"])).toBe("writes cadences; reads log");
  });

  it("reads addresses as they are typed", () => {
    expect(addressesIn(" 203.0.113.7,\n2001:db8::/32 ;")).toEqual(["203.0.113.7", "2001:db8::/32"]);
  });
});

describe("members", () => {
  it("knows every role of the engine", () => {
    expect([...ROLE_NAMES]).toEqual([...ENGINE_ROLES]);
  });

  it("lets nobody but an owner make or unmake owners", () => {
    expect(rolesToGive("owner")).toContain("owner");
    expect(rolesToGive("admin")).not.toContain("owner");
    expect(rolesToGive(null)).not.toContain("owner");
    expect(mayChange("admin", "owner")).toBe(false);
    expect(mayChange("admin", "viewer")).toBe(true);
  });
});

describe("the workspace", () => {
  it("asks before terms that would delete something", () => {
    const kept = { bodiesDays: 30, logDays: null, messagesDays: 90 };
    expect(shorterTerms(kept, { bodiesDays: 7, logDays: 400, messagesDays: 90 })).toEqual(["bodiesDays", "logDays"]);
    expect(shorterTerms(kept, { bodiesDays: 60, logDays: null, messagesDays: null })).toEqual([]);
    expect([daysOf(" "), daysOf("30")]).toEqual([null, 30]);
  });

  it("sends the days without sending as they were read", () => {
    const dates = [{ from: "2026-12-24", to: "2027-01-02", note: "Between the years" }, { from: "2026-12-01" }];
    expect(fromRows(toRows(dates))).toEqual(dates);
  });

  it("says when a quota is near or used up", () => {
    expect(sayQuota(1_200, null)).toEqual({ text: "1,200, without a bound", percent: null, danger: "none" });
    expect(sayQuota(79, 100).danger).toBe("none");
    expect(sayQuota(80, 100).danger).toBe("near");
    expect(sayQuota(130, 100)).toEqual({ text: "130 of 100", percent: 100, danger: "over" });
    expect(sayQuota(0, 0).danger).toBe("over");
  });
});
