import { z } from "zod";
import { isDeeperThan } from "./depth.ts";
import {
  CONTEXT_DEPTH_MAX,
  DEFER_SECONDS_MAX,
  DEFER_SECONDS_MIN,
  DRAFT_BODY_BYTES_MAX,
  SUBJECT_CHARACTERS_MAX,
} from "./limits.ts";
import { bodyText, freeText, headerText } from "./text.ts";

const Reason = freeText(1_000);

/** The customer's own note about how the text was made; stored and joined with outcomes, never interpreted beyond the names. */
export const DraftMeta = z
  .record(z.string(), z.unknown())
  .refine((meta) => !isDeeperThan(meta, CONTEXT_DEPTH_MAX), {
    error: `is nested deeper than ${CONTEXT_DEPTH_MAX} levels`,
  })
  .meta({ id: "DraftMeta" });

// Keys that we don't know are ignored (settled.md), so that an endpoint may answer with more than we asked for.
const Words = z.object({
  body: bodyText(DRAFT_BODY_BYTES_MAX),
  subject: headerText(SUBJECT_CHARACTERS_MAX).optional(),
  html: bodyText(DRAFT_BODY_BYTES_MAX).optional(),
  meta: DraftMeta.optional(),
  review: z.boolean().optional(),
});
const Skip = z.object({ skip: z.literal(true), reason: Reason.optional(), meta: DraftMeta.optional() });
const Defer = z.object({
  defer: z.object({ untilSeconds: z.number().int().min(DEFER_SECONDS_MIN).max(DEFER_SECONDS_MAX) }),
  reason: Reason.optional(),
  meta: DraftMeta.optional(),
});
const Stop = z.object({ stop: z.literal(true), reason: Reason.optional(), meta: DraftMeta.optional() });
const Action = z.object({
  action: z.enum(["stop", "pause", "continue"]),
  reason: Reason.optional(),
  meta: DraftMeta.optional(),
});

/** What a customer may answer when we ask for a draft: exactly one verb. */
export const DraftAnswer = z.union([Words, Skip, Defer, Stop]).meta({ id: "DraftAnswer" });
export type DraftAnswer = z.infer<typeof DraftAnswer>;

/** What a customer may answer to `cadence.lead.replied`. */
export const ReplyAnswer = z.union([Words, Action, Defer]).meta({ id: "ReplyAnswer" });
export type ReplyAnswer = z.infer<typeof ReplyAnswer>;

/**
 * The body of a completion: an answer to either question, for which one its id says. Any other object passes too, so that
 * the parsers below can say in the contract's words what is wrong with it.
 */
export const Completion = z.union([Words, Skip, Defer, Stop, Action, z.looseObject({})]).meta({ id: "Completion" });

const DRAFT_VERBS = { body: Words, skip: Skip, defer: Defer, stop: Stop } as const;
const REPLY_VERBS = { body: Words, action: Action, defer: Defer } as const;

export type Parsed<Answer> =
  | { readonly ok: true; readonly answer: Answer }
  | { readonly ok: false; readonly issues: readonly string[] };

/** Reads a draft answer from what came back, already JSON-parsed. The issues are sentences for the log. */
export function parseDraftAnswer(value: unknown): Parsed<DraftAnswer> {
  return parseByVerb<DraftAnswer>(value, DRAFT_VERBS);
}

/** Reads the answer to a reply; `none` when the value holds none of our verbs, which is fine for an event. */
export function parseReplyAnswer(value: unknown): Parsed<ReplyAnswer> | { readonly ok: "none" } {
  if (!isObject(value) || Object.keys(REPLY_VERBS).every((verb) => !(verb in value))) return { ok: "none" };
  return parseByVerb<ReplyAnswer>(value, REPLY_VERBS);
}

function parseByVerb<Answer>(value: unknown, verbs: Readonly<Record<string, z.ZodType>>): Parsed<Answer> {
  const names = Object.keys(verbs);
  if (!isObject(value))
    return { ok: false, issues: [`the answer must be a JSON object with exactly one of ${names.join(", ")}`] };
  const said = names.filter((verb) => verb in value);
  const schema = said.length === 1 ? verbs[said[0] ?? ""] : undefined;
  if (schema === undefined) {
    const found = said.length === 0 ? "none" : said.join(" and ");
    return { ok: false, issues: [`exactly one of ${names.join(", ")} is expected, found ${found}`] };
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return { ok: true, answer: parsed.data as Answer };
  return {
    ok: false,
    issues: parsed.error.issues.map((issue) => `${issue.path.join(".") || "answer"}: ${issue.message}`),
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
