import { z } from "zod";
import { SCOPES } from "../scope.ts";
import { Timestamp, TimestampInput } from "./common.ts";
import { pageOf } from "./paging.ts";
import { headerText } from "./text.ts";

const KeyMode = z
  .enum(["live", "test"])
  .meta({ description: "`test` reaches only test data (mode sandbox) and never a person." });

const ScopeName = z.enum(SCOPES).meta({
  id: "Scope",
  description:
    "A chapter of the API, to be read, or to be written and read. `enrollments` holds drafts too. Each route says which one it needs.",
});

const RANGES_MAX = 50;

const ADDRESS_OR_RANGE = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]);

/** An address or a range of addresses, as it stands in a key's list. */
const AddressRange = z
  .string()
  .refine((text) => ADDRESS_OR_RANGE.safeParse(text).success, {
    error: "must be an IP address, or a range such as 203.0.113.0/24 or 2001:db8::/32",
  })
  .meta({ description: "An address or a range in CIDR notation, IPv4 or IPv6.", example: "203.0.113.0/24" });

/** `POST /v1/keys`. */
export const CreateApiKey = z
  .strictObject({
    name: headerText(100).meta({ description: "What it is for.", example: "CRM, production" }),
    mode: KeyMode.optional().meta({
      description: "The asking key's own mode when left out. Only a live key makes a live key.",
    }),
    scopes: z
      .array(ScopeName)
      .min(1)
      .max(SCOPES.length)
      .optional()
      .meta({
        description:
          "What it may do. When left out all that the asking key may, which is everything for a key that was made without scopes.",
        example: ["cadences:read", "enrollments:write"],
      }),
    expiresAt: TimestampInput.optional().meta({
      description: "From then on it opens nothing; never when left out, or when the asking key does.",
    }),
    allowedIps: z.array(AddressRange).min(1).max(RANGES_MAX).optional().meta({
      description: "From where it may be used; anywhere when left out, or where the asking key may be.",
    }),
  })
  .meta({ id: "CreateApiKey" });
export type CreateApiKey = z.infer<typeof CreateApiKey>;

const KEY = {
  id: z.string().meta({ example: "key_mzxw6ytboi2gk3tu" }),
  name: z.string(),
  mode: KeyMode,
  last4: z.string().meta({ description: "The key's last four characters, to tell keys apart." }),
  scopes: z.array(ScopeName).nullable().meta({ description: "Null: everything, also what there will be." }),
  allowedIps: z.array(z.string()).nullable().meta({ description: "Null: from anywhere." }),
  makerId: z.string().nullable().meta({
    description: "The member who made it, also by way of another key of theirs. Null: it is the tenant's own.",
  }),
  createdAt: Timestamp,
  expiresAt: Timestamp.nullable().meta({ description: "Null: never." }),
  lastUsedAt: Timestamp.nullable().meta({ description: "To the minute; null when it never was." }),
  revokedAt: Timestamp.nullable().meta({ description: "From then on it opens nothing." }),
};

/** A key as it is shown: never the key itself. */
export const ApiKey = z.strictObject(KEY).meta({ id: "ApiKey" });
export type ApiKey = z.infer<typeof ApiKey>;

/** The one answer that holds the key. */
export const ApiKeyCreated = z
  .strictObject({
    ...KEY,
    key: z
      .string()
      .nullable()
      .meta({ description: "Shown this once; null in a repeated answer.", example: "dh_test_…" }),
    code: z
      .literal("secret_already_shown")
      .optional()
      .meta({ description: "Only in an answer repeated by its Idempotency-Key." }),
  })
  .meta({ id: "ApiKeyCreated" });

export const ApiKeyPage = pageOf(ApiKey).meta({ id: "ApiKeyPage" });
