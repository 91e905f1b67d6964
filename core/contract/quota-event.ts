import { z } from "zod";
import { envelope } from "./event-envelope.ts";

const quotaSpent = z.strictObject({
  kind: z.enum(["drafts", "messages", "enrollments"]),
  month: z.string().meta({ description: "A calendar month in the tenant's time zone.", example: "2026-11" }),
  used: z.number().int(),
  quota: z.number().int(),
  percent: z.union([z.literal(80), z.literal(100)]),
});
export type QuotaSpent = z.infer<typeof quotaSpent>;

/** Four fifths of a month's quota are used: told once a month for each kind. */
export const QuotaWarning = z
  .strictObject({ ...envelope("cadence.quota.warning"), cadence: z.null(), enrollment: z.null(), data: quotaSpent })
  .meta({ id: "CadenceQuotaWarning" });

/** A month's quota is used up: drafts and messages wait for the next month, enrolling is refused. Told once a month for each kind. */
export const QuotaReached = z
  .strictObject({ ...envelope("cadence.quota.reached"), cadence: z.null(), enrollment: z.null(), data: quotaSpent })
  .meta({ id: "CadenceQuotaReached" });
