import { expect, test } from "vitest";
import { Step } from "../../../core/contract/step.ts";
import { pacedSender, senderNamed } from "../../../core/pace/paced-sender.ts";
import { FACTS } from "../given.ts";
import { ACCOUNT } from "../linkedin/given-linkedin.ts";

const CONNECT = Step.parse({ kind: "linkedin_connect" });
const BARE = Step.parse({ kind: "linkedin_connect", draftStrategy: "static" });
const facts = (plan: "free" | "paid") => ({ ...FACTS, linkedin: { ...ACCOUNT, plan } });

test("mail goes by its mailbox, LinkedIn by the account, each act by itself, and a task by nobody", () => {
  expect(pacedSender(Step.parse({ kind: "email" }), FACTS)?.id).toBe("mbx_1");
  expect(pacedSender(CONNECT, facts("paid"))?.id).toBe("lia_1/invitations");
  expect(pacedSender(Step.parse({ kind: "linkedin_message" }), facts("paid"))?.id).toBe("lia_1/messages");
  expect(pacedSender(Step.parse({ kind: "task" }), facts("paid"))).toBeNull();
  expect(pacedSender(CONNECT, FACTS)).toBeNull();
});

test("a free account may write five notes in thirty days; without one it invites by its other limits", () => {
  expect(pacedSender(CONNECT, facts("free"))).toMatchObject({
    id: "lia_1/notes",
    pace: { spans: [{ days: 30, most: 5 }] },
  });
  expect(pacedSender(BARE, facts("free"))).toMatchObject({ id: "lia_1/invitations", pace: ACCOUNT.invitations });
});

test("what an answer is about is known again by its name", () => {
  for (const [step, plan] of [
    [CONNECT, "free"],
    [CONNECT, "paid"],
    [Step.parse({ kind: "linkedin_message" }), "free"],
  ] as const) {
    const sender = pacedSender(step, facts(plan));
    expect(senderNamed(sender?.id ?? "", facts(plan))).toEqual(sender);
  }
});
