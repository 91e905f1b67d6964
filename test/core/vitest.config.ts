import { defineProject } from "vitest/config";

/** The core is pure: its tests run in plain Node with the clock and the dice taken away. On all cores, when nothing else measures. */
export default defineProject({
  test: {
    name: "core",
    include: ["**/*.test.ts"],
    setupFiles: ["./no-clock-no-dice.ts"],
    maxWorkers: 2,
    sequence: { groupOrder: 3 },
  },
});
