import { defineProject } from "vitest/config";

/** The dashboard in a real browser. Last, by itself: a browser that draws would take the time that others measure. */
export default defineProject({
  test: {
    name: "browser",
    include: ["**/*.test.ts"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    sequence: { groupOrder: 2 },
  },
});
