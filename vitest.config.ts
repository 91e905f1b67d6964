import { defineConfig } from "vitest/config";

/** One run of all rooms: `core` in plain Node, what needs the platform in workerd, whole programs in Node, the dashboard in a browser. */
export default defineConfig({
  test: {
    projects: [
      "test/core/vitest.config.ts",
      "test/dashboard/vitest.config.ts",
      "test/vitest.workerd.config.ts",
      "test/e2e/vitest.config.ts",
      "test/e2e/dashboard/vitest.config.ts",
    ],
  },
});
