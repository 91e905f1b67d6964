import { expect, test } from "vitest";
import { api, seedTenant } from "../../../support/worker.ts";

test("endpoints come newest first, and rows that come in meanwhile neither repeat nor hide others", async () => {
  const client = api((await seedTenant()).key);
  const make = async (name: string) =>
    (await client.post("/v1/endpoints", { url: "https://example.com", name })).body.name;
  for (const name of ["1", "2", "3", "4", "5"]) await make(name);
  const first = await client.get("/v1/endpoints?limit=2");
  await make("late");
  const second = await client.get(`/v1/endpoints?limit=2&cursor=${first.body.nextCursor}`);
  const third = await client.get(`/v1/endpoints?limit=2&cursor=${second.body.nextCursor}`);
  const names = [first, second, third].map(({ body }) => body.data.map(({ name }: { name: string }) => name));
  expect(names).toEqual([["5", "4"], ["3", "2"], ["1"]]);
  expect(third.body.nextCursor).toBeNull();
});

test("a full last page says that it is the last", async () => {
  const client = api((await seedTenant()).key);
  for (let made = 0; made < 2; made += 1) await client.post("/v1/endpoints", { url: "https://example.com" });
  expect((await client.get("/v1/endpoints?limit=2")).body.nextCursor).toBeNull();
});

test("nobody sees another tenant's or the other mode's", async () => {
  const [mine, theirs] = [await seedTenant(), await seedTenant()];
  await api(theirs.key).post("/v1/endpoints", { url: "https://example.com" });
  await api(mine.liveKey).post("/v1/endpoints", { url: "https://example.com" });
  expect((await api(mine.key).get("/v1/endpoints")).body.data).toEqual([]);
});
