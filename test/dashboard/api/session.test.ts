import { beforeEach, expect, test, vi } from "vitest";

beforeEach(() => vi.resetModules());

test("whoever was never signed in on this page may be led away: nothing was typed yet", async () => {
  const { noteSignedOut } = await import("../../../dashboard/src/api/session.ts");
  expect(noteSignedOut()).toBe(true);
});

test("whose session ends while they work keeps the page, and what they typed on it", async () => {
  const { noteSignedIn, noteSignedOut } = await import("../../../dashboard/src/api/session.ts");
  noteSignedIn();
  expect(noteSignedOut()).toBe(false);
  noteSignedIn();
  expect(noteSignedOut()).toBe(false);
});
