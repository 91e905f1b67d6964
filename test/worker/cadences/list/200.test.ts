import { expect, test } from "vitest";
import { customer } from "../../../support/cadences.ts";

test("cadences come newest first, page by page, each once", async () => {
  const { ask } = await customer();
  for (const name of ["A", "B", "C"]) await ask.post("/v1/cadences", { name });
  const first = await ask.get("/v1/cadences?limit=2");
  const second = await ask.get(`/v1/cadences?limit=2&cursor=${first.body.nextCursor}`);
  const names = [...first.body.data, ...second.body.data].map(({ name }: { name: string }) => name);
  expect(names).toEqual(["C", "B", "A"]);
  expect(second.body.nextCursor).toBeNull();
});

test("a key sees the cadences of its own mode only", async () => {
  const { ask, live } = await customer();
  await ask.post("/v1/cadences", { name: "A" });
  expect((await live.get("/v1/cadences")).body.data).toEqual([]);
});
