import { env } from "cloudflare:workers";
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

test("what waits for a person is found, also the answer to a reply of an enrollment that has ended", async () => {
  const { ask, tenantId } = await customer();
  const cadence = await publishedCadence(ask);
  const [step, answer] = [
    await enrolled(ask, cadence, { leadExternalId: "a" }),
    await enrolled(ask, cadence, { leadExternalId: "b" }),
  ];
  await enrolled(ask, cadence, { leadExternalId: "c" });
  for (const [id, state, reason, draftId] of [
    [step, "held", "draft_failed", "drf_a"],
    [answer, "exited", "review_requested", "evt_b"],
  ])
    await env.DB.prepare("UPDATE enrollments SET state = ?, held_reason = ?, draft_id = ? WHERE id = ?")
      .bind(state, reason, draftId, id)
      .run();
  const found = (await ask.get("/v1/enrollments?held=true")).body.data;
  expect(found.map(({ id, draftId }: { id: string; draftId: string }) => [id, draftId])).toEqual([
    [answer, "evt_b"],
    [step, "drf_a"],
  ]);
  const plan = await env.DB.prepare(
    "EXPLAIN QUERY PLAN SELECT * FROM enrollments WHERE tenant_id = ? AND mode = 'sandbox' AND held_reason IS NOT NULL ORDER BY seq DESC LIMIT 51",
  )
    .bind(tenantId)
    .first<{ detail: string }>();
  expect(plan?.detail).toContain("enrollments_held");
});

test.each([["?state=asleep"], ["?held=false"], ["?limit=0"], ["?limit=201"], ["?color=red"], ["?cursor=nonsense"]])(
  "%s is refused",
  async (query) => {
    const { ask } = await customer();
    expect((await ask.get(`/v1/enrollments${query}`)).status).toBe(422);
  },
);
