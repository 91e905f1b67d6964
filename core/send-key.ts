import { type Enrollment, idStem } from "./enrollment.ts";
import type { Lane } from "./events.ts";

/** `dh-<enrollment>-<step>-<generation>`, or `dh-<enrollment>-r<inbound>-<generation>` for an answer to a reply. */
export function sendKey(state: Enrollment, lane: Lane): string {
  const what = lane.of === "step" ? `${state.step}` : `r${lane.reply}`;
  return `dh-${idStem(state.id)}-${what}-${state.counters.generation}`;
}
