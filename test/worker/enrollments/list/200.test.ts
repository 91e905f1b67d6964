import { expect, test } from "vitest";
import { customer, enrolled, publishedCadence } from "../../../support/cadences.ts";

test("enrollments are found by state, cadence, lead and address", async () => {
  const { ask } = await customer();
  const [one, two] = [await publishedCadence(ask), await publishedCadence(ask)];
  const a = await enrolled(ask, one, { leadExternalId: "a", leadEmail: "Ann@Lead.example" });
  const b = await enrolled(ask, one, { leadExternalId: "b", leadEmail: "bo@lead.example" });
  const c = await enrolled(ask, two, { leadExternalId: "a", leadEmail: null });
  const ids = async (query: string) =>
    (await ask.get(`/v1/enrollments${query}`)).body.data.map(({ id }: { id: string }) => id);
  expect(await ids("")).toEqual([c, b, a]);
  expect(await ids(`?cadenceId=${one}`)).toEqual([b, a]);
  expect(await ids("?leadExternalId=a")).toEqual([c, a]);
  expect(await ids("?leadEmail=ann%40lead.example")).toEqual([a]);
  expect(await ids("?state=active&limit=1")).toEqual([c]);
  expect(await ids("?state=paused")).toEqual([]);
});

test.each([["?state=asleep"], ["?limit=0"], ["?limit=201"], ["?color=red"], ["?cursor=nonsense"]])(
  "%s is refused",
  async (query) => {
    const { ask } = await customer();
    expect((await ask.get(`/v1/enrollments${query}`)).status).toBe(422);
  },
);
