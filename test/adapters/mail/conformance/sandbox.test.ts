import { applyD1Migrations } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach } from "vitest";
import { sandboxProvider } from "../../../../adapters/mail/providers/sandbox.ts";
import { readRaw } from "../../../support/far-side.ts";
import { testConformance } from "./run-conformance.ts";

const owner = { tenantId: "ten_1", enrollmentId: "enr_1" };

// All files share one database, whichever comes first: what is put away here is put back.
beforeEach(async () => {
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
  await env.DB.exec("DELETE FROM sandbox_mail");
  return async () => {
    if (await isAway()) await env.DB.exec("ALTER TABLE sandbox_mail_away RENAME TO sandbox_mail");
  };
});

testConformance({
  name: "sandbox",
  async arrange(situation) {
    if (situation === "asks_to_try_later") await env.DB.exec("ALTER TABLE sandbox_mail RENAME TO sandbox_mail_away");
    else if (situation !== "takes_everything")
      return { notApplicable: "the sandbox has no far side that could do that" };
    return { provider: sandboxProvider(env.DB, owner), received };
  },
});

async function isAway(): Promise<boolean> {
  return (await env.DB.prepare("SELECT 1 FROM sqlite_master WHERE name = 'sandbox_mail_away'").first()) !== null;
}

async function received() {
  const { results } = await env.DB.prepare(
    "SELECT raw FROM sandbox_mail WHERE tenant_id = ? AND enrollment_id = ? ORDER BY send_key",
  )
    .bind(owner.tenantId, owner.enrollmentId)
    .all<{ raw: string }>();
  return Promise.all(results.map(({ raw }) => readRaw(raw)));
}
