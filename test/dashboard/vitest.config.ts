import { defineProject } from "vitest/config";

/** What the dashboard decides without a browser, in plain Node. */
export default defineProject({ test: { name: "dashboard", include: ["**/*.test.ts"] } });
