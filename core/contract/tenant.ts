import { z } from "zod";
import { isTimeZone } from "../schedule.ts";
import { Timestamp } from "./common.ts";
import { FrequencyLimits } from "./frequency.ts";
import { BlackoutDates } from "./sending-times.ts";
import { headerText } from "./text.ts";

const name = headerText(200).meta({ example: "Example Ltd" });
const timeZone = z
  .string()
  .max(64)
  .refine(isTimeZone, { error: "must be an IANA time zone, such as Europe/Zurich" })
  .meta({
    description: "Daily caps are counted in it, and sending windows where neither the lead nor the mailbox has a zone.",
    example: "Europe/Zurich",
  });
const enabled = z
  .boolean()
  .meta({ description: "false holds back every message of the tenant, in both modes, at once." });

const blackoutDates = BlackoutDates.meta({
  description:
    "Days on which none of the tenant's cadences sends, beside their own, by the clock that each sending goes by.",
});

/** What is still under way to the log may be two days on its way: nothing younger is deleted. */
export const RETENTION_DAYS_MIN = 3;

const days = (what: string) =>
  z
    .number()
    .int()
    .min(RETENTION_DAYS_MIN)
    .max(3_650)
    .nullable()
    .meta({ description: `${what} null: kept.`, example: 90 });
const terms = {
  bodiesDays: days("The exact bytes of requests, answers and mails that came in."),
  logDays: days("Lines of the log, with their bytes."),
  messagesDays: days(
    "The words of messages, mails that came in, and test mail. What is needed to match an answer stays as long as one may come.",
  ),
};
const retention = { description: "After how many days what is old is deleted, for good; in both modes." };

/** `PATCH /v1/tenant`: what is left out stays. */
export const UpdateTenant = z
  .strictObject({
    name,
    timeZone,
    enabled,
    blackoutDates,
    frequencyLimits: FrequencyLimits,
    retention: z.strictObject(terms).partial().meta(retention),
  })
  .partial()
  .meta({ id: "UpdateTenant" });
export type UpdateTenant = z.infer<typeof UpdateTenant>;

/** Whose key asks. */
export const TenantAccount = z
  .strictObject({
    id: z.string().meta({ example: "ten_mzxw6ytboi2gk3tu" }),
    name: z.string(),
    timeZone: z.string(),
    enabled,
    blackoutDates,
    frequencyLimits: FrequencyLimits,
    retention: z.strictObject(terms).meta({ id: "Retention", ...retention }),
    createdAt: Timestamp,
  })
  .meta({ id: "Tenant" });
export type TenantAccount = z.infer<typeof TenantAccount>;
