import { expect, test } from "vitest";
import { api, seedTenant } from "../../support/worker.ts";
import { madeAccount } from "./given.ts";

test("an unknown account, another tenant's and the other mode's are the same 404, whatever is asked", async () => {
  const [mine, theirs] = [await seedTenant(), await seedTenant()];
  const foreign = (await madeAccount(api(theirs.key))).id;
  const live = (await madeAccount(api(mine.liveKey))).id;
  const ask = api(mine.key);
  const answers = [];
  for (const id of ["lia_unknown", foreign, live]) {
    const path = `/v1/linkedin-accounts/${id}`;
    answers.push(await ask.get(path), await ask.get(`${path}/room`), await ask.patch(path, { name: "Taken" }));
    answers.push(await ask.post(`${path}/check`), await ask.post(`${path}/rotate-hook-secret`), await ask.delete(path));
  }
  for (const { status, body } of answers) {
    expect(status).toBe(404);
    expect({ ...body, instance: "" }).toEqual({ ...answers[0]?.body, instance: "" });
  }
  expect((await api(theirs.key).get(`/v1/linkedin-accounts/${foreign}`)).body.name).toBe("Jane");
});
