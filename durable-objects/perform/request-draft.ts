import { sha256Hex } from "../../adapters/crypto/bytes.ts";
import { mintCompletionToken } from "../../adapters/crypto/completion-token.ts";
import type { Posted } from "../../adapters/webhook/exchange.ts";
import { parseDraftAnswer } from "../../core/contract/draft-answer.ts";
import { THREAD_MESSAGES_MAX } from "../../core/contract/limits.ts";
import type { Draft } from "../../core/enrollment.ts";
import type { EventOf } from "../../core/events.ts";
import { charactersMaxOf } from "../../core/linkedin/account.ts";
import { draftRequestBody } from "../../core/webhook/draft-request.ts";
import { postToEndpoint } from "./post-to-endpoint.ts";
import type { Surroundings } from "./surroundings.ts";

type Asked = Omit<EventOf<"draft_answered">, "at" | "dice"> | Omit<EventOf<"draft_failed">, "at" | "dice">;

/** Asks the customer's endpoint what to say: one attempt. */
export async function requestDraft(draft: Draft, around: Surroundings): Promise<Asked> {
  const { env, state, cadence, store } = around;
  const record = around.known.endpoint;
  const about = { draftId: draft.id, attempt: draft.attempt };
  if (record === null) return { type: "draft_failed", ...about, failure: { kind: "network" }, exchange: null };
  const token = await mintCompletionToken(env.TOKEN_KEY_V1, state.tenantId, draft.id);
  const completionUrl = `${env.PUBLIC_URL}/v1/drafts/${draft.id}/completion?token=${token}`;
  const charactersMax = charactersMaxOf(cadence.steps[state.step] ?? null, around.known.account);
  const thread = store.thread(THREAD_MESSAGES_MAX);
  const body = draftRequestBody(state, cadence, draft, Date.now(), completionUrl, thread, charactersMax);
  const posted = await postToEndpoint(record, { id: draft.id, attempt: draft.attempt, body }, around);
  if (!posted.ok) return { type: "draft_failed", ...about, failure: posted.failure, exchange: posted.exchange };
  if (posted.status === 202)
    return { type: "draft_answered", ...about, answer: "later", digest: "", exchange: posted.exchange };
  const parsed = parseDraftAnswer(parseJson(posted));
  if (!parsed.ok)
    return {
      type: "draft_failed",
      ...about,
      failure: { kind: "invalid", issues: parsed.issues },
      exchange: posted.exchange,
    };
  return {
    type: "draft_answered",
    ...about,
    answer: parsed.answer,
    digest: await answerDigest(parsed.answer),
    exchange: posted.exchange,
  };
}

/** What tells one answer from another: SHA-256 over its parsed form, so that white space and unknown keys don't matter. */
export async function answerDigest(answer: unknown): Promise<string> {
  return (await sha256Hex(JSON.stringify(answer))).slice(0, 32);
}

/** The response's JSON; undefined (which no schema takes) when it is none. */
export function parseJson(posted: Extract<Posted, { ok: true }>): unknown {
  if (posted.text === null) return undefined;
  try {
    return JSON.parse(posted.text);
  } catch {
    return undefined;
  }
}
