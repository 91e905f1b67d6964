import { afterEach, expect, test } from "vitest";
import { drafts, runUntil } from "../../../support/enrollment.ts";
import { restingDraft, wakeUp } from "../../../support/held.ts";

afterEach(wakeUp);

test("retry asks the endpoint once more, by a new draft that names the one before", async () => {
  const { ask, draftId, world, stub } = await restingDraft();
  expect((await ask.post(`/v1/drafts/${draftId}/retry`)).body).toMatchObject({ state: "active", phase: "waiting" });
  await runUntil(stub, () => drafts(world).length === 2);
  const second = drafts(world).at(-1)?.json;
  expect(second).toMatchObject({ previousDraftId: draftId, attempt: 1 });
  expect(second?.id).not.toBe(draftId);
});
