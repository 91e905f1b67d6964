import { expect, test } from "vitest";
import { customer, enrolled, publishedCadence } from "../../../support/cadences.ts";
import { exchangeLine, logLines, noteLine } from "../../../support/log-lines.ts";

test("a note can't be sent again, nor a request whose endpoint is gone", async () => {
  const { ask, tenantId } = await customer();
  const cadenceId = await publishedCadence(ask);
  const id = await enrolled(ask, cadenceId);
  await logLines(tenantId, { id, cadenceId }, [
    noteLine("held"),
    exchangeLine({ exchange: { endpointId: "end_gone" } }),
  ]);
  const note = (await ask.get(`/v1/log?kind=note&enrollmentId=${id}`)).body.data.find(
    ({ what }: { what: string }) => what === "held",
  );
  const [exchange] = (await ask.get("/v1/log")).body.data;
  for (const [line, says] of [
    [note, "no request"],
    [exchange, "no longer there"],
  ]) {
    const { status, body } = await ask.post(`/v1/log/${line.id}/redeliver`);
    expect([status, body.code]).toEqual([409, "conflict"]);
    expect(body.detail).toContain(says);
  }
});
