import { expect, test } from "vitest";
import { customer, enrolled, publishedCadence } from "../../../support/cadences.ts";
import { exchangeLine, logLines, messageLine, noteLine } from "../../../support/log-lines.ts";

test("the timeline tells everything oldest first, page by page", async () => {
  const { ask, tenantId } = await customer();
  const cadenceId = await publishedCadence(ask);
  const id = await enrolled(ask, cadenceId);
  await logLines(tenantId, { id, cadenceId }, [
    noteLine("waiting"),
    exchangeLine(),
    messageLine("out", "Hello", "msg_a"),
  ]);
  const told: string[] = [];
  let cursor: string | null = "";
  while (cursor !== null) {
    const page = await ask.get(`/v1/enrollments/${id}/timeline?limit=2${cursor === "" ? "" : `&cursor=${cursor}`}`);
    expect(page.status).toBe(200);
    told.push(...page.body.data.map(({ what }: { what: string }) => what));
    cursor = page.body.nextCursor;
  }
  // The object's own first line may have come through the queue by now.
  expect(told.filter((what) => what !== "enrolled")).toEqual(["waiting", "cadence.step.draft.requested", "out"]);
});
