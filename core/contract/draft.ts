import { z } from "zod";
import { Timestamp } from "./common.ts";
import { DRAFT_BODY_BYTES_MAX, SUBJECT_CHARACTERS_MAX } from "./limits.ts";
import { bodyText, headerText } from "./text.ts";

/** `POST /v1/drafts/:id/edit`: a person's words in the place of what was there; it stays held until released. */
export const EditDraft = z
  .strictObject({
    subject: headerText(SUBJECT_CHARACTERS_MAX)
      .nullable()
      .default(null)
      .meta({ description: "Null keeps the subject as it is." }),
    body: bodyText(DRAFT_BODY_BYTES_MAX),
    html: bodyText(DRAFT_BODY_BYTES_MAX)
      .nullable()
      .default(null)
      .meta({ description: "Null sends the text alone: the old HTML would say something else." }),
  })
  .meta({ id: "EditDraft" });
export type EditDraft = z.infer<typeof EditDraft>;

/** `POST /v1/drafts/:id/skip`. */
export const SkipDraft = z.strictObject({ reason: headerText(200).optional() }).meta({ id: "SkipDraft" });

/** `POST /v1/drafts/:id/settle`: what became of a doubtful send. */
export const SettleDraft = z
  .strictObject({
    arrived: z.boolean().meta({ description: "true: it did, go on. false: send it again, as a new message." }),
  })
  .meta({ id: "SettleDraft" });

/** One question to the endpoint and what became of it. */
export const Draft = z
  .strictObject({
    id: z.string().meta({ example: "drf_mzxw6ytboi2gk3tu_2_3" }),
    enrollmentId: z.string(),
    cadenceId: z.string(),
    about: z
      .enum(["step", "reply"])
      .meta({ description: "A step's message, or the answer to a reply (its id is then the event's)." }),
    stepIndex: z.number().int().nullable(),
    status: z
      .enum(["drafting", "resting", "expecting", "ready", "sending", "held", "tasked", "settled"])
      .meta({ description: "As the enrollment's phase; `settled` when nothing is to be done with it any more." }),
    source: z.enum(["webhook", "static"]).nullable(),
    attempt: z.number().int().nullable(),
    previousDraftId: z.string().nullable(),
    createdAt: Timestamp.nullable(),
    expiresAt: Timestamp.nullable(),
    subject: z.string().nullable(),
    body: z.string().nullable(),
    html: z.string().nullable(),
    meta: z.record(z.string(), z.unknown()).nullable(),
    heldReason: z.string().nullable(),
    heldDetail: z.string().nullable(),
    heldSince: Timestamp.nullable(),
    outcome: z
      .string()
      .nullable()
      .meta({ description: "The step's outcome, once it has one: sent, skipped, failed, ambiguous or stopped." }),
  })
  .meta({ id: "Draft" });
export type DraftBody = z.infer<typeof Draft>;

/** The answer to a completion: it counts, or the very same one has counted before. */
export const CompletionTaken = z.strictObject({ ok: z.literal(true), id: z.string() }).meta({ id: "CompletionTaken" });
