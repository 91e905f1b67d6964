import { z } from "zod";
import { MESSAGE_CHARACTERS_MAX } from "../linkedin/account.ts";
import { Timestamp } from "./common.ts";
import { pageOf } from "./paging.ts";
import { StepKind } from "./step.ts";
import { bodyText, freeText } from "./text.ts";

/** What a person has to do: a task step, or a LinkedIn step whose account is a person's. */
export const TaskKind = StepKind.extract(["linkedin_connect", "linkedin_message", "task"]);
export type TaskKind = z.infer<typeof TaskKind>;

const SUMMARY = {
  id: z.string().meta({ description: "The draft's.", example: "drf_mzxw6ytboi2gk3tu_2_3" }),
  enrollmentId: z.string(),
  cadenceId: z.string(),
  kind: TaskKind,
  step: z.number().int().meta({ description: "Counts from 0." }),
  leadExternalId: z.string(),
  leadName: z.string().nullable(),
  leadEmail: z.string().nullable(),
  dueAt: Timestamp.meta({ description: "Until when it should be done." }),
  isOverdue: z.boolean(),
  isPaused: z.boolean().meta({ description: "The enrollment is paused: leave it until it goes on." }),
};

/** A task as the queue shows it: from the index, which may be some seconds late. */
export const TaskSummary = z.strictObject(SUMMARY).meta({ id: "TaskSummary" });
export type TaskSummary = z.infer<typeof TaskSummary>;

/** The open tasks, those that are due first at the front. */
export const TaskPage = pageOf(TaskSummary).meta({ id: "TaskPage" });

/** One task, from its enrollment's own object. */
export const Task = z
  .strictObject({
    ...SUMMARY,
    reply: z.number().int().nullable().meta({ description: "It answers this reply, counted from 1; null for a step." }),
    leadLinkedinUrl: z.string().nullable(),
    subject: z.string().nullable(),
    text: z.string().meta({ description: "What is to be said, or done; empty for an invitation without a note." }),
    notes: z.string().nullable().meta({ description: "The step's notes." }),
    createdAt: Timestamp,
    reminders: z.number().int().meta({ description: "How often it was told to be overdue." }),
  })
  .meta({ id: "Task" });
export type Task = z.infer<typeof Task>;

/** `POST /v1/tasks/:id/done`. */
export const TaskDone = z
  .strictObject({
    text: bodyText(4 * MESSAGE_CHARACTERS_MAX)
      .optional()
      .meta({ description: "What you really said, where it isn't what stood there: it is kept in the conversation." }),
  })
  .meta({ id: "TaskDone" });

/** `POST /v1/tasks/:id/skip`. */
export const TaskSkip = z.strictObject({ reason: freeText(1_000).optional() }).meta({ id: "TaskSkip" });

/** `POST /v1/enrollments/:id/linkedin-replies`: what the lead wrote, told by a person who saw it. */
export const LinkedinReply = z
  .strictObject({
    text: bodyText(4 * MESSAGE_CHARACTERS_MAX),
    at: Timestamp.optional().meta({ description: "When they wrote it; now when left out." }),
  })
  .meta({ id: "LinkedinReply" });
