import { expect, test } from "vitest";
import type { Draft, Enrollment, Phase, ReadyPhase, SendJob } from "../../../core/enrollment.ts";
import { MOVED_DOUBT, settleIn } from "../../../core/portable/settle-in.ts";
import { begun, DAY, T } from "../given.ts";

const DRAFT: Draft = {
  id: "drf_aaaaaaaaaaaaaaaa_0_1",
  previousDraftId: null,
  source: "webhook",
  createdAt: T,
  expiresAt: T + DAY,
  attempt: 1,
  refusals: 0,
  slotDay: "2026-11-23",
};
const WORDS = { subject: "Hello", text: "Hello", html: null, meta: null };
const JOB: SendJob = {
  sendKey: "dh-aaaaaaaaaaaaaaaa-0-0",
  provider: "smtp",
  sha256: "00",
  messageId: "<a@acme.example>",
  keepsMessageId: true,
  idempotencyWindowMs: DAY,
  intentAt: T,
  tries: 1,
  account: "x",
  lookUps: 0,
  absentAt: null,
  to: "jane@lead.example",
  doubt: null,
};
const READY: ReadyPhase = { name: "ready", draft: DRAFT, words: WORDS, job: JOB, waitingFor: null, wakeAt: T };
const REPLIED = { state: "exited", reason: "replied", detail: null } as const;

function moved(phase: Phase): Enrollment {
  return settleIn({ ...begun(), phase }, T + DAY);
}

test("a message that surely hasn't left is made again, of the same words and under the same key", () => {
  expect(moved(READY).phase).toMatchObject({ name: "ready", job: null, words: WORDS, draft: { id: DRAFT.id } });
});

test.each<[string, Phase]>([
  ["was being sent", { ...READY, job: JOB, name: "sending", interruptedBy: null }],
  ["was to be repeated after a doubt", { ...READY, job: { ...JOB, doubt: "no answer came" } }],
  [
    "was looked for at its provider",
    { ...READY, job: { ...JOB, doubt: "no answer came" }, name: "held", reason: "ambiguous", detail: "", since: T },
  ],
])("a message that %s waits for a person: nobody here repeats or looks for it", (_, phase) => {
  const { phase: after } = moved(phase);
  expect(after).toMatchObject({ name: "held", reason: "ambiguous", wakeAt: null, job: { lookUps: null } });
  expect(after.name === "held" && [MOVED_DOUBT, "no answer came"].includes(after.job?.doubt ?? "")).toBe(true);
});

test("who answered while a message was on its way gets no other", () => {
  expect(moved({ ...READY, job: JOB, name: "sending", interruptedBy: REPLIED }).phase).toMatchObject({
    name: "finished",
    exit: REPLIED,
  });
});

test("answers to replies are treated alike", () => {
  const answers = [
    { reply: 1, phase: READY },
    { reply: 2, phase: { ...READY, job: JOB, name: "sending", interruptedBy: null } as const },
  ];
  const { answers: after } = settleIn({ ...begun(), answers }, T);
  expect(after.map(({ phase }) => [phase.name, "job" in phase && phase.job === null])).toEqual([
    ["ready", true],
    ["held", false],
  ]);
});

test("a day's slot of the other installation is no slot here, and what waits stands as it stood", () => {
  const waiting = begun();
  expect(settleIn(waiting, T)).toEqual({ ...waiting, revision: waiting.revision + 1 });
  expect(moved({ name: "drafting", draft: DRAFT, wakeAt: T }).phase).toMatchObject({ draft: { slotDay: null } });
  expect(settleIn({ ...waiting, unusedSlots: [{ draftId: "d", day: "2026-11-23" }] }, T).unusedSlots).toEqual([]);
});

test("the person's other enrollments hear of a reply anew, since the count of a person stays behind", () => {
  const finished = (reason: "replied" | "bounced"): Phase => ({
    name: "finished",
    exit: { state: "exited", reason, detail: null },
    at: T,
    wakeAt: T + DAY,
  });
  expect(moved(finished("replied")).replyNews).toEqual({ at: T + DAY, wakeAt: T + DAY });
  expect(moved({ ...READY, job: JOB, name: "sending", interruptedBy: REPLIED }).replyNews).toMatchObject({
    wakeAt: T + DAY,
  });
  expect(moved(finished("bounced")).replyNews ?? null).toBeNull();
});
