import { defineConfig } from "drizzle-kit";

/** Only generates SQL; wrangler applies it. */
export default defineConfig({
  dialect: "sqlite",
  driver: "d1-http",
  schema: "./adapters/d1/*schema.ts",
  out: "./migrations",
});
