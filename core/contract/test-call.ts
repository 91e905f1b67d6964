import { z } from "zod";
import {
  LeadContext,
  LeadCountry,
  LeadEmail,
  LeadExternalId,
  LeadLinkedinUrl,
  LeadName,
  LeadTimeZone,
} from "./lead.ts";
import { STEPS_MAX } from "./limits.ts";
import { StepKind } from "./step.ts";

/** Whom a test call is about; what is left out is a made-up person's. */
const TestLead = z
  .strictObject({
    externalId: LeadExternalId,
    name: LeadName.nullable(),
    email: LeadEmail.nullable(),
    linkedinUrl: LeadLinkedinUrl.nullable(),
    timeZone: LeadTimeZone.nullable(),
    country: LeadCountry.nullable(),
    context: LeadContext,
  })
  .partial()
  .meta({ id: "TestLead", description: "Whom it is about; what is left out is a made-up person's." });
export type TestLead = z.infer<typeof TestLead>;

/** `POST /v1/endpoints/:id/test`. */
export const TestEndpoint = z
  .strictObject({
    stepKind: StepKind.default("email"),
    lead: TestLead.default({}),
    forged: z.boolean().default(true).meta({
      description:
        "Sends two requests more, once an answer came: one that is wrongly signed and one that is ten minutes old. A careful endpoint refuses both.",
    }),
  })
  .meta({ id: "TestEndpoint" });

/** `POST /v1/cadences/:id/test-call`. */
export const TestCadence = z
  .strictObject({
    step: z
      .number()
      .int()
      .min(0)
      .max(STEPS_MAX - 1)
      .meta({ description: "Counts from 0." }),
    version: z.number().int().min(1).optional().meta({ description: "A published version; the draft where left out." }),
    draft: z.literal(true).optional().meta({ description: "The steps as they are now, published or not." }),
    leadExternalId: LeadExternalId.optional().meta({
      description: "A lead of this cadence, with their own fields; needs the scope `enrollments:read` too.",
    }),
    lead: TestLead.optional(),
    context: LeadContext.optional().meta({ description: "In the place of the lead's own." }),
  })
  .refine(({ version, draft }) => version === undefined || draft === undefined, {
    path: ["draft"],
    error: "goes without version only",
  })
  .refine(({ lead, leadExternalId }) => lead === undefined || leadExternalId === undefined, {
    path: ["lead"],
    error: "goes without leadExternalId only",
  })
  .meta({ id: "TestCadence" });

const Header = z.strictObject({ name: z.string(), value: z.string() });
const Verdict = z.enum(["pass", "warn", "fail"]);

/** The checks of a test call, in the order in which they are shown. */
export const CHECKS = [
  "answered",
  "one_verb",
  "in_time",
  "size",
  "content_type",
  "placeholder",
  "forged_signature",
  "stale_timestamp",
] as const;

const Check = z
  .strictObject({ check: z.enum(CHECKS), verdict: Verdict, detail: z.string().meta({ description: "For a person." }) })
  .meta({ id: "TestCheck" });
export type Check = z.infer<typeof Check>;

/** What was understood of an answer, in one shape whatever its verb. */
export const TestAnswer = z
  .strictObject({
    verb: z.enum(["body", "skip", "defer", "stop", "later"]).meta({ description: "`later`: it promised one by 202." }),
    subject: z.string().nullable(),
    body: z.string().nullable(),
    html: z.string().nullable(),
    review: z.boolean(),
    untilSeconds: z.number().int().nullable(),
    reason: z.string().nullable(),
    meta: z.record(z.string(), z.unknown()).nullable(),
  })
  .meta({ id: "TestAnswer" });
export type TestAnswer = z.infer<typeof TestAnswer>;

/** What crossed the wire, and what is to be said of it. */
export const TestCall = z
  .strictObject({
    request: z.strictObject({
      url: z.string(),
      headers: z.array(Header).meta({ description: "Empty where nothing was sent." }),
      body: z.string(),
    }),
    response: z
      .strictObject({
        status: z.number().int(),
        headers: z.array(Header),
        body: z.string(),
        encoding: z.enum(["utf-8", "base64"]).meta({ description: "base64 when the bytes aren't UTF-8." }),
        cut: z.boolean().meta({ description: "More came than is shown (64 KiB)." }),
      })
      .nullable(),
    outcome: z.string().meta({ description: "As in the log: answered, accepted (202), draft_invalid, timeout, …" }),
    totalMs: z.number().nullable(),
    firstByteMs: z.number().nullable(),
    answer: TestAnswer.nullable().meta({ description: "What was understood of it; null where nothing could be." }),
    checks: z.array(Check),
    grade: Verdict.meta({ description: "The worst of the checks." }),
  })
  .meta({ id: "TestCall" });
export type TestCall = z.infer<typeof TestCall>;
