import { afterEach, expect, test } from "vitest";
import { restingDraft, wakeUp } from "../../../support/held.ts";
import { api } from "../../../support/worker.ts";

afterEach(wakeUp);

const ANSWER = { subject: "A", body: "B" };

test("a token that isn't this draft's opens nothing, whatever is wrong with it", async () => {
  const { completionPath, ask, enrollmentId, draftId } = await restingDraft(() => new Response(null, { status: 202 }));
  const [path, token] = completionPath.split("?token=") as [string, string];
  const wrong = [`${token.slice(0, -1)}${token.endsWith("0") ? "1" : "0"}`, "x", "ten_other.0", `.${token}`];
  for (const other of wrong) expect((await api(null).post(`${path}?token=${other}`, ANSWER)).status).toBe(404);
  // The right token on another draft's path.
  expect(
    (await api(null).post(`${path.replace(draftId, draftId.replace(/_1$/, "_2"))}?token=${token}`, ANSWER)).status,
  ).toBe(404);
  expect((await ask.get(`/v1/enrollments/${enrollmentId}`)).body.phase).toBe("expecting");
  expect((await api(null).post(completionPath, ANSWER)).status).toBe(200);
});

test("without a token it is a faulty request", async () => {
  const { completionPath } = await restingDraft(() => new Response(null, { status: 202 }));
  expect((await api(null).post(completionPath.split("?")[0] ?? "", ANSWER)).status).toBe(422);
});
