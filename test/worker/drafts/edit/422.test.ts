import { afterEach, expect, test } from "vitest";
import { restingDraft, wakeUp } from "../../../support/held.ts";

afterEach(wakeUp);

test.each([
  [{}, "/body"],
  [{ body: "  " }, "/body"],
  [{ body: "x".repeat(101 * 1024) }, "/body"],
  [{ body: "Hi", subject: "a\r\nBcc: x@y.example" }, "/subject"],
  [{ body: "Hi", to: "x@y.example" }, "/to"],
])("%#: words that can't be sent are refused", async (words, pointer) => {
  const { ask, draftId } = await restingDraft();
  const { status, body } = await ask.post(`/v1/drafts/${draftId}/edit`, words);
  expect([status, body.errors[0].pointer]).toEqual([422, pointer]);
  expect((await ask.get(`/v1/drafts/${draftId}`)).body.body).toBe("Hello");
});
