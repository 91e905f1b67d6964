import { describe, expect, test } from "vitest";
import { DraftRequest } from "../../../core/contract/draft-request.ts";
import { DRAFT_REQUEST_BYTES_MAX, THREAD_BYTES_MAX } from "../../../core/contract/limits.ts";
import type { ThreadMessage } from "../../../core/journal.ts";
import { utf8Bytes } from "../../../core/utf8.ts";
import { draftRequestBody, threadLines } from "../../../core/webhook/draft-request.ts";
import { begun, cadence, DAY, FIRST, play, T, TO_DRAFTING } from "../given.ts";

const C = cadence([{ promptHint: "short", maxChars: 1200 }]);
const URL = "https://drafthook.test/v1/drafts/drf/completion?token=t";
const STATE = play(begun(C), C, ...TO_DRAFTING).state;
const DRAFT = STATE.phase.name === "drafting" ? STATE.phase.draft : null;

const message = (text: string, changes: Partial<ThreadMessage> = {}): ThreadMessage => ({
  id: "msg_1",
  direction: "out",
  at: T,
  channel: "email",
  subject: "A question",
  text,
  messageId: null,
  from: null,
  to: null,
  step: 0,
  draftId: null,
  classification: null,
  detail: {},
  ...changes,
});
const body = (thread: readonly ThreadMessage[], state = STATE) =>
  draftRequestBody(state, C, DRAFT ?? never(), T, URL, thread);

test("the request says what the contract promises, and nothing else", () => {
  const request = DraftRequest.parse(JSON.parse(body([message("Hello")])));
  expect(request).toMatchObject({
    id: FIRST,
    attempt: 1,
    deadline: new Date(T + 30_000).toISOString(),
    expiresAt: new Date(T + DAY).toISOString(),
    completionUrl: URL,
    mode: "live",
    previousDraftId: null,
    enrollment: { leadName: "Jane Doe", currentStep: 0, context: { company: "Acme" } },
    step: { index: 0, kind: "email", promptHint: "short", maxChars: 1200 },
    thread: { messages: [{ text: "Hello" }] },
  });
});

test("every attempt of a draft differs in its number and deadline alone", () => {
  const again = draftRequestBody(STATE, C, { ...(DRAFT ?? never()), attempt: 2 }, T + 1000, URL, []);
  expect({ ...JSON.parse(again), attempt: 1, deadline: new Date(T + 30_000).toISOString() }).toEqual(
    JSON.parse(body([])),
  );
});

describe("the conversation", () => {
  test("is newest last and at most 20 messages", () => {
    const lines = threadLines(Array.from({ length: 30 }, (_, n) => message(`${n}`)));
    expect([lines.length, lines[0]?.text, lines.at(-1)?.text]).toEqual([20, "10", "29"]);
  });

  test("is at most 32 KiB of text; what is older falls off first, and the last one that fits is cut between characters", () => {
    const lines = threadLines([
      message("gone"),
      message(`é${"中".repeat(10_000)}`),
      message("x".repeat(THREAD_BYTES_MAX - 10)),
    ]);
    expect(lines.map(({ text }) => text.length)).toEqual([3, THREAD_BYTES_MAX - 10]);
    expect(lines[0]?.text).toBe("é中中");
  });

  test("shows of a reply what is new in it, and the whole where nothing new was found", () => {
    const inbound = (cleanText: unknown) =>
      threadLines([message("whole", { direction: "in", detail: { cleanText } })])[0]?.text;
    expect([inbound("new"), inbound(""), inbound(undefined)]).toEqual(["new", "whole", "whole"]);
  });
});

test("a request stays under 64 KiB: messages fall off, oldest first, before anything else does", () => {
  // Control characters take six bytes each as JSON, so 32 KiB of text can become 192 KiB.
  const wild = Array.from({ length: 20 }, (_, n) => message(`${n}${"\u0001".repeat(1500)}`));
  const text = body(wild);
  const messages = DraftRequest.parse(JSON.parse(text)).thread.messages;
  expect(utf8Bytes(text)).toBeLessThan(DRAFT_REQUEST_BYTES_MAX);
  expect(messages.length).toBeGreaterThan(3);
  expect(messages.at(-1)?.text).toBe(wild.at(-1)?.text);
});

test("the largest context that a lead may have still fits, with an empty conversation", () => {
  const state = { ...STATE, lead: { ...STATE.lead, context: { notes: "x".repeat(16_000) } } };
  expect(utf8Bytes(body([], state))).toBeLessThan(DRAFT_REQUEST_BYTES_MAX);
});

function never(): never {
  throw new Error("no draft");
}
