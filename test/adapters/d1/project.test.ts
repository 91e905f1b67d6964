import { applyD1Migrations } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, expect, test } from "vitest";
import type { LogMessage } from "../../../adapters/d1/log-message.ts";
import { project } from "../../../adapters/d1/project.ts";
import type { Exchange } from "../../../core/journal.ts";

const EXCHANGE: Exchange = {
  endpointId: "end_x",
  url: "https://drafter.example/hook",
  startedAt: 1,
  requestHeaders: { "webhook-id": "drf_x" },
  requestBody: '{"a":"ü"}',
  status: 200,
  responseHeaders: {},
  responseBody: '{"body":"x"}',
  responseEncoding: "utf-8",
  responseBytes: 12,
  responseSha256: "5ha",
  responseCut: false,
  firstByteMs: 3,
  totalMs: 4,
  traceId: "t",
  outcome: "answered",
  reason: null,
};

beforeEach(() => applyD1Migrations(env.DB, env.TEST_MIGRATIONS));

function message(
  enrollmentId: string,
  revision: number,
  lines: LogMessage["lines"],
  state: "active" | "exited" = "active",
): LogMessage {
  const index = {
    id: enrollmentId,
    revision,
    state,
    exitReason: null,
    phase: "waiting",
    step: revision,
    heldReason: null,
    draftId: null,
    nextDueAt: 5,
    leadName: "J",
    leadEmail: null,
    formerEmails: null,
    updatedAt: 9,
  };
  return {
    tenantId: "ten_p",
    mode: "live",
    enrollmentId,
    mailboxId: null,
    cadenceId: "cad_p",
    version: 1,
    index,
    lines,
  };
}

function exchangeLine(n: number): LogMessage["lines"][number] {
  return {
    n,
    entry: {
      kind: "exchange",
      at: 1,
      about: "draft",
      subjectId: "drf_x",
      eventType: "cadence.step.draft.requested",
      step: 0,
      attempt: 1,
      exchange: EXCHANGE,
      outcome: "answered",
      reason: null,
      decision: "body",
    },
  };
}

async function indexed(id: string) {
  await env.DB.prepare(
    "INSERT INTO enrollments (id, tenant_id, mode, cadence_id, version, lead_external_id, beginning, state, phase, created_at, updated_at) VALUES (?, 'ten_p', 'live', 'cad_p', 1, ?, '{}', 'active', 'waiting', 0, 0)",
  )
    .bind(id, id)
    .run();
}

async function state(id: string) {
  return env.DB.prepare("SELECT state, revision FROM enrollments WHERE id = ?").bind(id).first();
}

test("queue messages that come twice and out of order leave the same rows, and the index only goes forward", async () => {
  await indexed("enr_pa");
  const [older, newer] = [message("enr_pa", 3, [exchangeLine(1)]), message("enr_pa", 7, [exchangeLine(2)], "exited")];
  await project(env.DB, env.BODIES, [newer, older, newer]);
  await project(env.DB, env.BODIES, [older]);
  const { results } = await env.DB.prepare(
    "SELECT entry FROM journal WHERE enrollment_id = 'enr_pa' ORDER BY entry",
  ).all();
  expect(results).toEqual([{ entry: 1 }, { entry: 2 }]);
  expect(await state("enr_pa")).toEqual({ state: "exited", revision: 7 });
});

test("the exact bytes lie in R2 under the tenant and the enrollment, and the row has their hash", async () => {
  await project(env.DB, env.BODIES, [message("enr_pb", 1, [exchangeLine(1)])]);
  const row = await env.DB.prepare(
    "SELECT body_key AS bodyKey, request_bytes AS requestBytes, request_sha256 AS sha FROM journal WHERE enrollment_id = 'enr_pb'",
  ).first<{ bodyKey: string; requestBytes: number; sha: string }>();
  expect(row?.bodyKey).toBe("ten_p/enr_pb/exchange-000001.json");
  expect(row?.requestBytes).toBe(10);
  const stored = await (await env.BODIES.get(row?.bodyKey ?? ""))?.json<{ request: { body: string } }>();
  expect(stored?.request.body).toBe(EXCHANGE.requestBody);
});

test("a hundred messages of a busy minute are a few statements", async () => {
  const batch = Array.from({ length: 100 }, (_, n) => message(`enr_pc${n}`, 1, [exchangeLine(1)]));
  await project(env.DB, env.BODIES, batch);
  expect(
    await env.DB.prepare(
      "SELECT count(*) AS n FROM journal WHERE tenant_id = 'ten_p' AND enrollment_id LIKE 'enr_pc%'",
    ).first("n"),
  ).toBe(100);
});
