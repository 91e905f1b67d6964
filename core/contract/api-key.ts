import { z } from "zod";
import { Timestamp } from "./common.ts";
import { pageOf } from "./paging.ts";
import { headerText } from "./text.ts";

const KeyMode = z
  .enum(["live", "test"])
  .meta({ description: "`test` reaches only test data (mode sandbox) and never a person." });

/** `POST /v1/keys`. */
export const CreateApiKey = z
  .strictObject({
    name: headerText(100).meta({ description: "What it is for.", example: "CRM, production" }),
    mode: KeyMode.optional().meta({
      description: "The asking key's own mode when left out. Only a live key makes a live key.",
    }),
  })
  .meta({ id: "CreateApiKey" });
export type CreateApiKey = z.infer<typeof CreateApiKey>;

const KEY = {
  id: z.string().meta({ example: "key_mzxw6ytboi2gk3tu" }),
  name: z.string(),
  mode: KeyMode,
  last4: z.string().meta({ description: "The key's last four characters, to tell keys apart." }),
  createdAt: Timestamp,
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
