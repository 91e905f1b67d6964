import { expect, test } from "vitest";
import { api, seedTenant } from "../../support/worker.ts";

test("an unknown mailbox, another tenant's and the other mode's are the same 404, whatever is asked", async () => {
  const [mine, theirs] = [await seedTenant(), await seedTenant()];
  const make = async (key: string) =>
    (await api(key).post("/v1/mailboxes", { provider: "sandbox", email: "untouched@example.com" })).body.id;
  const foreign = await make(theirs.key);
  const live = await make(mine.liveKey);
  const client = api(mine.key);
  const answers = [];
  for (const id of ["mbx_unknown", foreign, live]) {
    answers.push(await client.get(`/v1/mailboxes/${id}`));
    answers.push(await client.patch(`/v1/mailboxes/${id}`, { email: "taken@example.com" }));
    answers.push(await client.delete(`/v1/mailboxes/${id}`));
  }
  for (const { status, body } of answers) {
    expect(status).toBe(404);
    expect({ ...body, instance: "" }).toEqual({ ...answers[0]?.body, instance: "" });
  }
  expect((await api(theirs.key).get(`/v1/mailboxes/${foreign}`)).body.email).toBe("untouched@example.com");
});
