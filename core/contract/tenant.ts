import { z } from "zod";
import { isTimeZone } from "../schedule.ts";
import { Timestamp } from "./common.ts";
import { headerText } from "./text.ts";

const name = headerText(200).meta({ example: "Example Ltd" });
const timeZone = z
  .string()
  .max(64)
  .refine(isTimeZone, { error: "must be an IANA time zone, such as Europe/Zurich" })
  .meta({ description: "Business hours and daily caps are counted in it.", example: "Europe/Zurich" });
const enabled = z
  .boolean()
  .meta({ description: "false holds back every message of the tenant, in both modes, at once." });

/** `PATCH /v1/tenant`: what is left out stays. */
export const UpdateTenant = z.strictObject({ name, timeZone, enabled }).partial().meta({ id: "UpdateTenant" });
export type UpdateTenant = z.infer<typeof UpdateTenant>;

/** Whose key asks. */
export const TenantAccount = z
  .strictObject({
    id: z.string().meta({ example: "ten_mzxw6ytboi2gk3tu" }),
    name: z.string(),
    timeZone: z.string(),
    enabled,
    createdAt: Timestamp,
  })
  .meta({ id: "Tenant" });
export type TenantAccount = z.infer<typeof TenantAccount>;
