import { defineProject } from "vitest/config";

/** What the dashboard reckons by itself, without a browser: plain Node. */
export default defineProject({
  test: { name: "dashboard", include: ["**/*.test.ts"] },
});
