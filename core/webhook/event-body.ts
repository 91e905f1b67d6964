import type { CadenceVersion } from "../cadence.ts";
import { type Enrollment, stateOf } from "../enrollment.ts";

/** What an event tells: `data` under its own key, and for MyAgentMail's events also `flat` fields at top level. */
export interface EventContent {
  readonly data: Readonly<Record<string, unknown>>;
  readonly flat?: Readonly<Record<string, unknown>>;
}

/** The body of an event as JSON text, built once and sent at every attempt (contract.md section 3, settled.md). */
export function eventBody(
  type: string,
  id: string,
  at: number,
  state: Enrollment,
  cadence: CadenceVersion,
  content: EventContent,
): string {
  return JSON.stringify({
    type,
    id,
    timestamp: new Date(at).toISOString(),
    mode: state.mode,
    cadence: { id: cadence.id, name: cadence.name, version: cadence.version },
    enrollment: {
      id: state.id,
      leadExternalId: state.lead.externalId,
      leadName: state.lead.name,
      leadEmail: state.lead.email,
      state: stateOf(state),
    },
    data: content.data,
    ...content.flat,
  });
}
