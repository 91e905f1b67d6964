import { defineProject } from "vitest/config";

/** What of the dashboard is pure: in plain Node. */
export default defineProject({
  test: { name: "dashboard", include: ["**/*.test.ts"] },
});
