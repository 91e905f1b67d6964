import { expect, test } from "vitest";
import { customer, enrolled, publishedCadence } from "../../../support/cadences.ts";
import { logLines, messageLine } from "../../../support/log-lines.ts";

test("the conversation comes oldest first, page by page", async () => {
  const { ask, tenantId } = await customer();
  const cadenceId = await publishedCadence(ask);
  const id = await enrolled(ask, cadenceId);
  await logLines(tenantId, { id, cadenceId }, [
    messageLine("out", "Hello", `${id}_1`),
    messageLine("in", "Hi", `${id}_2`),
    messageLine("out", "Great", `${id}_3`),
  ]);
  const first = await ask.get(`/v1/enrollments/${id}/messages?limit=2`);
  const second = await ask.get(`/v1/enrollments/${id}/messages?limit=2&cursor=${first.body.nextCursor}`);
  expect(
    [...first.body.data, ...second.body.data].map(({ direction, text }: { direction: string; text: string }) => [
      direction,
      text,
    ]),
  ).toEqual([
    ["out", "Hello"],
    ["in", "Hi"],
    ["out", "Great"],
  ]);
  expect(second.body.nextCursor).toBeNull();
});
