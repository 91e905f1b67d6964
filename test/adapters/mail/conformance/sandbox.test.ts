import { env } from "cloudflare:workers";
import { beforeEach } from "vitest";
import { sandboxProvider } from "../../../../adapters/mail/providers/sandbox.ts";
import { readRaw } from "../../../support/far-side.ts";
import { testConformance } from "./run-conformance.ts";

const owner = { tenantId: "ten_1", enrollmentId: "enr_1" };

beforeEach(async () => {
  await env.DB.exec("DROP TABLE IF EXISTS sandbox_mail");
  await env.DB.exec(
    "CREATE TABLE sandbox_mail (send_key TEXT PRIMARY KEY, tenant_id TEXT NOT NULL, enrollment_id TEXT NOT NULL, at INTEGER NOT NULL, from_email TEXT NOT NULL, to_email TEXT NOT NULL, subject TEXT NOT NULL, raw TEXT NOT NULL) WITHOUT ROWID",
  );
});

testConformance({
  name: "sandbox",
  async arrange(situation) {
    if (situation === "asks_to_try_later") await env.DB.exec("DROP TABLE sandbox_mail");
    else if (situation !== "takes_everything")
      return { notApplicable: "the sandbox has no far side that could do that" };
    return { provider: sandboxProvider(env.DB, owner), received };
  },
});

async function received() {
  const { results } = await env.DB.prepare(
    "SELECT raw FROM sandbox_mail WHERE tenant_id = ? AND enrollment_id = ? ORDER BY send_key",
  )
    .bind(owner.tenantId, owner.enrollmentId)
    .all<{ raw: string }>();
  return Promise.all(results.map(({ raw }) => readRaw(raw)));
}
