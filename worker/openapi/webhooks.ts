import { z } from "zod";
import { DraftAnswer, ReplyAnswer } from "../../core/contract/draft-answer.ts";
import { DraftRequest } from "../../core/contract/draft-request.ts";
import { EVENTS, LeadReplied } from "../../core/contract/event.ts";
import type { Api } from "../api.ts";

/** The headers of everything that we send to a customer's endpoint (Standard Webhooks). */
export const WebhookHeaders = z.object({
  "webhook-id": z.string().meta({
    description: "Of the draft or event: the same at every attempt, so it can key a cache.",
    example: "drf_mzxw6ytboi2gk3tu_2_3",
  }),
  "webhook-timestamp": z.string().meta({ description: "Unix seconds of this attempt.", example: "1763716830" }),
  "webhook-signature": z.string().meta({
    description:
      "`v1,` and base64 of the HMAC-SHA256 over `id.timestamp.body` under the endpoint's secret; two, with a space between, while a secret is being rotated.",
    example: "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
  }),
  traceparent: z.string().meta({
    description: "W3C trace context: your model's trace and our log are one.",
    example: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
  }),
  "x-myagentmail-signature": z
    .string()
    .optional()
    .meta({ description: "`v1=` and hex HMAC-SHA256 over the body; only for endpoints with that compatibility." }),
});

const LATER = { description: "I am still working: the answer comes later as a POST to `completionUrl`." };
const GONE = { description: "This endpoint is no more: it is switched off and its steps are held." };

/** Puts what crosses the wire the other way into the document: the draft request and every event. */
export function describeWebhooks(app: Api): void {
  const request = <Body extends z.ZodType>(body: Body) => ({
    headers: WebhookHeaders,
    body: { required: true, content: { "application/json": { schema: body } } },
  });
  app.openAPIRegistry.registerWebhook({
    method: "post",
    path: "cadence.step.draft.requested",
    operationId: "requestDraft",
    summary: "A step is due: what shall it say?",
    description:
      "We ask, your endpoint answers within 30 s with exactly one of `body`, `skip`, `defer` and `stop`, or with 202 and the answer later.",
    request: request(DraftRequest),
    responses: {
      200: {
        description: "The words, or what to do instead.",
        content: { "application/json": { schema: DraftAnswer } },
      },
      202: LATER,
      410: GONE,
    },
  });
  for (const [type, schema] of Object.entries(EVENTS)) {
    app.openAPIRegistry.registerWebhook({
      method: "post",
      path: type,
      operationId: `on.${type}`,
      summary: type,
      description:
        schema === LeadReplied
          ? "The lead wrote back. This is also a question."
          : "Something happened. Any 2xx will do.",
      request: request(schema),
      responses:
        schema === LeadReplied
          ? {
              200: {
                description: "What to do about it; an empty 2xx lets the cadence's own setting decide.",
                content: { "application/json": { schema: ReplyAnswer } },
              },
              202: LATER,
              410: GONE,
            }
          : { 204: { description: "Heard." }, 410: GONE },
    });
  }
}
