declare namespace Cloudflare {
  interface Env {
    /** Given by the test set-up only (test/vitest.workerd.config.ts). */
    TEST_MIGRATIONS: import("cloudflare:test").D1Migration[];
  }
}
