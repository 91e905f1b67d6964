import { describe, expect, test } from "vitest";
import type { EnrollmentEvent } from "../../../core/events.ts";
import type { BounceFacts, Classification } from "../../../core/mail/inbound.ts";
import {
  alarm,
  begun,
  by,
  cadence,
  composed,
  effectsOf,
  facts,
  journaled,
  MINUTE,
  named,
  play,
  reply,
  T,
  TO_READY,
  TO_SENT,
  told,
  toTell,
} from "../given.ts";

const C = cadence();
const WAITING = play(begun(), C, ...TO_SENT).state;
const EDITED = by(T, { type: "lead_edited", lead: { email: "right@lead.example" } }) as EnrollmentEvent;

const bounce = (recipient: string, more: Partial<BounceFacts> = {}): Partial<Classification> => ({
  kind: "bounce",
  bounce: {
    class: "hard",
    addressDead: true,
    messagePermanent: true,
    reason: "user_unknown",
    recipient,
    recipients: [recipient],
    status: "5.1.1",
    diagnostic: "550 5.1.1 User unknown",
    ...more,
  },
});

function suppressed(moved: ReturnType<typeof play>): readonly unknown[] {
  return moved.writes.flatMap((write) =>
    write.type === "journal" && write.entry.kind === "note" && write.entry.code === "address_suppressed"
      ? [write.entry.detail["address"]]
      : [],
  );
}

describe("whose address a bounce is about", () => {
  test("the lead's: it ends, and that address is suppressed", () => {
    const moved = play(WAITING, C, reply(T, bounce("Jane@lead.example")));
    expect([named(moved.state.phase), suppressed(moved)]).toEqual(["finished:bounced", ["jane@lead.example"]]);
  });

  test("one that the lead had before: that one is suppressed, and the cadence goes on to the new one", () => {
    const moved = play(WAITING, C, EDITED, reply(T + 1, bounce("jane@lead.example")));
    expect([named(moved.state.phase), suppressed(moved)]).toEqual(["waiting", ["jane@lead.example"]]);
  });

  test("one that nobody knows: the lead's mail was passed on, and ends there", () => {
    const moved = play(WAITING, C, reply(T, bounce("jane.doe@inside.lead.example")));
    expect([named(moved.state.phase), suppressed(moved)]).toEqual(["finished:bounced", ["jane@lead.example"]]);
  });

  test("refused first, and dead after that: the address is suppressed all the same", () => {
    const refused = bounce("jane@lead.example", { class: "undecided", addressDead: false });
    const moved = play(WAITING, C, reply(T, refused, "in_1"), reply(T + 1, bounce("jane@lead.example"), "in_2"));
    expect([named(moved.state.phase), suppressed(moved)]).toEqual(["finished:bounced", ["jane@lead.example"]]);
  });
});

test("who wants no more mail is written to at none of the addresses that they had", () => {
  const moved = play(WAITING, C, EDITED, reply(T + 1, { kind: "unsubscribe", confidence: 0.95 }));
  expect(suppressed(moved)).toEqual(["right@lead.example", "jane@lead.example"]);
});

test("an answer to an earlier reply doesn't go out after the lead asked for no more mail", () => {
  const asked = play(WAITING, C, reply(T, {}, "in_1"), alarm(T + 1)).state;
  const question = asked.deliveries.find((delivery) => delivery.question !== null);
  const refused = play(asked, C, reply(T + 2, { kind: "unsubscribe", confidence: 0.95 }, "in_2")).state;
  const n = Number(question?.id.split("_").at(-1));
  const moved = play(refused, C, told(T + 3, n, { body: "Great, call me" }, question?.attempt));
  expect([moved.state.answers, effectsOf(moved).includes("read_facts")]).toEqual([[], false]);
  expect(journaled(moved)).toContain("reply_answer_dropped");
  const completion = {
    type: "reply_completion_received",
    at: T + 3,
    dice: 0.5,
    deliveryId: question?.id ?? "",
    answer: { body: "Great, call me" },
    digest: "1",
  } as const;
  expect(play(refused, C, completion).refusal).toMatchObject({ code: "already_finished" });
});

test("the lead's address is edited while the bytes are made: the gates are asked about the new one first", () => {
  const looked = play(begun(), C, ...TO_READY, facts(T, "send")).state;
  const moved = play(looked, C, EDITED, composed(T));
  expect(effectsOf(moved)).toEqual(["read_facts"]);
  const again = play(moved.state, C, facts(T, "send"), composed(T, { to: "right@lead.example" }));
  expect([effectsOf(again), again.state.phase]).toMatchObject([
    ["send_message"],
    { job: { to: "right@lead.example" } },
  ]);
});

test("twenty notices of machines within the hour don't keep a person's reply from being told", () => {
  let state = WAITING;
  for (let n = 0; n < 20; n += 1)
    state = play(state, C, reply(T + n, { kind: "auto_reply", subtype: "auto_ack" }, `auto_${n}`)).state;
  const moved = play(state, C, reply(T + 10 * MINUTE, {}, "in_human"));
  expect(toTell(moved.state)).toContain("lead.replied");
});
