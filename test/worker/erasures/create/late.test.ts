import { env } from "cloudflare:workers";
import { afterEach, expect, test, vi } from "vitest";
import type { LogMessage } from "../../../../adapters/d1/log-message.ts";
import { deliverNotice } from "../../../../worker/notices.ts";
import { consume } from "../../../../worker/queue.ts";
import { enroll, ring } from "../../../support/enrollment.ts";
import { knownPerson } from "../../../support/person.ts";

afterEach(() => vi.restoreAllMocks());

/** Has the log's consumer take these, as it does when the queue hands them over. */
async function arrive(messages: readonly LogMessage[]): Promise<void> {
  const retry = () => {
    throw new Error("not written");
  };
  const taken = messages.map((body) => ({ body, attempts: 1, ack: () => undefined, retry }));
  await consume({ queue: "drafthook-log", messages: taken } as unknown as MessageBatch<unknown>, env);
}

test("a message of the log that was under way writes nothing back", { timeout: 60_000 }, async () => {
  const { ask, world, person, traces } = await knownPerson();
  await env.DB.prepare("DELETE FROM suppressions WHERE tenant_id = ?").bind(world.tenantId).run();
  const under = await enroll(world, { email: person.email, name: person.name });
  const sent: LogMessage[] = [];
  const recorded = vi.spyOn(env.LOG_QUEUE, "sendBatch").mockImplementation(async (messages) => {
    sent.push(...[...messages].map(({ body }) => body as LogMessage));
    return { metadata: { metrics: { backlogBytes: 0, backlogCount: 0 } } } as QueueSendBatchResponse;
  });
  await ring(under.stub);
  recorded.mockRestore();
  expect(JSON.stringify(sent)).toContain(person.email);
  await ask.post("/v1/erasures", { email: person.email });
  await arrive(sent);
  expect(await traces()).toEqual([]);

  // The control: of an enrollment that nobody erased the same message writes all of it.
  const other = JSON.stringify(sent)
    .replaceAll(under.id, "enr_aaaaaaaaaaaaaaaa")
    .replaceAll(person.email, "other@lead.example");
  await arrive(JSON.parse(other) as readonly LogMessage[]);
  expect(await traces()).toEqual(expect.arrayContaining(["table journal", "table messages"]));
});

test("an enrollment that the index didn't know under this address is erased as soon as it does", {
  timeout: 60_000,
}, async () => {
  const { ask, world, person, traces } = await knownPerson();
  const { stub, id } = await enroll(world, { email: "before@lead.example" });
  const asleep = vi.spyOn(env.LOG_QUEUE, "sendBatch").mockRejectedValue(new Error("no queue"));
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  await stub.request({ type: "lead_edited", by: "key_x", lead: { email: person.email, name: person.name } });
  await ask.post("/v1/erasures", { email: person.email });
  expect((await stub.read())?.lead.email).toBe(person.email);
  asleep.mockRestore();
  await stub.wake("swept");
  await expect.poll(() => stub.read(), { timeout: 15_000 }).toBeNull();
  await expect.poll(traces, { timeout: 15_000 }).toEqual([]);
  expect((await ask.get(`/v1/enrollments/${id}`)).body.exitReason).toBe("erased");
});

test("a notice about an erased person's mail that was under way is not delivered", async () => {
  const { ask, world, person } = await knownPerson();
  const { erasure } = (await ask.post("/v1/erasures", { email: person.email })).body;
  const notice = {
    type: "notice",
    tenantId: world.tenantId,
    mode: "sandbox",
    endpointId: world.endpointId,
    id: "evt_aaaaaaaaaaaaaaaa",
    eventType: "cadence.reply.unmatched",
    body: JSON.stringify({ data: { from: person.email } }),
    attempt: 1,
  } as const;
  const before = world.requests.length;
  await deliverNotice(env, notice);
  expect(world.requests.length).toBe(before);
  await ask.delete(`/v1/erasures/${erasure.id}`);
  await deliverNotice(env, notice);
  expect(world.requests.length).toBe(before + 1);
});
