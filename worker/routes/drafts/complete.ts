import { createRoute, z } from "@hono/zod-openapi";
import { verifyCompletionToken } from "../../../adapters/crypto/completion-token.ts";
import { CompletionTaken } from "../../../core/contract/draft.ts";
import { Completion, parseDraftAnswer, parseReplyAnswer } from "../../../core/contract/draft-answer.ts";
import { enrollmentOf } from "../../../core/enrollment.ts";
import type { RequestEvent } from "../../../durable-objects/enrollment-requests.ts";
import { answerDigest } from "../../../durable-objects/perform/request-draft.ts";
import { enrollmentStub } from "../../../durable-objects/stub.ts";
import type { Api } from "../../api.ts";
import { body, bodyRefusals, json, no } from "../../openapi/parts.ts";
import { notFound } from "../../problem.ts";
import { sayRefusal } from "../../refusal.ts";
import { invalid } from "../../validation.ts";
import { changeOfDraft } from "./ask.ts";
import { draftId } from "./parameter.ts";

const route = createRoute({
  method: "post",
  path: "/v1/drafts/{id}/completion",
  operationId: "completeDraft",
  tags: ["Drafts"],
  summary: "Answer later",
  description:
    "The `completionUrl` of a request that was answered with 202. It needs no API key: its token is good for this one question. The first valid answer counts, by whichever way it came; " +
    "the same one again answers 200 and changes nothing, another one 409.",
  security: [],
  request: { params: draftId, query: z.strictObject({ token: z.string().min(1).max(200) }), body: body(Completion) },
  responses: {
    ...bodyRefusals,
    200: json(CompletionTaken, "It counts."),
    404: no("not_found"),
    409: no("draft_settled", "draft_expired"),
  },
});

/** POST /v1/drafts/:id/completion */
export function completeDraft(app: Api): void {
  app.openapi(route, async (c) => {
    const { id } = c.req.valid("param");
    const bearer = await verifyCompletionToken(c.env.TOKEN_KEY_V1, id, c.req.valid("query").token);
    const enrollmentId = enrollmentOf(id);
    if (bearer === null || enrollmentId === null) return notFound(c);
    const read = await readAnswer(id, await c.req.json());
    if (!read.ok)
      return invalid(
        c,
        read.issues.map((detail) => ({ pointer: "", detail })),
      );
    const answer = await enrollmentStub(c.env, bearer.tenantId, enrollmentId).request(read.event);
    if (!answer.ok) return sayRefusal(c, answer);
    const { before, enrollment } = answer;
    c.set("actor", { kind: "link", id });
    c.set("change", { ...changeOfDraft("", id, before, enrollment), owner: enrollment });
    return c.json({ ok: true as const, id }, 200);
  });
}

type Read =
  | { readonly ok: true; readonly event: RequestEvent }
  | { readonly ok: false; readonly issues: readonly string[] };

/** A draft's answer or a reply's: the id says which was asked. */
async function readAnswer(id: string, value: unknown): Promise<Read> {
  if (id.startsWith("evt_")) {
    const parsed = parseReplyAnswer(value);
    if (parsed.ok === "none")
      return { ok: false, issues: ["exactly one of body, action, defer is expected, found none"] };
    if (!parsed.ok) return parsed;
    return {
      ok: true,
      event: {
        type: "reply_completion_received",
        deliveryId: id,
        answer: parsed.answer,
        digest: await answerDigest(parsed.answer),
      },
    };
  }
  const parsed = parseDraftAnswer(value);
  if (!parsed.ok) return parsed;
  return {
    ok: true,
    event: {
      type: "completion_received",
      draftId: id,
      answer: parsed.answer,
      digest: await answerDigest(parsed.answer),
    },
  };
}
