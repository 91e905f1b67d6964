import { expect, test } from "vitest";
import { api, seedTenant } from "../../support/worker.ts";

test("an unknown endpoint, another tenant's and the other mode's are the same 404, whatever is asked", async () => {
  const [mine, theirs] = [await seedTenant(), await seedTenant()];
  const make = async (key: string) =>
    (await api(key).post("/v1/endpoints", { url: "https://example.com", name: "untouched" })).body.id;
  const foreign = await make(theirs.key);
  const live = await make(mine.liveKey);
  const client = api(mine.key);
  const answers = [];
  for (const id of ["end_unknown", foreign, live]) {
    answers.push(await client.get(`/v1/endpoints/${id}`));
    answers.push(await client.patch(`/v1/endpoints/${id}`, { name: "taken", enabled: true }));
    answers.push(await client.post(`/v1/endpoints/${id}/rotate-secret`));
    answers.push(await client.delete(`/v1/endpoints/${id}`));
  }
  for (const { status, body } of answers) {
    expect(status).toBe(404);
    expect({ ...body, instance: "" }).toEqual({ ...answers[0]?.body, instance: "" });
  }
  expect((await api(theirs.key).get(`/v1/endpoints/${foreign}`)).body).toMatchObject({
    name: "untouched",
    previousSecretUntil: null,
  });
  expect((await api(mine.liveKey).get(`/v1/endpoints/${live}`)).body).toMatchObject({
    name: "untouched",
    previousSecretUntil: null,
  });
});
