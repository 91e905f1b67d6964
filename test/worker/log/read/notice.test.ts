import { env } from "cloudflare:workers";
import { afterEach, expect, test, vi } from "vitest";
import { CadenceEvent } from "../../../../core/contract/event.ts";
import { deliverNotice, tellDisabled } from "../../../../worker/notices.ts";
import { customer } from "../../../support/cadences.ts";

afterEach(() => vi.restoreAllMocks());

test("the notice that an endpoint was switched off is what its schema says, and is read in the log by its id", async () => {
  const { ask, tenantId } = await customer();
  const off = (await ask.post("/v1/endpoints", { url: "https://off.acme.example/" })).body.id;
  await ask.post("/v1/endpoints", { url: "https://on.acme.example/" });
  const send = vi
    .spyOn(env.JOB_QUEUE, "send")
    .mockImplementation(
      async () => ({ metadata: { metrics: { backlogBytes: 0, backlogCount: 0 } } }) as QueueSendResponse,
    );
  await tellDisabled(env, {
    type: "tell_disabled",
    tenantId,
    mode: "sandbox",
    endpointId: off,
    reason: "answered 410 Gone",
    at: Date.now(),
  });
  const job = send.mock.calls[0]?.[0] as Parameters<typeof deliverNotice>[1];
  expect(CadenceEvent.parse(JSON.parse(job.body))).toEqual(JSON.parse(job.body));

  vi.spyOn(globalThis, "fetch").mockImplementation(async () => new Response(null, { status: 204 }));
  await deliverNotice(env, job);
  const [entry] = (await ask.get("/v1/log")).body.data;
  expect(entry).toMatchObject({
    what: "cadence.endpoint.disabled",
    enrollmentId: null,
    cadenceId: null,
    subjectId: job.id,
  });
  const read = await ask.get(`/v1/log/${entry.id}`);
  expect([read.status, read.body.bodies.request.body]).toEqual([200, job.body]);
});

test("of notices that are delivered at the same moment each is logged", async () => {
  const { ask, tenantId } = await customer();
  const { id: endpointId } = (await ask.post("/v1/endpoints", { url: "https://on.acme.example/" })).body;
  vi.spyOn(globalThis, "fetch").mockImplementation(async () => new Response(null, { status: 204 }));
  const ids = Array.from({ length: 10 }, (_, at) => `evt_aaaaaaaaaaaaaa${String(at).padStart(2, "0")}`);
  await Promise.all(
    ids.map((id) =>
      deliverNotice(env, {
        type: "notice",
        tenantId,
        mode: "sandbox",
        endpointId,
        id,
        eventType: "cadence.endpoint.disabled",
        body: "{}",
        attempt: 1,
      }),
    ),
  );
  const logged = (await ask.get("/v1/log")).body.data.map(({ subjectId }: { subjectId: string }) => subjectId);
  expect(logged.sort()).toEqual(ids);
});
