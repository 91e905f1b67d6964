import { describe, expect, test } from "vitest";
import type { EnrollmentEvent } from "../../../core/events.ts";
import { type DeliveryEvent, reportedBounce } from "../../../core/mail/delivery-event.ts";
import {
  ACCEPTED,
  alarm,
  begun,
  cadence,
  composed,
  DAY,
  facts,
  JANE,
  journaled,
  named,
  play,
  sendFinished,
  T,
  TO_READY,
  UNKNOWN,
} from "../given.ts";

const KEY = "dh-aaaaaaaaaaaaaaaa-0-0";
const C = cadence();
const SENDING = play(begun(), C, ...TO_READY, facts(T, "send"), composed(T)).state;
const SENT = play(SENDING, C, sendFinished(T, ACCEPTED)).state;
const DOUBTFUL = play(SENDING, C, sendFinished(T, UNKNOWN)).state;

function reported(kind: DeliveryEvent["kind"], more: Partial<DeliveryEvent> = {}): EnrollmentEvent {
  const report: DeliveryEvent = {
    kind,
    sendKey: KEY,
    providerMessageId: "p1",
    wireMessageId: null,
    recipient: JANE.email ?? "",
    at: T,
    bounce: null,
    ...more,
  };
  return { type: "delivery_reported", at: T + 1, dice: 0.5, report };
}

const bounce = (judgement: "dead" | "permanent" | "transient", recipient = JANE.email ?? "") =>
  reported("bounced", { recipient, bounce: reportedBounce({ recipient, judgement, status: null, words: "" }) });

describe("what a provider says of a message that was sent", () => {
  test("delivered is noted, once however often it is told", () => {
    const moved = play(SENT, C, reported("delivered"), reported("delivered"), reported("delivered"));
    expect(journaled(moved).filter((code) => code === "message_delivered")).toHaveLength(1);
    expect(moved.state.phase).toEqual(SENT.phase);
  });

  test("a dead address ends the enrollment, and nobody writes to it any more", () => {
    const moved = play(SENT, C, bounce("dead"));
    expect([named(moved.state.phase), journaled(moved)]).toEqual([
      "finished:bounced",
      expect.arrayContaining(["message_bounced", "address_suppressed"]),
    ]);
  });

  test("a message that was refused for good ends the enrollment, and the address stays free", () => {
    const moved = play(SENT, C, bounce("permanent"));
    expect([named(moved.state.phase), journaled(moved).includes("address_suppressed")]).toEqual([
      "finished:bounced",
      false,
    ]);
  });

  test("what may pass changes nothing, unless the cadence stops for it", () => {
    expect(named(play(SENT, C, bounce("transient")).state.phase)).toBe("waiting");
    const strict = cadence(undefined, { onSoftBounce: "stop" });
    expect(named(play(SENT, strict, bounce("transient")).state.phase)).toBe("finished:bounced");
  });

  test("a soft bounce that turns out to be final counts, whichever comes first", () => {
    for (const told of [
      [bounce("transient"), bounce("dead")],
      [bounce("dead"), bounce("transient")],
    ])
      expect(named(play(SENT, C, ...told).state.phase)).toBe("finished:bounced");
  });

  test("a complaint refuses all contact", () => {
    const moved = play(SENT, C, reported("complained"), reported("complained"));
    expect([named(moved.state.phase), moved.state.refused]).toEqual(["finished:complained", "complained"]);
    expect(journaled(moved).filter((code) => code === "contact_refused")).toHaveLength(1);
  });

  test("delivered after a complaint takes nothing back", () => {
    const moved = play(SENT, C, reported("complained"), reported("delivered"));
    expect(named(moved.state.phase)).toBe("finished:complained");
  });

  test("the copy to a colleague that bounces, or is called spam, says nothing of the lead", () => {
    for (const event of [
      bounce("dead", "crm@acme.example"),
      reported("complained", { recipient: "crm@acme.example" }),
    ]) {
      const moved = play(SENT, C, event);
      expect([named(moved.state.phase), journaled(moved).includes("address_suppressed")]).toEqual(["waiting", false]);
    }
  });

  test("the id that the recipient sees is learned for the rest of the thread", () => {
    const unknown = { ...SENT, thread: { ...SENT.thread, messageIds: [] } };
    const moved = play(unknown, C, reported("delivered", { wireMessageId: "<0100@eu-west-1.amazonses.com>" }));
    expect(moved.state.thread.messageIds).toEqual(["<0100@eu-west-1.amazonses.com>"]);
  });

  test("an id that can't stand in a header is not learned", () => {
    const unknown = { ...SENT, thread: { ...SENT.thread, messageIds: [] } };
    const moved = play(unknown, C, reported("delivered", { wireMessageId: "<a@b>\r\nBcc: all@lead.example" }));
    expect(moved.state.thread.messageIds).toEqual([]);
  });
});

describe("what a provider says of a message in doubt", () => {
  test.each(["delivered", "delayed"] as const)("%s: it was taken, and nothing leaves a second time", (kind) => {
    const moved = play(DOUBTFUL, C, reported(kind), alarm(T + DAY));
    expect(named(DOUBTFUL.phase)).toBe("held:ambiguous");
    expect([named(moved.state.phase), moved.state.outcomes.map(({ outcome }) => outcome)]).toEqual([
      "waiting",
      ["sent"],
    ]);
  });

  test("bounced: it was taken, and the lead is gone", () => {
    const moved = play(DOUBTFUL, C, bounce("dead"));
    expect([named(moved.state.phase), moved.state.outcomes.map(({ outcome }) => outcome)]).toEqual([
      "finished:bounced",
      ["sent", "stopped"],
    ]);
  });

  test("the report may overtake the answer of the send", () => {
    const moved = play(SENDING, C, reported("delivered"), sendFinished(T + 2, UNKNOWN));
    expect([named(moved.state.phase), moved.state.outcomes.map(({ outcome }) => outcome)]).toEqual([
      "waiting",
      ["sent"],
    ]);
  });

  test("a report on another message settles nothing", () => {
    const moved = play(DOUBTFUL, C, reported("delivered", { sendKey: "dh-aaaaaaaaaaaaaaaa-1-0" }));
    expect(named(moved.state.phase)).toBe("held:ambiguous");
  });
});
