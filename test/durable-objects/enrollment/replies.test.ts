import { env } from "cloudflare:workers";
import { afterEach, expect, test, vi } from "vitest";
import { answerDigest } from "../../../durable-objects/perform/request-draft.ts";
import {
  alarmOf,
  drafts,
  enroll,
  makeWorld,
  ring,
  runUntil,
  START,
  sandboxMail,
  setClock,
} from "../../support/enrollment.ts";
import { humanReply } from "../../support/replies.ts";

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

async function replied(answerReply: () => Response) {
  setClock(START);
  const world = await makeWorld();
  world.answerReply = answerReply;
  const { id, stub } = await enroll(world);
  await ring(stub);
  await stub.receive(humanReply("What does it cost?", { messageId: "<question@lead.example>" }));
  return { world, id, stub };
}

async function settleDeliveries(stub: Awaited<ReturnType<typeof replied>>["stub"]) {
  await runUntil(stub, async () => {
    const state = await stub.read();
    return state === null || (state.deliveries.length === 0 && state.answers.length === 0);
  });
}

test("a reply answered with a body is answered in its thread, once, although the cadence has ended", async () => {
  const { id, stub } = await replied(() => Response.json({ body: "It is free." }));
  await settleDeliveries(stub);
  const mails = await sandboxMail(id);
  expect(mails.map(({ send_key }) => send_key.split("-").slice(2).join("-"))).toEqual(["0-0", "r1-0"]);
  expect(mails[1]?.subject).toBe("Re: A question");
  expect(mails[1]?.raw).toContain("In-Reply-To: <question@lead.example>");
  expect((await stub.read())?.phase).toMatchObject({ name: "finished", exit: { reason: "replied" } });
});

test.each([
  [
    "an empty answer leaves it stopped",
    () => new Response(null, { status: 204 }),
    { name: "finished", exit: { reason: "replied" } },
    null,
  ],
  [
    "stop keeps it stopped",
    () => Response.json({ action: "stop" }),
    { name: "finished", exit: { reason: "replied" } },
    null,
  ],
  ["continue goes on with the next step", () => Response.json({ action: "continue" }), { name: "waiting" }, null],
  ["pause waits for a person", () => Response.json({ action: "pause" }), { name: "waiting" }, { by: "customer" }],
] as const)("a reply: %s", async (_name, answer, phase, paused) => {
  const { stub } = await replied(answer);
  vi.setSystemTime(Date.now() + 1_000);
  await ring(stub);
  const state = await stub.read();
  expect(state?.phase).toMatchObject(phase);
  if (paused === null) expect(state?.paused).toBeNull();
  else expect(state?.paused).toMatchObject(paused);
});

test("a reply answered by 202 takes its answer at the completion URL, once", async () => {
  const { world, id, stub } = await replied(() => new Response(null, { status: 202 }));
  vi.setSystemTime(Date.now() + 1_000);
  await ring(stub);
  const asked = world.requests.find(({ json }) => json.type === "cadence.lead.replied");
  expect(asked?.json.completionUrl).toMatch(
    /^https:\/\/drafthook\.test\/v1\/drafts\/evt_[a-z2-7]{16}_\d+\/completion\?token=/,
  );
  const answer = { body: "Later, then." };
  const completion = {
    type: "reply_completion_received",
    deliveryId: String(asked?.json.id),
    answer,
    digest: await answerDigest(answer),
  } as const;
  expect(await stub.request(completion)).toMatchObject({ ok: true });
  expect(await stub.request(completion)).toMatchObject({ ok: true });
  expect(await stub.request({ ...completion, answer: { body: "No." }, digest: "other" })).toMatchObject({
    ok: false,
    code: "draft_settled",
  });
  await settleDeliveries(stub);
  expect(await sandboxMail(id)).toHaveLength(2);
});

test("an event that can't be delivered is tried again by its schedule, with the same id and the same bytes", async () => {
  setClock(START);
  const world = await makeWorld({ steps: [{ kind: "email" }] });
  const { id, stub } = await enroll(world);
  const fetching = vi.mocked(globalThis.fetch).getMockImplementation();
  const events: { id: string | null; body: string; at: number }[] = [];
  vi.mocked(globalThis.fetch).mockImplementation(async (input, init) => {
    const request = new Request(input as RequestInfo, init);
    if (!String(init?.body).includes("cadence.step.fired")) return (fetching ?? fetch)(input, init);
    events.push({ id: request.headers.get("webhook-id"), body: String(init?.body), at: Date.now() });
    return new Response(null, { status: events.length < 4 ? 500 : 200 });
  });
  await runUntil(stub, () => events.length === 4);
  expect(new Set(events.map((event) => event.id)).size).toBe(1);
  expect(new Set(events.map((event) => event.body)).size).toBe(1);
  const waits = events.slice(1).map((event, index) => (event.at - (events[index]?.at ?? 0)) / 1000);
  for (const [index, seconds] of [5, 300, 1800].entries()) {
    expect(waits[index]).toBeGreaterThanOrEqual(seconds * 0.8 - 1);
    expect(waits[index]).toBeLessThanOrEqual(seconds * 1.2 + 1);
  }
  await vi.waitFor(async () => {
    const { n } = (await env.DB.prepare(
      "SELECT count(*) AS n FROM journal WHERE enrollment_id = ? AND what = 'cadence.step.fired'",
    )
      .bind(id)
      .first<{ n: number }>()) ?? { n: 0 };
    expect(n).toBe(4);
  }, 10_000);
});

test("a pause holds what waits and lets a resume go on from there", async () => {
  setClock(START);
  const world = await makeWorld();
  const { id, stub } = await enroll(world);
  await stub.request({ type: "pause_requested", by: "test" });
  vi.setSystemTime(START + 60_000);
  await ring(stub);
  expect(drafts(world)).toHaveLength(0);
  await stub.request({ type: "resume_requested", by: "test" });
  expect(await alarmOf(stub)).not.toBeNull();
  vi.setSystemTime(Date.now() + 1_000);
  await ring(stub);
  expect(await sandboxMail(id)).toHaveLength(1);
});
