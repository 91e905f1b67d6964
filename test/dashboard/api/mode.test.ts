import { beforeEach, expect, test, vi } from "vitest";

/** What two tabs of one browser share, and what each has for itself. */
const shared = new Map<string, string>();

beforeEach(() => shared.clear());

test("a tab stays in its mode when another one goes over", async () => {
  const first = await openTab();
  const second = await openTab();
  expect(first.currentMode()).toBe("test");
  second.switchMode("live");
  expect(second.currentMode()).toBe("live");
  expect(first.currentMode()).toBe("test");
});

test("a tab that is opened afterwards begins with the mode that was chosen last", async () => {
  (await openTab()).switchMode("live");
  expect((await openTab()).currentMode()).toBe("live");
});

test("elsewhere than on one's own machine one begins live", async () => {
  expect((await openTab("app.example.com")).currentMode()).toBe("live");
});

async function openTab(hostname = "localhost") {
  vi.resetModules();
  vi.stubGlobal("location", { hostname });
  vi.stubGlobal("localStorage", storageOf(shared));
  vi.stubGlobal("sessionStorage", storageOf(new Map()));
  return import("../../../dashboard/src/api/mode.ts");
}

function storageOf(kept: Map<string, string>) {
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
}
