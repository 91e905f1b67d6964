import { defineProject } from "vitest/config";

/** Whole programs: the built Worker under workerd, real sockets, a far side in another process. */
export default defineProject({
  test: {
    name: "e2e",
    include: ["**/*.test.ts", "../chaos/**/*.test.ts", "../repo/**/*.test.ts"],
    exclude: ["dashboard/**"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // They wait for leases and timeouts more than they work: two at a time, when the other projects are through.
    maxWorkers: 2,
    sequence: { groupOrder: 1 },
  },
});
