import { expect, test } from "vitest";
import { api, seedTenant } from "../../../support/worker.ts";

test("an unknown key, another tenant's and a live key before a test key are the same 404", async () => {
  const [mine, theirs] = [await seedTenant(), await seedTenant()];
  const foreign = (await api(theirs.key).post("/v1/keys", { name: "theirs" })).body;
  const live = (await api(mine.liveKey).post("/v1/keys", { name: "live" })).body;
  const answers = [];
  for (const id of ["key_unknown", foreign.id, live.id]) answers.push(await api(mine.key).delete(`/v1/keys/${id}`));
  for (const { status, body } of answers) {
    expect(status).toBe(404);
    expect({ ...body, instance: "" }).toEqual({ ...answers[0]?.body, instance: "" });
  }
  expect((await api(foreign.key).get("/v1/tenant")).status).toBe(200);
  expect((await api(live.key).get("/v1/tenant")).status).toBe(200);
});
