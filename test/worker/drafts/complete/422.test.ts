import { afterEach, expect, test } from "vitest";
import { restingDraft, wakeUp } from "../../../support/held.ts";
import { api } from "../../../support/worker.ts";

afterEach(wakeUp);

test("an answer that breaks the contract says how, and the draft still waits for a good one", async () => {
  const { completionPath } = await restingDraft(() => new Response(null, { status: 202 }));
  for (const [answer, says] of [
    [{}, "exactly one of body, skip, defer, stop is expected, found none"],
    [{ body: "Hi", skip: true }, "found body and skip"],
    [{ body: "" }, "body: must not be empty"],
    [{ defer: { untilSeconds: 5 } }, "defer.untilSeconds"],
    [{ action: "stop" }, "found none"],
    [{ body: "Hi", subject: "a\nb" }, "subject"],
  ] as const) {
    const { status, body } = await api(null).post(completionPath, answer);
    expect([status, body.code]).toEqual([422, "invalid_request"]);
    expect(body.errors[0].detail).toContain(says);
  }
  expect((await api(null).post(completionPath, { body: "Hi", subject: "a" })).status).toBe(200);
});
