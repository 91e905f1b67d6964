import { afterEach, expect, test, vi } from "vitest";
import { drafts, enroll, makeWorld, runUntil, START, sandboxMail, setClock } from "../../support/enrollment.ts";

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

test("each due step asks the customer once and sends what they said, in one thread, then the enrollment is complete", async () => {
  setClock(START);
  const world = await makeWorld();
  world.answer = ({ n }) => Response.json(n === 1 ? { subject: "A question", body: "First" } : { body: "Second" });
  const { id, stub } = await enroll(world);
  await runUntil(stub, async () => (await stub.read())?.phase.name === "finished");
  const state = await stub.read();
  expect(state?.outcomes.map((outcome) => outcome.outcome)).toEqual(["sent", "sent"]);
  expect(drafts(world)).toHaveLength(2);
  const mails = await sandboxMail(id);
  expect(mails.map((mail) => mail.subject)).toEqual(["A question", "Re: A question"]);
  const [first, second] = mails;
  const messageId = /^Message-ID: (<[^>]+>)/im.exec(first?.raw ?? "")?.[1] ?? "none";
  expect(second?.raw).toContain(`In-Reply-To: ${messageId}`);
});
