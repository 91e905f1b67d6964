import { z } from "zod";
import type { LinkedinSendResult } from "../../core/linkedin/provider.ts";
import { refused } from "../provider-api/api-answer.ts";
import { standingOf } from "./unipile-account.ts";
import { judgeUnipileFault, type UnipileFault } from "./unipile-answer.ts";
import { type AskUnipile, within } from "./unipile-api.ts";
import { lookUpAtUnipile } from "./unipile-look-up.ts";
import { requestOf, type UnipilePayload } from "./unipile-payload.ts";
import { findUnipileProfile } from "./unipile-profile.ts";

/** All of it within the 30 s that a send's lease reckons with. */
const KNOCK_TIMEOUT_MS = 4_000;
const SEND_TIMEOUT_MS = 19_000;
const VERIFY_TIMEOUT_MS = 2_000;

const id = z.string().min(1).max(500);

/** What is said when it was done; the ids of messages may be null ([U2]). */
const Done = z.discriminatedUnion("object", [
  z.object({ object: z.literal("UserInvitationSent"), invitation_id: id.nullish().catch(null) }),
  z.object({
    object: z.literal("ChatStarted"),
    chat_id: id.nullish().catch(null),
    message_id: id.nullish().catch(null),
  }),
  z.object({ object: z.literal("MessageSent"), message_id: id.nullish().catch(null) }),
]);

/**
 * Sends once, by a request that LinkedIn would obey twice. So that there are few doubts, it asks for the account at first:
 * where nothing answers that, or the account isn't well, no message has left.
 */
export async function sendByUnipile(ask: AskUnipile, payload: UnipilePayload): Promise<LinkedinSendResult> {
  const stopped = await knock(ask, payload.accountId);
  if (stopped !== null) return stopped;
  const outcome = await ask({ ...requestOf(payload), timeoutMs: SEND_TIMEOUT_MS });
  switch (outcome.kind) {
    case "not_allowed":
      return refused("configuration", "bad_api_url", outcome.detail);
    case "broken":
      return { kind: "unknown", stage: outcome.stage, detail: outcome.detail };
    case "answered": {
      const { answer, body } = outcome;
      const accepted = answer.status >= 200 && answer.status < 300 ? readDone(body, payload) : null;
      return accepted ?? judge(ask, judgeUnipileFault(answer, body), payload);
    }
  }
}

/** Null where the account is well. */
async function knock(ask: AskUnipile, accountId: string): Promise<LinkedinSendResult | null> {
  const standing = await standingOf(within(KNOCK_TIMEOUT_MS, ask), accountId);
  switch (standing.kind) {
    case "ok":
      return null;
    case "account":
      return withTrouble(standing);
    case "too_early": {
      const { code, detail, retryAfterMs } = standing;
      return { kind: "not_sent", code, detail, retryAfterMs, isTooEarly: true };
    }
    case "refused":
      return refused("configuration", standing.code, standing.detail);
    case "not_allowed":
      return refused("configuration", "bad_api_url", standing.detail);
    case "unreachable":
      return { kind: "not_sent", code: "unreachable", detail: standing.detail, retryAfterMs: null };
  }
}

function withTrouble({ code, trouble }: Pick<Extract<UnipileFault, { kind: "account" }>, "code" | "trouble">) {
  return { kind: "not_sent", code, detail: trouble.detail, retryAfterMs: null, trouble } as const;
}

/** Null where it says something else than that this was done. */
function readDone(body: unknown, { act, chatId }: UnipilePayload): LinkedinSendResult | null {
  const done = Done.safeParse(body);
  if (!done.success) return null;
  switch (done.data.object) {
    case "UserInvitationSent":
      return act === "connect" ? accepted(done.data.invitation_id ?? null) : null;
    case "ChatStarted":
      return act === "message" && chatId === null
        ? { ...accepted(done.data.message_id ?? null), chatId: done.data.chat_id ?? null }
        : null;
    case "MessageSent":
      return act === "message" && chatId !== null ? { ...accepted(done.data.message_id ?? null), chatId } : null;
  }
}

function accepted(providerMessageId: string | null) {
  const response = providerMessageId === null ? "accepted, without an id" : `accepted as ${providerMessageId}`;
  return { kind: "accepted", providerMessageId, wireMessageId: null, response } as const;
}

async function judge(ask: AskUnipile, fault: UnipileFault, payload: UnipilePayload): Promise<LinkedinSendResult> {
  const { code, detail } = fault;
  switch (fault.kind) {
    case "account":
      return withTrouble(fault);
    case "too_early": {
      const rests = payload.act === "connect" ? "invitations" : "messages";
      const { retryAfterMs, isLimit } = fault;
      return { kind: "not_sent", code, detail, retryAfterMs, isTooEarly: true, ...(isLimit ? { rests } : {}) };
    }
    case "not_connected":
      return { kind: "not_connected", detail };
    case "refused":
      // What isn't found is the conversation then, and not the person.
      return payload.chatId !== null && code === "resource_not_found"
        ? refused("message", code, detail)
        : refused(fault.scope, code, detail);
    case "unclear":
      return { kind: "unknown", stage: fault.stage, detail };
    case "done":
      return { ...(await whatWasDone(ask, payload)), response: detail };
  }
}

/** By which act before ours the person is invited, or connected, or has the message; where that can't be found, it is taken for true. */
async function whatWasDone(ask: AskUnipile, payload: UnipilePayload) {
  const { act, accountId, profileId, chatId } = payload;
  const briefly = within(VERIFY_TIMEOUT_MS, ask);
  const found = await lookUpAtUnipile(briefly, payload, { pagesMax: 1, chatsMax: 1 });
  const done = accepted(found.kind === "found" ? found.providerMessageId : null);
  if (act === "message") return { ...done, chatId };
  if (found.kind === "found") return done;
  const profile = await findUnipileProfile(briefly, accountId, profileId);
  return profile.kind === "found" && profile.profile.isConnected ? ({ ...done, isConnected: true } as const) : done;
}
