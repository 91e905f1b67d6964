import { z } from "zod";
import { findAddressProblem, findHeaderInjection } from "../mail/header-safety.ts";
import { isTimeZone } from "../schedule.ts";
import { utf8Bytes } from "../utf8.ts";
import { isCountry } from "./countries.ts";
import { isDeeperThan } from "./depth.ts";
import { CONTEXT_BYTES_MAX, CONTEXT_DEPTH_MAX } from "./limits.ts";

/** The customer's own id of a lead: with the cadence it is what makes enrolling idempotent. */
export const LeadExternalId = headerSafe(z.string().min(1).max(255), "leadExternalId").meta({ example: "crm-4711" });

/** A name as it may stand in a To header: no line break or other control character. */
export const LeadName = headerSafe(z.string().min(1).max(255), "leadName").meta({ example: "Jane Doe" });

/** A plain `local@domain`: no quoted part, no comment, no second address. */
export const LeadEmail = z
  .string()
  .superRefine((email, context) => {
    const problem = findAddressProblem("leadEmail", email);
    if (problem !== null) context.addIssue({ code: "custom", message: problem });
  })
  .meta({ example: "jane@example.com", description: "Letters in the domain are stored as given." });

export const LeadLinkedinUrl = z
  .string()
  .max(500)
  // The pattern has no flag, since OpenAPI has no place for one; so what only the flag u can say stands apart.
  .regex(/^https:\/\/\S+$/, { error: "must be an https URL" })
  .refine((url) => !/\p{C}/u.test(url), { error: "must be an https URL without control characters" })
  .meta({ example: "https://www.linkedin.com/in/jane-doe" });

export const LeadProfileUrn = headerSafe(z.string().min(1).max(255), "leadProfileUrn");

export const LeadTimeZone = z
  .string()
  .max(64)
  .refine(isTimeZone, { error: "must be an IANA time zone, such as Europe/Zurich" })
  .meta({ example: "Europe/Zurich" });

export const LeadCountry = z
  .string()
  .refine(isCountry, { error: "must be an ISO 3166 country code of two capital letters, such as CH" })
  .meta({ example: "CH" });

/** What the customer wants to get back with every draft request; at most 16 KiB as JSON. Never interpreted by us. */
export const LeadContext = z
  .record(z.string(), z.unknown())
  .superRefine((context, check) => {
    const problem = contextProblem(context);
    if (problem !== null) check.addIssue({ code: "custom", message: problem });
  })
  .meta({
    description:
      "At most 16 KiB (16384 bytes) as JSON in UTF-8. Handed back with every draft request, and usable in static text as {{context.key}}.",
  });

function contextProblem(context: unknown): string | null {
  if (isDeeperThan(context, CONTEXT_DEPTH_MAX)) return `context is nested deeper than ${CONTEXT_DEPTH_MAX} levels`;
  const bytes = utf8Bytes(JSON.stringify(context));
  return bytes <= CONTEXT_BYTES_MAX
    ? null
    : `context is ${bytes} bytes as JSON; at most 16 KiB (${CONTEXT_BYTES_MAX} bytes) fit, so that a draft request stays under 64 KiB`;
}

function headerSafe<Text extends z.ZodString>(text: Text, field: string) {
  return text.superRefine((value, context) => {
    const problem = findHeaderInjection(field, value);
    if (problem !== null) context.addIssue({ code: "custom", message: problem });
  });
}
