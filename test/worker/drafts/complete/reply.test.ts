import { afterEach, expect, test } from "vitest";
import { CadenceEvent } from "../../../../core/contract/event.ts";
import { keyFor } from "../../../support/cadences.ts";
import { enroll, makeWorld, runUntil, START, sandboxMail, setClock } from "../../../support/enrollment.ts";
import { wakeUp } from "../../../support/held.ts";
import { humanReply } from "../../../support/replies.ts";
import { api } from "../../../support/worker.ts";

afterEach(wakeUp);

/** The lead has written back, the endpoint was asked and said "later". */
async function asked() {
  setClock(START);
  const world = await makeWorld();
  world.answerReply = () => new Response(null, { status: 202 });
  const { id, stub } = await enroll(world);
  await runUntil(stub, async () => (await stub.read())?.step === 1);
  await stub.receive(humanReply("Tell me more"));
  const question = () => world.requests.find(({ json }) => json.type === "cadence.lead.replied")?.json;
  await runUntil(stub, () => question() !== undefined, 5);
  const url = new URL(String(question()?.completionUrl));
  return { ask: api(await keyFor(world.tenantId)), id, stub, event: question() ?? {}, path: url.pathname + url.search };
}

test("the question on the wire is what its schema says", async () => {
  const { event } = await asked();
  expect(CadenceEvent.parse(event)).toEqual(event);
});

test("the answer to a reply may come later too, and goes into the thread", async () => {
  const { ask, id, stub, path, event } = await asked();
  expect((await ask.get(`/v1/drafts/${event.id}`)).body).toMatchObject({ about: "reply", status: "expecting" });
  expect((await api(null).post(path, { body: "Gladly: it is blue" })).status).toBe(200);
  await runUntil(stub, async () => (await sandboxMail(id)).length === 2, 5);
  const mails = await sandboxMail(id);
  expect(mails.map(({ subject }) => subject)).toEqual(["A question", "Re: A question"]);
  expect(mails[1]?.raw).toContain("Gladly: it is blue");
});

test("continue takes the end back that the reply had brought", async () => {
  const { ask, id, path } = await asked();
  expect((await ask.get(`/v1/enrollments/${id}`)).body).toMatchObject({ state: "exited", exitReason: "replied" });
  expect((await api(null).post(path, { action: "continue" })).status).toBe(200);
  expect((await ask.get(`/v1/enrollments/${id}`)).body).toMatchObject({
    state: "active",
    exitReason: null,
    currentStep: 1,
  });
  expect((await api(null).post(path, { action: "stop" })).body.code).toBe("draft_settled");
});

test("a draft's verb is no answer to a reply", async () => {
  const { path } = await asked();
  const { status, body } = await api(null).post(path, { skip: true });
  expect([status, body.errors[0].detail]).toEqual([422, "exactly one of body, action, defer is expected, found none"]);
});
