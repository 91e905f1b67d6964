import { NAMED_POINTS, type Point } from "../plan.ts";
import type { Evidence, Violation } from "./evidence.ts";

const FLOOR = 0.95;
/** Of all kills, at each named point; a tenth of 200 is 20. */
const POINT_SHARE = 0.1;

/** How many kills each point had. */
export function pointsHit({ record }: Evidence): Record<Point, number> {
  const hits = {
    draft_seen: 0,
    mail_accepted: 0,
    answered: 0,
    flush: 0,
    inbound: 0,
    random: 0,
    reload: 0,
    slow_start: 0,
  };
  for (const { point } of record.kills) hits[point] += 1;
  return hits;
}

/** A run can also pass by doing nothing: the steps were sent, and the kills were where they were meant to be. */
export function judgeWork(evidence: Evidence): Violation[] {
  const { amount, record, onAmbiguous } = evidence;
  const violation = (detail: string): Violation => ({ promise: "work was done", lead: "–", detail });
  const hits = pointsHit(evidence);
  const kills = record.kills.length - hits.reload - hits.slow_start;
  const share = stepsDone(evidence);
  return [
    ...(hits.reload === amount.reloads ? [] : [violation(`${hits.reload} reloads of ${amount.reloads}`)]),
    ...(kills === amount.kills ? [] : [violation(`${kills} kills of ${amount.kills}`)]),
    ...NAMED_POINTS.filter((point) => hits[point] < Math.floor(amount.kills * POINT_SHARE)).map((point) =>
      violation(`only ${hits[point]} kills at ${point}`),
    ),
    ...(onAmbiguous === "hold" || share >= FLOOR ? [] : [violation(`only ${(share * 100).toFixed(1)} % of the steps`)]),
  ];
}

/** The part of the steps that were sent or are shown as doubtful; a reply ends what was still to come. */
export function stepsDone({ accounts, amount }: Evidence): number {
  let done = 0;
  let due = 0;
  for (const { enrollment } of accounts) {
    const outcomes = enrollment?.outcomes ?? [];
    const passed = outcomes.filter(({ outcome }) => outcome === "sent" || outcome === "ambiguous").length;
    done += passed;
    due += enrollment?.state === "exited" ? passed : amount.steps;
  }
  return due === 0 ? 0 : done / due;
}
