import { env } from "cloudflare:workers";
import { afterEach, expect, test, vi } from "vitest";
import { keyFor } from "../../../support/cadences.ts";
import { enroll, makeWorld, runUntil, START, setClock } from "../../../support/enrollment.ts";
import { wakeUp } from "../../../support/held.ts";
import { humanReply } from "../../../support/replies.ts";
import { api } from "../../../support/worker.ts";

afterEach(wakeUp);

test("while the log is behind the evidence waits, and says for how many lines", async () => {
  setClock(START);
  const world = await makeWorld();
  const ask = api(await keyFor(world.tenantId));
  const { id, stub } = await enroll(world);
  await runUntil(stub, async () => (await stub.read())?.step === 1);
  const path = `/v1/messages/msg_${id.slice(4)}_0_0/evidence`;
  await vi.waitFor(async () => expect((await ask.get(path)).status).toBe(200), { timeout: 15_000 });
  await env.DB.prepare("DELETE FROM journal WHERE enrollment_id = ? AND entry = 2").bind(id).run();
  const { status, body, headers } = await ask.get(path);
  expect([status, body.code, headers.get("retry-after")]).toEqual([409, "conflict", "5"]);
  expect(body.detail).toMatch(/^The log has \d+ of this enrollment's \d+ lines so far/);
});

test("a message that came in has no evidence of having been sent", async () => {
  setClock(START);
  const world = await makeWorld();
  const ask = api(await keyFor(world.tenantId));
  const { id, stub } = await enroll(world);
  await runUntil(stub, async () => (await stub.read())?.step === 1);
  await stub.receive(humanReply("Call me"));
  const inbound = await vi.waitFor(
    async () => {
      const { body } = await ask.get(`/v1/enrollments/${id}/messages`);
      const message = body.data.find(({ direction }: { direction: string }) => direction === "in");
      expect(message).toBeDefined();
      return message.id;
    },
    { timeout: 15_000 },
  );
  expect((await ask.get(`/v1/messages/${inbound}/evidence`)).body.code).toBe("conflict");
});
