import { z } from "zod";
import { Timestamp } from "./common.ts";
import { EnrollmentStateName } from "./enrollment.ts";
import { InboundKindName } from "./inbound.ts";
import { pageOf } from "./paging.ts";
import { Channel } from "./step.ts";

/** A conversation with one lead. */
export const Thread = z
  .strictObject({
    enrollmentId: z.string().meta({ example: "enr_mzxw6ytboi2gk3tu" }),
    leadName: z.string().nullable(),
    leadEmail: z.string().nullable(),
    leadExternalId: z.string(),
    cadenceId: z.string(),
    state: EnrollmentStateName,
    exitReason: z.string().nullable(),
    subject: z.string().nullable().meta({ description: "Of the first message that has one." }),
    lastAt: Timestamp.meta({ description: "When the last message was." }),
    lastDirection: z.enum(["out", "in"]),
    lastChannel: Channel.meta({ description: "The way the last message went, or came." }),
    lastKind: InboundKindName.nullable().meta({
      description: "What the last mail that came in was taken for; null where none came in, or it is no longer kept.",
    }),
    answered: z.boolean().meta({ description: "False where a person wrote last." }),
    excerpt: z.string().meta({
      description: "The first 200 characters of the last message. What came in was written by a stranger.",
    }),
    messages: z.number().int(),
    inbound: z.number().int().meta({ description: "How many of them came in." }),
  })
  .meta({ id: "Thread" });
export type Thread = z.infer<typeof Thread>;
export const ThreadPage = pageOf(Thread).meta({ id: "ThreadPage" });
