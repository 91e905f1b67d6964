import { expect, test } from "vitest";
import { nameActors } from "../../../dashboard/src/features/enrollments/name-actors.ts";

const WAITS = "Step 3 waits, because paused by usr_abc.";

test("who paused an enrollment is named, and not by an id", () => {
  expect(nameActors(WAITS, "usr_abc", {})).toBe("Step 3 waits, because it was paused by you.");
  expect(nameActors(WAITS, "usr_me", { usr_abc: "jane@example.com" })).toContain("paused by jane@example.com.");
  expect(nameActors(WAITS, "usr_me", {})).toContain("paused by somebody of this workspace.");
  expect(nameActors("paused by key_1", undefined, {})).toBe("paused by an API key");
});

test("a sentence without anybody stays as it is", () => {
  expect(nameActors("Step 1 waits until Monday.", "usr_me", {})).toBe("Step 1 waits until Monday.");
});
