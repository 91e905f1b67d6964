import fc from "fast-check";
import { expect, test } from "vitest";
import { play, story } from "./commands.ts";
import { PRODUCTION } from "./shell.ts";
import { tally } from "./tally.ts";

/** As many as a check of every change can afford. A failed run prints seed and path; both can be asked for again. */
const RUNS = Number(process.env.SIMULATION_RUNS ?? 20_000);
const SEED = Number(process.env.SIMULATION_SEED ?? 20_261_123);
const PATH = process.env.SIMULATION_PATH;

test("whatever happens in whatever order, nothing is sent twice, too soon, after a stop or by mistake, and nothing is lost", {
  timeout: 7_200_000,
}, () => {
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(story, (told) => {
      for (const what of tally(play(told, PRODUCTION))) seen.set(what, (seen.get(what) ?? 0) + 1);
    }),
    { numRuns: RUNS, seed: SEED, ...(PATH === undefined ? {} : { path: PATH }) },
  );
  // A simulation can also pass by doing nothing: each of these has to have happened in one run of a thousand.
  if (PATH === undefined)
    for (const what of HAPPENS) expect.soft(seen.get(what) ?? 0, what).toBeGreaterThan(RUNS / 1000);
});

const HAPPENS = [
  "two steps sent",
  "completed",
  "crossed",
  "repeated with its key",
  "found in the records",
  "looked_up",
  "ambiguous",
  "assumed",
  "sent again by a person",
  "answered a reply",
  "reopened",
  "deferred",
  "skipped",
  "failed",
  "bounced",
  "suppressed",
  "replied_elsewhere",
  "person_limit_reached",
  "unenrolled",
  "unsubscribed",
  "stopped by the customer",
  "held",
  "waited for the mailbox",
  "endpoint_restored",
  "facts_unreadable",
  "profile_found",
  "profile_not_read",
  "account_troubled",
  "linkedin_unreachable",
  "connected",
  "not_connected",
  "already_connected",
  "task_created",
  "task_done",
  "task_skipped",
  "task_overdue",
  "sent on LinkedIn",
  "not_accepted",
  "completion_received",
  "inbound_cap_reached",
  "reply_answer_held",
  "draft_attempt_failed",
  "send_not_sent",
  "send_result_late",
  "killed while sending",
  "killed while drafting",
] as const;
