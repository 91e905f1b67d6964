import { z } from "zod";
import type { CadenceVersion } from "../core/cadence.ts";
import type { Enrollment } from "../core/enrollment.ts";
import type { StoredBesides } from "./enrollment-store.ts";

/** An enrollment's object as an export has it: the truth, and whatever is stored beside it. */
export interface TakenOut extends StoredBesides {
  readonly state: Enrollment;
  readonly cadence: CadenceVersion;
}

/** Reads what `takeOut` wrote; null, or what is wrong with it, where it is something else. */
export function readTakenOut(
  object: unknown,
): { readonly ok: true; readonly takenOut: TakenOut } | { readonly ok: false; readonly detail: string } {
  const parsed = Shape.safeParse(object);
  if (parsed.success) return { ok: true, takenOut: parsed.data as unknown as TakenOut };
  const [issue] = parsed.error.issues;
  return { ok: false, detail: `${issue?.path.join(".") ?? ""}: ${issue?.message ?? "can't be read"}` };
}

const Draft = z.looseObject({
  id: z.string(),
  createdAt: z.number(),
  expiresAt: z.number(),
  attempt: z.int().min(0),
  refusals: z.int().min(0),
});
const Words = z.looseObject({ subject: z.string().nullable(), text: z.string() });
const Job = z.looseObject({
  sendKey: z.string(),
  provider: z.string(),
  sha256: z.string(),
  messageId: z.string(),
  intentAt: z.number(),
  tries: z.int().min(0),
});
const Exit = z.looseObject({
  state: z.enum(["completed", "unenrolled", "exited"]),
  reason: z.string().nullable(),
});
const wakeAt = z.number();

const Ready = z.looseObject({ name: z.literal("ready"), draft: Draft, words: Words, job: Job.nullable(), wakeAt });
const Sending = z.looseObject({
  name: z.literal("sending"),
  draft: Draft,
  words: Words,
  job: Job,
  interruptedBy: Exit.nullable(),
  wakeAt,
});
const Held = z.looseObject({
  name: z.literal("held"),
  reason: z.string(),
  draft: Draft.nullable(),
  words: Words.nullable(),
  job: Job.nullable(),
  since: z.number(),
  wakeAt: wakeAt.nullable(),
});

const Tasked = z.looseObject({
  name: z.literal("tasked"),
  kind: z.string(),
  draft: Draft,
  words: Words,
  since: z.number(),
  dueAt: z.number(),
  reminders: z.int().min(0),
  gates: z.array(z.looseObject({ gate: z.string() })),
  remindAt: wakeAt.nullable(),
  wakeAt: wakeAt.nullable(),
});

/** Of each phase what the engine goes on with: one that lacks it would leave the enrollment stuck. */
const Phase = z.discriminatedUnion("name", [
  z.looseObject({ name: z.literal("waiting"), dueAt: z.number(), wakeAt }),
  z.looseObject({ name: z.literal("drafting"), draft: Draft, wakeAt }),
  z.looseObject({ name: z.literal("resting"), draft: Draft, lastFailure: z.string(), wakeAt }),
  z.looseObject({ name: z.literal("expecting"), draft: Draft, wakeAt }),
  Ready,
  Sending,
  Held,
  Tasked,
  z.looseObject({ name: z.literal("finished"), exit: Exit, at: z.number(), wakeAt }),
]);
const Texts = z.array(z.string());

/** All that the engine builds upon; what lies deeper was written by it, and concerns this enrollment alone. */
const Shape = z.looseObject({
  state: z.looseObject({
    id: z.string(),
    tenantId: z.string(),
    mode: z.enum(["live", "sandbox"]),
    lead: z.looseObject({ externalId: z.string(), name: z.string().nullable(), email: z.string().nullable() }),
    mailboxId: z.string().nullable(),
    enrolledAt: z.number(),
    revision: z.int().min(1).max(1_000_000_000),
    step: z.int().min(0),
    anchorAt: z.number(),
    phase: Phase,
    answers: z.array(
      z.looseObject({ reply: z.int(), phase: z.discriminatedUnion("name", [Ready, Sending, Held, Tasked]) }),
    ),
    deliveries: z.array(
      z.looseObject({
        id: z.string(),
        bodyKey: z.string(),
        type: z.string(),
        attempt: z.int().min(0),
        phase: z.enum(["due", "in_flight", "expecting"]),
        firstAt: z.number(),
        wakeAt,
      }),
    ),
    thread: z.looseObject({ messageIds: Texts }),
    replies: z.looseObject({ seen: Texts, recent: z.array(z.number()) }),
    outcomes: z.array(z.looseObject({ step: z.int() })),
    formerEmails: Texts,
    reported: Texts,
    settled: z.array(z.looseObject({ id: z.string() })),
    unusedSlots: z.array(z.looseObject({ draftId: z.string() })),
    counters: z.looseObject({ asked: z.int(), delivered: z.int(), inbound: z.int(), generation: z.int() }),
  }),
  cadence: z.looseObject({
    id: z.string(),
    name: z.string(),
    version: z.int(),
    endpointId: z.string().nullable(),
    settings: z.looseObject({ dailySendCap: z.int().min(1) }),
    steps: z.array(z.looseObject({ kind: z.string() })),
  }),
  lines: z.int().min(0),
  texts: z.array(z.strictObject({ key: z.string(), text: z.string() })),
  thread: z.array(z.looseObject({ id: z.string(), direction: z.enum(["out", "in"]), text: z.string() })),
  outbox: z.array(
    z.strictObject({
      n: z.int().min(1),
      entry: z.looseObject({ kind: z.string(), at: z.number() }),
      payload: z.string().optional(),
    }),
  ),
});
