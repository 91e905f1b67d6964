import { expect, test } from "vitest";
import { api, seedTenant } from "../../../support/worker.ts";

test("keys are listed newest first, page by page, without the keys themselves", async () => {
  const { liveKey } = await seedTenant();
  for (const name of ["a", "b", "c"]) await api(liveKey).post("/v1/keys", { name });
  const seen: string[] = [];
  let cursor = "";
  do {
    const page = await api(liveKey).get(`/v1/keys?limit=2${cursor}`);
    expect(page.body.data.length).toBeLessThanOrEqual(2);
    expect(JSON.stringify(page.body)).not.toMatch(/dh_(live|test)_|hash/);
    seen.push(...page.body.data.map(({ id }: { id: string }) => id));
    cursor = page.body.nextCursor === null ? "" : `&cursor=${page.body.nextCursor}`;
  } while (cursor !== "");
  expect(new Set(seen).size).toBe(5);
  expect(seen).toHaveLength(5);
});

test("a test key doesn't see live keys; nobody sees another tenant's", async () => {
  const [mine, theirs] = [await seedTenant(), await seedTenant()];
  const { body } = await api(mine.key).get("/v1/keys");
  expect(body.data.map(({ mode }: { mode: string }) => mode)).toEqual(["test"]);
  const live = await api(mine.liveKey).get("/v1/keys");
  expect(live.body.data).toHaveLength(2);
  expect(JSON.stringify(live.body)).not.toContain((await api(theirs.key).get("/v1/keys")).body.data[0].id);
});
