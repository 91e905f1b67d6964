import { z } from "zod";
import { ModeName, Timestamp } from "./common.ts";
import { pageOf } from "./paging.ts";

export const SUPPRESSIONS_AT_ONCE_MAX = 5_000;

export const SuppressionScope = z.enum(["address", "domain"]);
export const SuppressionReason = z.enum(["unsubscribed", "bounced", "complained", "manual"]).meta({
  description:
    "`unsubscribed` and `complained` are people's wishes, `bounced` means that the address is dead, `manual` is yours.",
});

const Value = z.string().min(3).max(320).meta({
  description:
    "An address, or a domain with or without `@` before it. A domain stands for itself, not for those below it.",
  example: "jane@example.com",
});

/** `POST /v1/suppressions`: one or many, as in an import. */
export const AddSuppressions = z
  .strictObject({
    entries: z
      .array(z.strictObject({ value: Value, reason: SuppressionReason.default("manual") }))
      .min(1)
      .max(SUPPRESSIONS_AT_ONCE_MAX),
  })
  .meta({ id: "AddSuppressions" });
export type AddSuppressions = z.infer<typeof AddSuppressions>;

/** One address or domain that is not written to. */
export const Suppression = z
  .strictObject({
    id: z.string().meta({ example: "sup_mzxw6ytboi2gk3tu" }),
    mode: ModeName,
    scope: SuppressionScope,
    value: z.string().meta({ description: "In lower case." }),
    reason: SuppressionReason,
    enrollmentId: z.string().nullable().meta({ description: "The enrollment whose mail led to it." }),
    createdAt: Timestamp,
  })
  .meta({ id: "Suppression" });
export type Suppression = z.infer<typeof Suppression>;
export const SuppressionPage = pageOf(Suppression).meta({ id: "SuppressionPage" });

/** The answer to `POST /v1/suppressions`. What was there already keeps its first reason. */
export const SuppressionsAdded = z
  .strictObject({ added: z.number().int(), known: z.number().int() })
  .meta({ id: "SuppressionsAdded" });
