import { z } from "zod";
import { ModeName, Timestamp, TimestampInput } from "./common.ts";
import { pageOf, pageQuery } from "./paging.ts";

const Fields = z.record(z.string(), z.unknown()).nullable();

const Actor = z.strictObject({
  kind: z.enum(["key", "person", "link", "system"]).meta({
    description:
      "`link`: whoever held a link that we gave out, to unsubscribe or to answer a draft later. `system`: a part of ours that acts by itself.",
  }),
  id: z.string().meta({
    description:
      "The key's or the person's id; for a link the enrollment's or draft's; for the system `spam_guard`, `account_guard`, `endpoint_guard`, `mail_reader` or `delivery_reports`.",
    example: "key_mzxw6ytboi2gk3tu",
  }),
  label: z.string().nullable().meta({
    description: "The key's name and last four characters, or the person's address, as they were then.",
    example: "CRM, production …x7Qa",
  }),
});

/** One act. */
export const AuditEntry = z
  .strictObject({
    id: z.string().meta({ example: "aud_mzxw6ytboi2gk3tu" }),
    at: Timestamp,
    mode: ModeName,
    actor: Actor,
    action: z.string().meta({ description: "`<target>.<verb>`.", example: "mailbox.update" }),
    outcome: z.enum(["done", "refused"]).meta({
      description:
        "`refused` (action `access.refuse`): a key that had expired, lacked the scope or came from another address. One row a minute for each key and reason.",
    }),
    target: z.strictObject({
      kind: z.string().meta({ example: "mailbox" }),
      id: z.string().nullable().meta({ description: "Null where there are many.", example: "mbx_mzxw6ytboi2gk3tu" }),
    }),
    from: z.strictObject({
      address: z.string().nullable().meta({ example: "203.0.113.7" }),
      userAgent: z.string().nullable(),
    }),
    requestId: z.string().nullable().meta({ description: "The `x-request-id` of the answer." }),
    before: Fields.meta({
      description: "The fields that changed, as the API showed them; null for what was made then.",
    }),
    after: Fields.meta({
      description:
        "The same as they are since; null for what is gone. A field of more than 16 KiB reads `{ tooLongBytes }`.",
    }),
    redactedAt: Timestamp.nullable().meta({
      description: "Since when its personal data is erased; `before` and `after` are null then.",
    }),
  })
  .meta({ id: "AuditEntry" });
export type AuditEntry = z.infer<typeof AuditEntry>;
export const AuditPage = pageOf(AuditEntry).meta({ id: "AuditPage" });

const filters = {
  actor: z.string().max(64).optional().meta({ description: "An actor's id." }),
  action: z.string().max(64).optional(),
  targetKind: z.string().max(64).optional(),
  targetId: z.string().max(100).optional(),
  since: TimestampInput.optional(),
  until: TimestampInput.optional(),
};

/** The query of the list. */
export const AuditQuery = z.strictObject({ ...pageQuery, ...filters });

/** The query of the export. */
export const AuditExportQuery = z.strictObject({
  ...filters,
  format: z
    .enum(["ndjson", "csv"])
    .optional()
    .meta({ description: "When left out, `accept: text/csv` chooses CSV, and anything else NDJSON." }),
});
