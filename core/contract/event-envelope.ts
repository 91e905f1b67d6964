import { z } from "zod";
import { ModeName, Timestamp } from "./common.ts";
import { CadenceRef } from "./draft-request.ts";

/** What every event begins with. */
export function envelope<Type extends string>(type: Type) {
  return {
    type: z.literal(type),
    id: z
      .string()
      .meta({ description: "Value of `webhook-id`: the same at every attempt.", example: "evt_mzxw6ytboi2gk3tu_7" }),
    timestamp: Timestamp.meta({ description: "When it happened, not when it was delivered." }),
    mode: ModeName,
  };
}

/** The envelope that all events share (core/webhook/event-body.ts writes it), with `data` and the flat fields of one type. */
export function event<Type extends string, Data extends z.ZodType, Flat extends z.ZodRawShape = Record<never, never>>(
  id: string,
  type: Type,
  data: Data,
  flat?: Flat,
) {
  return z
    .strictObject({
      ...envelope(type),
      cadence: CadenceRef,
      enrollment: z.strictObject({
        id: z.string(),
        leadExternalId: z.string(),
        leadName: z.string().nullable(),
        leadEmail: z.string().nullable(),
        state: z.enum(["active", "paused", "held", "completed", "unenrolled", "exited"]),
      }),
      data,
      ...(flat as Flat),
    })
    .meta({ id });
}

/** MyAgentMail's fields of an event about the lead; they stand at the top level. */
export function leadFlat<Reason extends z.ZodType>(reason: Reason) {
  return { cadenceId: z.string(), enrollmentId: z.string(), leadExternalId: z.string(), occurredAt: Timestamp, reason };
}
