import { expect, test } from "vitest";
import { ACTS, actsFor, requestsOf } from "../../../dashboard/src/features/held/held-acts.ts";

const held = { heldReason: "review_requested", body: "Hello", about: "step" } as const;

test("what is offered is what the engine would take", () => {
  expect(actsFor(held)).toEqual(["release", "edit", "retry", "skip"]);
  expect(actsFor({ ...held, body: null, heldReason: "draft_failed" })).toEqual(["edit", "retry", "skip"]);
  expect(actsFor({ ...held, about: "reply" })).toEqual(["release", "edit", "skip"]);
  expect(actsFor({ ...held, heldReason: null })).toEqual([]);
});

test("a message that may have arrived can't be released, edited or asked for again", () => {
  expect(actsFor({ ...held, heldReason: "ambiguous" })).toEqual(["arrived", "again", "skip"]);
});

test("no two acts have one key, and none is taken by the list", () => {
  const keys = Object.values(ACTS).map(({ key }) => key);
  expect(new Set([...keys, "j", "k", "g"]).size).toBe(keys.length + 3);
});

test("edited words are put in before they are released", () => {
  const words = { subject: null, body: "Mine" };
  expect(requestsOf("edit", "drf_x", words)).toEqual([
    { path: "/v1/drafts/drf_x/edit", body: words },
    { path: "/v1/drafts/drf_x/release", body: {} },
  ]);
  expect(requestsOf("again", "drf_x", null)).toEqual([{ path: "/v1/drafts/drf_x/settle", body: { arrived: false } }]);
  expect(requestsOf("arrived", "drf_x", null)).toEqual([{ path: "/v1/drafts/drf_x/settle", body: { arrived: true } }]);
});
