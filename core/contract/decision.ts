import { z } from "zod";
import { Timestamp } from "./common.ts";
import { EnrollmentStateName, PhaseName, StepOutcomeEntry } from "./enrollment.ts";

const facts = z
  .record(z.string(), z.unknown())
  .meta({ description: "The facts that the gate read. Which these are may grow." });

/** One gate's word. */
export const DecisionGate = z
  .strictObject({
    gate: z.string().meta({
      description:
        "`person` (a pause), `delay` (the step's own time), `switches`, `quota`, `suppression`, `endpoint`, `mailbox`, `condition`, `absence`, `window`, `quota`, `contact`, `mailbox_pace`, `endpoint_health`, `daily_cap`, and others that there will be.",
    }),
    verdict: z.enum(["pass", "wait", "hold", "skip", "stop"]),
    reason: z.string().nullable().meta({ description: "A stable code; null where it passes." }),
    detail: z.string().nullable(),
    until: Timestamp.nullable().meta({
      description: "When it passes, as things stand; null where it passes, or where no time opens it.",
    }),
    read: facts,
  })
  .meta({ id: "DecisionGate" });
export type DecisionGate = z.infer<typeof DecisionGate>;

const NextStep = z.strictObject({
  step: z.number().int().meta({ description: "Counts from 0." }),
  kind: z.string(),
  action: z.enum(["ask_for_draft", "send", "pass"]).meta({
    description: "What the gates stand before: asking your endpoint (or using static words), sending, or a wait's end.",
  }),
  earliestAt: Timestamp.nullable().meta({
    description:
      "The first time at which every gate passes, as things stand now; null where no time is known. What others take meanwhile (a day's cap, a place at the endpoint) may put it off.",
  }),
  looksAgainAt: Timestamp.nullable().meta({ description: "When the engine looks next by itself." }),
  blockedBy: z.string().nullable().meta({ description: "The gate that opens last, or that no time opens." }),
  gatesNow: z.array(DecisionGate).meta({ description: "Every gate in order, asked now: why not yet." }),
  gatesThen: z.array(DecisionGate).meta({ description: "The same at `earliestAt`; empty where there is none." }),
});

const PastTrace = z.strictObject({
  at: Timestamp,
  what: z
    .string()
    .meta({ description: "`sent`, `waiting`, or `gate_closed` for what was passed over, held or ended." }),
  gates: z.array(DecisionGate),
});

/** `GET /v1/enrollments/{id}/decision`. */
export const Decision = z
  .strictObject({
    enrollmentId: z.string(),
    at: Timestamp,
    state: EnrollmentStateName,
    phase: PhaseName,
    summary: z.string().meta({
      description: "What happens next, when and why not now, as a sentence for people.",
      example:
        "Step 2 (email) waits until Mon 2026-11-23 09:12 Europe/Paris, because it is outside business hours in Europe/Paris (the lead has a time zone of its own).",
    }),
    next: NextStep.nullable().meta({ description: "Null where something is under way, or nothing is left to do." }),
    past: z.array(StepOutcomeEntry.extend({ traces: z.array(PastTrace) })).meta({
      description: "The steps that are passed, each with the gates as they stood then.",
    }),
    current: z.array(PastTrace).meta({ description: "What the gates have said of the step in hand so far." }),
  })
  .meta({ id: "Decision" });
export type Decision = z.infer<typeof Decision>;
