import { z } from "zod";
import { Timestamp } from "./common.ts";
import { envelope, event, leadFlat } from "./event-envelope.ts";
import { StepKind } from "./step.ts";

/** A LinkedIn account was switched off or on by what its provider says of it. It is about no single enrollment. */
export const AccountChanged = z
  .strictObject({
    ...envelope("cadence.account.changed"),
    cadence: z.null(),
    enrollment: z.null(),
    data: z.strictObject({
      accountId: z.string().meta({ example: "lia_mzxw6ytboi2gk3tu" }),
      state: z.enum(["ok", "disconnected", "restricted"]),
      enabled: z.boolean().meta({ description: "Whether its steps are done. What waits is done once it is on again." }),
      reason: z.string().nullable().meta({ description: "The provider's words, and what to do." }),
    }),
  })
  .meta({ id: "CadenceAccountChanged" });
export type AccountChanged = z.infer<typeof AccountChanged>;

/** What a task says of itself, at its beginning and in each reminder. */
const TaskData = z.strictObject({
  stepIndex: z.number().int().min(0).nullable().meta({ description: "Null for an answer to a reply." }),
  reply: z.number().int().min(1).nullable().meta({ description: "For an answer to a reply: which one, from 1." }),
  draftId: z.string().meta({ description: "For /v1/tasks." }),
  kind: StepKind,
  subject: z.string().nullable(),
  text: z
    .string()
    .meta({ description: "What your answer, or the step's own text, says: to be copied, or to be done." }),
  profileUrl: z.string().nullable(),
  notes: z.string().nullable().meta({ description: "The step's notes." }),
  dueAt: Timestamp,
});

const ConnectedBy = z.enum(["hook", "poll", "message", "person"]).meta({
  description: "How it was seen: the provider told it, we asked for it, they wrote there, or a person said so.",
});

/** The lead has accepted the invitation on LinkedIn. */
export const LeadConnected = event(
  "CadenceLeadConnected",
  "cadence.lead.connected",
  z.strictObject({
    by: ConnectedBy,
    invitedAt: Timestamp,
    reason: z.literal("connected"),
    occurredAt: Timestamp,
  }),
  leadFlat(z.literal("connected")),
);

/** There is something for a person to do: `POST /v1/tasks/:id/{done,skip,not-connected}`. */
export const TaskCreated = event("CadenceTaskCreated", "cadence.task.created", TaskData);

/** It should be done by now; told when it is due and on the two days after. */
export const TaskOverdue = event("CadenceTaskOverdue", "cadence.task.overdue", TaskData);
