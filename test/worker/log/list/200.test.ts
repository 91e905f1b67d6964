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

test("between two times the pages come newest first by time, each line once, however late it came in", async () => {
  const { ask, tenantId } = await customer();
  const cadenceId = await publishedCadence(ask);
  const [a, b] = [await enrolled(ask, cadenceId), await enrolled(ask, cadenceId, { leadExternalId: "lead-2" })];
  const line = (subjectId: string) => exchangeLine({ subjectId });
  await logLines(tenantId, { id: a, cadenceId }, ["a0", "a1", "a2", "a3"].map(line));
  // Came in later, of the same seconds.
  await logLines(tenantId, { id: b, cadenceId }, ["b0", "b1", "b2", "b3"].map(line));
  const span = "since=2026-11-23T10:00:01Z&until=2026-11-23T10:00:02.999Z";
  const shown: string[] = [];
  let cursor: string | null = "";
  for (let pages = 0; cursor !== null && pages < 9; pages += 1) {
    const { body } = await ask.get(`/v1/log?${span}&limit=1${cursor === "" ? "" : `&cursor=${cursor}`}`);
    shown.push(...body.data.map(({ subjectId }: { subjectId: string }) => subjectId));
    cursor = body.nextCursor;
  }
  expect(shown).toEqual(["b2", "a2", "b1", "a1"]);
  const before = (await ask.get(`/v1/log?until=2026-11-23T10:00:00Z&enrollmentId=${a}`)).body.data;
  expect(before.map(({ subjectId }: { subjectId: string }) => subjectId)).toEqual(["a0"]);
});

test("a cursor of the one order is refused in the other", async () => {
  const { ask } = await logged();
  const since = "since=2026-11-23T10:00:00Z";
  const { nextCursor } = (await ask.get("/v1/log?limit=1")).body;
  expect((await ask.get(`/v1/log?${since}&cursor=${nextCursor}`)).body.code).toBe("invalid_cursor");
  const ofTimes = (await ask.get(`/v1/log?${since}&limit=1`)).body.nextCursor;
  expect((await ask.get(`/v1/log?cursor=${ofTimes}`)).body.code).toBe("invalid_cursor");
  // Of another list: by time too, but with no sequence in it.
  expect((await ask.get(`/v1/log?${since}&cursor=${btoa("t5.msg_a")}`)).body.code).toBe("invalid_cursor");
});

test("a key sees the log of its own mode only", async () => {
  const { live } = await logged();
  expect((await live.get("/v1/log")).body.data).toEqual([]);
});

test("notes of everybody at once are refused: they have no index", async () => {
  const { ask } = await logged();
  expect((await ask.get("/v1/log?kind=note")).status).toBe(422);
});
