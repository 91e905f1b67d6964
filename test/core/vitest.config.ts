import { defineProject } from "vitest/config";

/** The core is pure: its tests run in plain Node with the clock and the dice taken away. */
export default defineProject({
  test: { name: "core", include: ["**/*.test.ts"], setupFiles: ["./no-clock-no-dice.ts"] },
});
