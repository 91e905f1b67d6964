import { afterEach, expect, inject, test, vi } from "vitest";
import { ContactObject } from "../../../durable-objects/contact.ts";
import {
  enroll,
  makeWorld,
  ring,
  runUntil,
  START,
  sandboxMail,
  setClock,
  type World,
} from "../../support/enrollment.ts";
import { humanReply } from "../../support/replies.ts";

/** As many as a check of every change can afford; RACES=2000 for the whole figure. */
const RACES = inject("races");

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** What one race came to: whether the reply was accepted before the other enrollment's last look, and how many messages left after it. */
interface Race {
  readonly replyFirst: boolean;
  readonly mails: number;
}

async function track(): Promise<World> {
  setClock(START);
  const steps = [{ kind: "email" }, { kind: "email", delayDays: 2 }];
  const world = await makeWorld({ steps, settings: { dailySendCap: 100_000 } });
  world.answer = async () => {
    await scheduler.wait(4);
    return Response.json({ body: "Hello", subject: "A question" });
  };
  return world;
}

/** The other enrollment is in the middle of its first step when the person replies in this one, `turns` turns of the event loop later. */
async function race(world: World, n: number): Promise<Race> {
  const email = `race${n}@lead.example`;
  const [one, two] = [await enroll(world, { email }), await enroll(world, { email })];
  const order: ("look" | "accepted")[] = [];
  const { repliedElsewhere } = ContactObject.prototype;
  const watch = vi.spyOn(ContactObject.prototype, "repliedElsewhere").mockImplementation(function (
    this: ContactObject,
    ...asked
  ) {
    if (asked[0] === two.id) order.push("look");
    return repliedElsewhere.apply(this, asked);
  });
  const running = ring(two.stub);
  for (let turn = 0; turn < n % 50; turn += 1) await scheduler.wait(0);
  await one.stub.receive(humanReply("Call me"));
  order.push("accepted");
  await running;
  await runUntil(two.stub, async () => (await two.stub.read())?.phase.name === "finished", 20);
  watch.mockRestore();
  // Two looks before the first message: one before the draft, one before the send.
  const replyFirst = order.indexOf("accepted") < 2;
  return { replyFirst, mails: (await sandboxMail(two.id)).length };
}

/** Why a race breaks the promise, or null: no look after the reply was accepted lets a message out. */
function broken({ replyFirst, mails }: Race): string | null {
  if (replyFirst && mails > 0) return "a message left that was looked at after the reply had been accepted";
  return mails > 1 ? "the next message left as well" : null;
}

test("a reply that is accepted while the person's other enrollment sends stops it, or comes after its last look", async () => {
  const world = await track();
  const races: Race[] = [];
  for (let n = 0; n < RACES; n += 1) races.push(await race(world, n));
  expect(races.flatMap((one) => broken(one) ?? [])).toEqual([]);
  // Both orders happened, or nothing was raced.
  expect(new Set(races.map(({ replyFirst }) => replyFirst)).size).toBe(2);
}, 600_000);

test("an engine whose last look hears nothing is found out", async () => {
  const world = await track();
  vi.spyOn(ContactObject.prototype, "noteReply").mockImplementation(() => undefined);
  const races: Race[] = [];
  for (let n = 0; n < 25; n += 1) races.push(await race(world, n * 2));
  expect(races.flatMap((one) => broken(one) ?? []).length).toBeGreaterThan(0);
}, 600_000);
