import { expect, test } from "vitest";
import { customer, enrolled, publishedCadence } from "../../../support/cadences.ts";
import { exchangeLine, logLines, noteLine } from "../../../support/log-lines.ts";

async function logged() {
  const { ask, live, tenantId } = await customer();
  const [one, two] = [await publishedCadence(ask), await publishedCadence(ask)];
  const [a, b] = [await enrolled(ask, one), await enrolled(ask, two)];
  await logLines(tenantId, { id: a, cadenceId: one }, [
    exchangeLine({ subjectId: "drf_1", outcome: "timeout", exchange: { endpointId: "end_a", status: null } }),
    exchangeLine({ subjectId: "drf_1", exchange: { endpointId: "end_a" } }),
    noteLine("held"),
  ]);
  await logLines(tenantId, { id: b, cadenceId: two }, [
    exchangeLine({ subjectId: "drf_2", exchange: { endpointId: "end_b" } }),
  ]);
  return { ask, live, one, a, b };
}

test("exchanges come newest first and are found by endpoint, outcome, cadence, enrollment, subject and time", async () => {
  const { ask, one, a, b } = await logged();
  const found = async (query: string) =>
    (await ask.get(`/v1/log${query}`)).body.data.map(
      (entry: { subjectId: string; outcome: string }) => `${entry.subjectId} ${entry.outcome}`,
    );
  expect(await found("")).toEqual(["drf_2 answered", "drf_1 answered", "drf_1 timeout"]);
  expect(await found("?endpointId=end_a")).toEqual(["drf_1 answered", "drf_1 timeout"]);
  expect(await found("?outcome=timeout")).toEqual(["drf_1 timeout"]);
  expect(await found("?outcome=answered")).toEqual(["drf_2 answered", "drf_1 answered"]);
  expect(await found(`?cadenceId=${one}&limit=1`)).toEqual(["drf_1 answered"]);
  expect(await found(`?enrollmentId=${b}`)).toEqual(["drf_2 answered"]);
  expect(await found("?subjectId=drf_1")).toHaveLength(2);
  expect(await found("?since=2026-11-23T10:00:01Z")).toEqual(["drf_1 answered"]);
  expect(await found("?until=2026-11-23T11:00:00%2B01:00")).toEqual(["drf_2 answered", "drf_1 timeout"]);
  const notes = await ask.get(`/v1/log?kind=note&enrollmentId=${a}`);
  expect(notes.body.data.map(({ what }: { what: string }) => what)).toContain("held");
});

test("a key sees the log of its own mode only", async () => {
  const { live } = await logged();
  expect((await live.get("/v1/log")).body.data).toEqual([]);
});

test("notes of everybody at once are refused: they have no index", async () => {
  const { ask } = await logged();
  expect((await ask.get("/v1/log?kind=note")).status).toBe(422);
});
