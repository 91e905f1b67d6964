import type { CadenceVersion } from "../cadence.ts";
import type { Transition } from "../effects.ts";
import type { Draft, Enrollment } from "../enrollment.ts";
import { withStanding } from "../linkedin/standing.ts";
import { first, note } from "./build.ts";
import { skip } from "./gated.ts";
import { exit, giveSlotBack } from "./next.ts";

/** Nothing reaches the lead on LinkedIn: the enrollment ends, or goes on without its LinkedIn steps, as the cadence says. */
export function unreachable(
  state: Enrollment,
  at: number,
  cadence: CadenceVersion,
  detail: string,
  draft: Draft | null,
): Transition {
  const known = withStanding(state, { unreachable: detail });
  const instead = cadence.settings.onLinkedinUnreachable ?? "stop";
  const line = note(state, at, "linkedin_unreachable", { subjectId: draft?.id ?? null, detail: { detail, instead } });
  if (instead === "skip")
    return first([line], skip(giveSlotBack(known, draft), cadence, at, draft, "linkedin_unreachable"));
  return first([line], exit(known, cadence, at, { state: "exited", reason: "unreachable", detail }));
}
