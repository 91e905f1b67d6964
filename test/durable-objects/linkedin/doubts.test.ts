import { afterEach, describe, expect, test, vi } from "vitest";
import type { EnrollmentStub } from "../../../durable-objects/stub.ts";
import { drafts, runUntil } from "../../support/enrollment.ts";
import { read, settle } from "../../support/linkedin.ts";
import { begun, type FarSide, later } from "../../support/linkedin-scene.ts";

const MINUTE_MS = 60_000;

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const CONNECT = [{ kind: "linkedin_connect" }];
const THEN_WRITE = [...CONNECT, { kind: "linkedin_message", condition: "after_accept" }];

/** Takes what LinkedIn would refuse, so that a second one is counted. */
const REPEATS = { allowsRepeats: true };

/** What an answer can look like of which nobody knows what was done. */
const UNCLEAR = [
  ["500", { status: 500, type: "unexpected_error" }],
  ["502, of something in between", { status: 502, text: "<h1>Bad gateway</h1>" }],
  ["a 201 that isn't what was asked for", { status: 201, text: "{}" }],
  ["a connection that breaks", "reset"],
  ["an answer that is cut off", "cut_mid_answer"],
] as const;

describe.each(UNCLEAR)("%s", (_, how) => {
  test("after the invitation was taken: it is found among those that are open, and was sent once", async () => {
    const { stub, far } = await begun({ steps: CONNECT, double: REPEATS }, (there) => there.meet(how, "after"));
    expect((await read(stub)).phase).toMatchObject({ name: "held", reason: "ambiguous" });
    await runUntil(stub, async () => (await read(stub)).outcomes.length > 0);
    const [taken] = (await far.record()).invitations;
    expect((await read(stub)).outcomes).toMatchObject([{ step: 0, outcome: "sent" }]);
    expect((await read(stub)).linkedin?.invitation).toMatchObject({ id: taken?.id });
    expect(await far.invitations()).toEqual(["Hello"]);
  });

  test("before it was taken: nobody guesses, and a person says that it didn't arrive", async () => {
    const { world, stub, far } = await begun({ steps: CONNECT, double: REPEATS }, (there) => there.meet(how));
    await later(stub, 60 * MINUTE_MS);
    const draftId = await doubt(stub);
    expect(world.requests.filter(({ json }) => json["type"] === "cadence.step.ambiguous")).toHaveLength(1);
    expect(await far.tries("GET users/invite/sent")).toBeGreaterThan(0);
    await stub.request({ type: "send_settled", by: "key_1", draftId, arrived: false });
    await settle(stub);
    expect(await far.invitations()).toEqual(["Hello"]);
    expect((await read(stub)).outcomes).toMatchObject([{ outcome: "sent" }]);
    expect(drafts(world)).toHaveLength(1);
  });
});

test("a person says that it did arrive, and the cadence goes on without another", async () => {
  const { world, stub, far } = await begun({ steps: THEN_WRITE }, (there) => there.meet("reset"));
  await stub.request({ type: "send_settled", by: "key_1", draftId: await doubt(stub), arrived: true });
  await settle(stub);
  expect((await read(stub)).outcomes).toMatchObject([{ step: 0, outcome: "sent" }]);
  expect((await read(stub)).phase).toMatchObject({ waitingFor: { reason: "not_accepted_yet" } });
  expect(await far.invitations()).toEqual([]);
  expect(drafts(world)).toHaveLength(1);
});

test("a message whose answer was lost is found by its words in the conversation", async () => {
  const { stub, far } = await begun({ steps: THEN_WRITE, double: REPEATS }, async (there) => {
    await there.accept();
    await there.order("write-by-hand", { who: "jane-doe", text: "Hello again" });
    await there.meet("reset", "after");
  });
  expect((await read(stub)).phase).toMatchObject({ name: "held", reason: "ambiguous" });
  await runUntil(stub, async () => (await read(stub)).outcomes.length > 1);
  expect((await read(stub)).outcomes.at(-1)).toMatchObject({ step: 1, outcome: "sent" });
  expect(await far.messages()).toEqual(["Hello"]);
});

test("a message that never arrived isn't taken for another that did", async () => {
  const { stub, far } = await begun({ steps: THEN_WRITE, double: REPEATS }, async (there) => {
    await there.accept();
    await there.order("write-by-hand", { who: "jane-doe", text: "Hello again" });
    await there.meet("reset");
  });
  await later(stub, 60 * MINUTE_MS);
  await doubt(stub);
  expect(await far.messages()).toEqual([]);
});

test.each(["hook", "poll"] as const)(
  "an invitation that was accepted before anybody looked for it holds nothing back, told by %s",
  async (by) => {
    const { stub, far } = await begun({ steps: THEN_WRITE, double: REPEATS }, (there) => there.meet("reset", "after"));
    await doubt(stub);
    await far.accept();
    await later(stub, 90 * MINUTE_MS);
    if (by === "poll") await far.poll(stub);
    else await stub.request({ type: "connected", by });
    await settle(stub);
    expect((await read(stub)).outcomes).toMatchObject([
      { step: 0, outcome: "ambiguous" },
      { step: 1, outcome: "sent" },
    ]);
    expect([await far.invitations(), await far.messages()]).toEqual([["Hello"], ["Hello"]]);
  },
);

describe("onAmbiguous", () => {
  test("assume_sent looks once, and goes on", async () => {
    const settings = { onAmbiguous: "assume_sent" } as const;
    const { stub, far } = await begun({ steps: CONNECT, settings, double: REPEATS }, (there) => there.meet("reset"));
    await runUntil(stub, async () => (await read(stub)).outcomes.length > 0);
    expect((await read(stub)).outcomes).toMatchObject([{ outcome: "ambiguous" }]);
    expect(await far.tries("GET users/invite/sent")).toBe(1);
    expect(await far.tries("POST users/invite")).toBe(1);
  });

  test("resend_after sends again what the lists don't have", async () => {
    const settings = { onAmbiguous: "resend_after" } as const;
    const { stub, far } = await begun({ steps: CONNECT, settings, double: REPEATS }, (there) => there.meet("reset"));
    await runUntil(stub, async () => (await read(stub)).outcomes.length > 0);
    expect((await read(stub)).outcomes).toMatchObject([{ outcome: "sent" }]);
    expect(await far.tries("POST users/invite")).toBe(2);
    expect(await far.invitations()).toEqual(["Hello"]);
  });

  test("resend_after sends nothing again that the lists have", async () => {
    const settings = { onAmbiguous: "resend_after" } as const;
    const { stub, far } = await begun({ steps: CONNECT, settings, double: REPEATS }, (there) =>
      there.meet("reset", "after"),
    );
    await runUntil(stub, async () => (await read(stub)).outcomes.length > 0);
    expect((await read(stub)).outcomes).toMatchObject([{ outcome: "sent" }]);
    expect(await far.tries("POST users/invite")).toBe(1);
  });
});

/** Without these nobody knew whether the count of invitations could see a second one. */
describe("an invitation that arrived, and is sent again because a person said that it hadn't", () => {
  test("is counted twice where the double takes repeats", async () => {
    const { far } = await sentAgain(REPEATS);
    expect(await far.invitations()).toEqual(["Hello", "Hello"]);
  });

  test("is refused by LinkedIn itself, and counts as done", async () => {
    const { far, stub } = await sentAgain({});
    expect(await far.invitations()).toEqual(["Hello"]);
    expect((await read(stub)).outcomes).toMatchObject([{ outcome: "sent" }]);
  });

  async function sentAgain(double: object): Promise<{ readonly far: FarSide; readonly stub: EnrollmentStub }> {
    const { stub, far } = await begun({ steps: CONNECT, double }, (there) => there.meet("reset", "after"));
    await stub.request({ type: "send_settled", by: "key_1", draftId: await doubt(stub), arrived: false });
    await settle(stub);
    return { far, stub };
  }
});

/** The draft that is held in doubt. */
async function doubt(stub: EnrollmentStub): Promise<string> {
  const { phase } = await read(stub);
  expect(phase).toMatchObject({ name: "held", reason: "ambiguous" });
  return phase.name === "held" ? (phase.draft?.id ?? "") : "";
}
