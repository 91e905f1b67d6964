import { expect, test } from "vitest";
import { eventBody } from "../../../core/webhook/event-body.ts";
import { begun, by, cadence, event, FIRST, play, T, TO_SENT } from "../given.ts";

const C = cadence();

test("an event says what, when, of whom, and how things stand; MyAgentMail's fields lie flat beside it", () => {
  const text = eventBody("cadence.step.fired", event(1), T, begun(C), C, {
    data: { stepIndex: 0 },
    flat: { cadenceId: "cad_1" },
  });
  expect(JSON.parse(text)).toEqual({
    type: "cadence.step.fired",
    id: event(1),
    timestamp: new Date(T).toISOString(),
    mode: "live",
    cadence: { id: "cad_1", name: "First contact", version: 1 },
    enrollment: {
      id: "enr_aaaaaaaaaaaaaaaa",
      leadExternalId: "lead-1",
      leadName: "Jane Doe",
      leadEmail: "jane@lead.example",
      state: "active",
    },
    data: { stepIndex: 0 },
    cadenceId: "cad_1",
  });
});

test("the body is made once, with the event, and kept under its id", () => {
  const { writes } = play(begun(C), C, ...TO_SENT);
  const kept = writes.find((write) => write.type === "keep_text" && write.key === event(1));
  expect(kept?.type === "keep_text" ? JSON.parse(kept.text) : null).toMatchObject({
    type: "cadence.step.fired",
    data: { draftId: FIRST, crossed: false },
    stepIndex: 0,
    stepKind: "email",
    channelUrn: "jane@lead.example",
    renderedSubject: "A question",
    renderedText: "Hello",
    firedAt: new Date(T).toISOString(),
  });
});

test("an end is told with the state it ended in", () => {
  const { writes } = play(begun(C), C, by(T, { type: "unenroll_requested", reason: "moved on" } as const));
  const kept = writes.find((write) => write.type === "keep_text");
  expect(kept?.type === "keep_text" ? JSON.parse(kept.text) : null).toMatchObject({
    type: "cadence.lead.exited",
    enrollment: { state: "unenrolled" },
    reason: "moved on",
    leadExternalId: "lead-1",
  });
});
