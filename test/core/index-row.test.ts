import { expect, test } from "vitest";
import { indexRow } from "../../core/index-row.ts";
import { alarm, answered, begun, cadence, event, play, reply, T, TO_DRAFTING, told } from "./given.ts";

const C = cadence();
const REVIEWED = { body: "Hello", subject: "A question", review: true } as const;
const REPLIED = play(begun(), C, reply(T), alarm(T)).state;

test("a list can find the answer to a reply that waits for a person, although the enrollment has ended", () => {
  const { state } = play(REPLIED, C, told(T, 1, REVIEWED));
  expect(indexRow(state, T)).toMatchObject({
    state: "exited",
    phase: "finished",
    heldReason: "review_requested",
    draftId: event(1),
  });
  expect(indexRow(REPLIED, T)).toMatchObject({ state: "exited", heldReason: null, draftId: null });
});

test("the step that is held comes before an answer that is", () => {
  const going = cadence(undefined, { exitOnReply: false });
  const { state } = play(begun(), going, reply(T), alarm(T), told(T, 1, REVIEWED), ...TO_DRAFTING.slice(1));
  expect(indexRow(state, T)).toMatchObject({ state: "active", heldReason: "review_requested", draftId: event(1) });
  const both = play(state, going, answered(T, REVIEWED)).state;
  expect(indexRow(both, T)).toMatchObject({ state: "held", draftId: "drf_aaaaaaaaaaaaaaaa_0_1" });
});
