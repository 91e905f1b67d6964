import { z } from "zod";
import { ModeName, Timestamp } from "./common.ts";
import { EventType } from "./event.ts";
import { pageOf } from "./paging.ts";
import { headerText } from "./text.ts";

const name = headerText(200).meta({ example: "Drafter, production" });
const url = z.string().min(1).max(2_000).meta({
  description: "https on port 443 or 8443 at a public host name. No IP address, no user name, no redirect.",
  example: "https://example.com/drafthook",
});
const compatibility = z
  .enum(["none", "myagentmail"])
  .meta({ description: "`myagentmail` adds the header `x-myagentmail-signature`." });
const eventTypes = z
  .array(EventType)
  .min(1)
  .nullable()
  .meta({ description: "The events that it is told; null for all. Draft requests always come." });

/** `POST /v1/endpoints`. */
export const CreateEndpoint = z
  .strictObject({
    url,
    name: name.optional().meta({ description: "The URL's host when left out." }),
    compatibility: compatibility.default("none"),
    eventTypes: eventTypes.default(null),
  })
  .meta({ id: "CreateEndpoint" });
export type CreateEndpoint = z.infer<typeof CreateEndpoint>;

/** `PATCH /v1/endpoints/:id`: what is left out stays. */
export const UpdateEndpoint = z
  .strictObject({
    url,
    name,
    compatibility,
    eventTypes,
    enabled: z.boolean().meta({ description: "true also wakes what was held while it was off." }),
  })
  .partial()
  .meta({ id: "UpdateEndpoint" });
export type UpdateEndpoint = z.infer<typeof UpdateEndpoint>;

const ENDPOINT = {
  id: z.string().meta({ example: "end_mzxw6ytboi2gk3tu" }),
  mode: ModeName,
  name: z.string(),
  url: z.string(),
  compatibility,
  eventTypes,
  enabled: z.boolean(),
  disabledReason: z
    .string()
    .nullable()
    .meta({ description: "Why it is off: it answered 410, or somebody switched it off." }),
  previousSecretUntil: Timestamp.nullable().meta({
    description: "While a rotation runs: until when the secret before signs too.",
  }),
  createdAt: Timestamp,
  updatedAt: Timestamp,
};

/** A customer's webhook: it writes the words and is told the events. The secret is never shown again. */
export const Endpoint = z.strictObject(ENDPOINT).meta({ id: "Endpoint" });
export type Endpoint = z.infer<typeof Endpoint>;

/** The answers that show a secret: to creating an endpoint and to rotating its secret. */
export const EndpointWithSecret = z
  .strictObject({
    ...ENDPOINT,
    secret: z.string().nullable().meta({
      description:
        "Signs every request to this endpoint (Standard Webhooks). Shown this once; null in a repeated answer.",
      example: "whsec_…",
    }),
    code: z
      .literal("secret_already_shown")
      .optional()
      .meta({ description: "Only in an answer repeated by its Idempotency-Key." }),
  })
  .meta({ id: "EndpointWithSecret" });

export const EndpointPage = pageOf(Endpoint).meta({ id: "EndpointPage" });
