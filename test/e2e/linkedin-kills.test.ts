import { expect, test } from "vitest";
import { wordsFor } from "../chaos/linkedin/customer.ts";
import { type LinkedinEvidence, runOnLinkedin } from "../chaos/linkedin/run.ts";

const LEADS = 40;
const KILLS = 12;
/** What was on its way when the reply came in may still arrive. */
const IN_FLIGHT_MS = 2_000;

test("under kills in the middle of sending nobody is invited twice, or written the same words twice, or anything after a reply", {
  timeout: 150_000,
}, async () => {
  const evidence = await runOnLinkedin({ leads: LEADS, kills: KILLS, seed: 5, mutant: null, endAfterMs: 90_000 });
  const { invitations, messages, enrollments, repliedAt, kills, killsAtTaking } = evidence;
  expect(repeated(evidence)).toEqual([]);
  expect(sentButNotTaken(evidence)).toEqual([]);
  expect(messagesAfterReply(evidence)).toEqual([]);
  // Or all of it would be true of a run that did nothing.
  expect([kills, enrollments.size]).toEqual([KILLS, LEADS]);
  expect(killsAtTaking).toBeGreaterThanOrEqual(3);
  expect(invitations.length).toBeGreaterThanOrEqual(LEADS * 0.6);
  expect(messages.length).toBeGreaterThanOrEqual(LEADS * 0.6);
  expect(repliedAt.size).toBeGreaterThanOrEqual(5);
  const states = [...enrollments.values()].map(({ state }) => state);
  expect(states.filter((state) => state !== "active").length).toBeGreaterThanOrEqual(LEADS * 0.3);
  expect(states).not.toContain("held");
});

/** Without it a run that can't see a double would pass as well. */
test("an engine that sends again without looking is found out", { timeout: 120_000 }, async () => {
  const evidence = await runOnLinkedin({
    ...{ leads: 24, kills: 3, seed: 5, mutant: "unlooked-resend", endAfterMs: 45_000 },
  });
  expect(repeated(evidence).length).toBeGreaterThanOrEqual(3);
});

/** Who was invited more than once, and words that somebody was sent more than once. */
function repeated({ invitations, messages }: LinkedinEvidence): readonly string[] {
  const acts = [
    ...invitations.map(({ profileId }) => profileId),
    ...messages.map(({ profileId, text }) => `${profileId} ${text}`),
  ];
  return acts.filter((act, n) => acts.indexOf(act) !== n);
}

/** Steps that are said to be sent, and that LinkedIn doesn't know of. */
function sentButNotTaken({ invitations, messages, enrollments }: LinkedinEvidence): readonly string[] {
  const words = new Set([...invitations, ...messages].map(({ text }) => text));
  return [...enrollments].flatMap(([lead, { outcomes }]) =>
    outcomes
      .filter(({ outcome, step }) => outcome === "sent" && !words.has(wordsFor(lead, step)))
      .map(({ step }) => `${lead} ${step}`),
  );
}

function messagesAfterReply({ messages, repliedAt }: LinkedinEvidence): readonly string[] {
  return messages
    .filter(({ text, at }) =>
      [...repliedAt].some(([lead, heardAt]) => text.startsWith(`For ${lead}:`) && at > heardAt + IN_FLIGHT_MS),
    )
    .map(({ text }) => text);
}
