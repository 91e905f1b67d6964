import { afterEach, expect, test, vi } from "vitest";
import { START } from "../../../support/enrollment.ts";
import { restingDraft, wakeUp } from "../../../support/held.ts";
import { api } from "../../../support/worker.ts";

afterEach(wakeUp);

const later = () => new Response(null, { status: 202 });

test("the first valid answer counts; another one is told so", async () => {
  const { completionPath } = await restingDraft(later);
  await api(null).post(completionPath, { subject: "A", body: "First", review: true });
  const { status, body } = await api(null).post(completionPath, { subject: "A", body: "Second" });
  expect([status, body.code]).toEqual([409, "draft_settled"]);
});

test("after expiresAt no answer counts", async () => {
  const { completionPath } = await restingDraft(later);
  vi.setSystemTime(START + 25 * 3600_000);
  const { status, body } = await api(null).post(completionPath, { subject: "A", body: "Too late" });
  expect([status, body.code]).toEqual([409, "draft_expired"]);
});

test("an enrollment that was ended takes no answer any more", async () => {
  const { completionPath, ask, enrollmentId } = await restingDraft(later);
  await ask.post(`/v1/enrollments/${enrollmentId}/unenroll`);
  const { status, body } = await api(null).post(completionPath, { subject: "A", body: "B" });
  expect([status, body.code]).toEqual([409, "draft_settled"]);
});
