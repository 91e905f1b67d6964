import { env } from "cloudflare:workers";
import { afterEach, expect, test, vi } from "vitest";
import { customer, publishedCadence } from "../../../support/cadences.ts";

afterEach(() => vi.restoreAllMocks());

test("run-now wakes the enrollments of this cadence behind the answer", async () => {
  const { ask, tenantId } = await customer();
  const id = await publishedCadence(ask);
  const send = vi.spyOn(env.JOB_QUEUE, "send");
  const { status, body } = await ask.post(`/v1/cadences/${id}/run-now`);
  expect([status, body]).toEqual([202, { ok: true }]);
  expect(send).toHaveBeenCalledWith({
    type: "wake",
    tenantId,
    mode: "sandbox",
    where: { cadenceId: id },
    cause: "run_now",
    afterSeq: 0,
  });
});
