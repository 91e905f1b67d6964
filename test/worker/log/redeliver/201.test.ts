import { Webhook } from "standardwebhooks";
import { afterEach, expect, test, vi } from "vitest";
import { customer, enrolled, publishedCadence } from "../../../support/cadences.ts";
import { exchangeLine, logLines } from "../../../support/log-lines.ts";

afterEach(() => vi.restoreAllMocks());

async function logged() {
  const { ask, tenantId } = await customer();
  const endpoint = await ask.post("/v1/endpoints", { url: "https://hooks.acme.example/drafts" });
  const cadenceId = await publishedCadence(ask);
  const id = await enrolled(ask, cadenceId);
  await logLines(tenantId, { id, cadenceId }, [
    exchangeLine({
      subjectId: "drf_1",
      exchange: { endpointId: endpoint.body.id, requestBody: '{"n":1,"t":"completion?token=abc"}' },
    }),
  ]);
  const [entry] = (await ask.get("/v1/log")).body.data;
  return { ask, id, entry, secret: endpoint.body.secret as string, endpointId: endpoint.body.id as string };
}

test("the same body goes out again, freshly signed, and changes nothing in the enrollment", async () => {
  const { ask, id, entry, secret } = await logged();
  const sent: { readonly text: string; readonly headers: Record<string, string> }[] = [];
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
    const request = new Request(input as RequestInfo, init);
    sent.push({ text: await request.text(), headers: Object.fromEntries(request.headers) });
    return Response.json({ stop: true });
  });
  const before = (await ask.get(`/v1/enrollments/${id}`)).body;
  const { status, body } = await ask.post(`/v1/log/${entry.id}/redeliver`);
  expect(status).toBe(201);
  expect(body.entry).toMatchObject({
    redeliveryOf: entry.id,
    outcome: "answered",
    status: 200,
    subjectId: "drf_1",
    decision: "redelivery, not used",
    requestSha256: entry.requestSha256,
  });
  expect(body.entry.id).toMatch(/_r1$/);
  const { text, headers } = sent[0] ?? { text: "", headers: {} };
  expect(text).toBe('{"n":1,"t":"completion?token=abc"}');
  expect(() => new Webhook(secret).verify(text, headers)).not.toThrow();
  expect(() => new Webhook(secret).verify(`${text} `, headers)).toThrow();
  expect((await ask.get(`/v1/enrollments/${id}`)).body).toEqual(before);
  expect((await ask.get(`/v1/log/${body.entry.id}`)).body.bodies.response.body).toBe('{"stop":true}');
});

test("each redelivery is a line of its own, also of many at once, and none is in the timeline", async () => {
  const { ask, id, entry } = await logged();
  vi.spyOn(globalThis, "fetch").mockImplementation(async () => new Response(null, { status: 500 }));
  const answers = await Promise.all(Array.from({ length: 12 }, () => ask.post(`/v1/log/${entry.id}/redeliver`)));
  expect(answers.map(({ status }) => status)).toEqual(Array(12).fill(201));
  const ids = (await ask.get("/v1/log?outcome=http_500")).body.data.map((line: { id: string }) =>
    line.id.split("_").at(-1),
  );
  expect(ids.sort()).toEqual(Array.from({ length: 12 }, (_, at) => `r${at + 1}`).sort());
  const timeline = (await ask.get(`/v1/enrollments/${id}/timeline`)).body.data;
  expect(timeline.filter(({ redeliveryOf }: { redeliveryOf: string | null }) => redeliveryOf !== null)).toEqual([]);
});
