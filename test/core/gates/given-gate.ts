import type { CadenceSettings } from "../../../core/cadence.ts";
import { channelOfStep } from "../../../core/channel.ts";
import type { Enrollment } from "../../../core/enrollment.ts";
import type { Facts } from "../../../core/facts.ts";
import type { GateContext } from "../../../core/gates/gate.ts";
import { begun, cadence, FACTS, T } from "../given.ts";

/** What a gate looks at: all open, but for what is said. */
export function seen(
  changes: {
    facts?: Partial<Facts>;
    step?: Record<string, unknown>;
    settings?: Partial<CadenceSettings>;
    enrollment?: Partial<Enrollment>;
    now?: number;
  } = {},
): GateContext {
  const of = cadence([changes.step ?? {}], changes.settings);
  const step = of.steps[0] ?? null;
  return {
    now: changes.now ?? T,
    enrollment: { ...begun(of), ...changes.enrollment },
    cadence: of,
    step,
    channel: channelOfStep(step),
    facts: { ...FACTS, ...changes.facts },
  };
}
