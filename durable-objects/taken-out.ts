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

const Phase = z.looseObject({
  name: z.enum(["waiting", "drafting", "resting", "expecting", "ready", "sending", "held", "finished"]),
});
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
    phase: Phase,
    answers: z.array(z.looseObject({ reply: z.int(), phase: Phase })),
    deliveries: z.array(z.looseObject({ id: z.string(), bodyKey: z.string(), wakeAt: z.number() })),
    thread: z.looseObject({ messageIds: Texts }),
    replies: z.looseObject({ seen: Texts, recent: z.array(z.number()) }),
    outcomes: z.array(z.looseObject({ step: z.int() })),
    formerEmails: Texts,
    reported: Texts,
    settled: z.array(z.looseObject({ id: z.string() })),
    unusedSlots: z.array(z.looseObject({ day: z.string() })),
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
