import type { LinkedinProvider, WithdrawResult } from "../../core/linkedin/provider.ts";
import type { ProviderApiOptions } from "../provider-api/ask-api.ts";
import { accountResult, standingOf } from "./unipile-account.ts";
import { judgeUnipileFault } from "./unipile-answer.ts";
import { type AskUnipile, pathTo, type UnipileSettings, unipileApi } from "./unipile-api.ts";
import { PAGE_SIZE, readInvitation, readMessage, readPage, readRelation } from "./unipile-lists.ts";
import { lookUpAtUnipile, sentInvitationsPath } from "./unipile-look-up.ts";
import { composeUnipile, readUnipilePayload } from "./unipile-payload.ts";
import { findUnipileProfile } from "./unipile-profile.ts";
import { sendByUnipile } from "./unipile-send.ts";

/**
 * LinkedIn through Unipile's API v1. It recognises no repeats, so what may have been taken is looked up in the account's
 * invitations and conversations. A payload is sent and looked up by the account that it was composed for.
 */
export function unipileProvider(settings: UnipileSettings, options: ProviderApiOptions = {}): LinkedinProvider {
  const ask = unipileApi(settings, options);
  const { accountId } = settings;
  const account = { account_id: accountId };
  return {
    name: "unipile",
    findProfile: (identifier) => findUnipileProfile(ask, accountId, identifier),
    compose: (outgoing, at) => composeUnipile(outgoing, accountId, at),
    send: async (payload) => sendByUnipile(ask, readUnipilePayload(payload)),
    lookUp: async (payload) => lookUpAtUnipile(ask, readUnipilePayload(payload)),
    withdraw: (invitationId) => withdraw(ask, accountId, invitationId),
    relations: (cursor) =>
      readPage(ask, pathTo(["users", "relations"], { ...account, limit: PAGE_SIZE, cursor }), readRelation),
    sentInvitations: (cursor) => readPage(ask, sentInvitationsPath(accountId, cursor), readInvitation),
    messagesSince: async (after, cursor) => {
      // Whether theirs holds what was written in that very millisecond, no page says; ours does.
      const query = { ...account, after: new Date(after - 1).toISOString(), limit: PAGE_SIZE, cursor };
      const page = await readPage(ask, pathTo(["messages"], query), readMessage);
      // Whoever ignores the filter answers with all that was ever written.
      return page.kind === "page" ? { ...page, items: page.items.filter(({ at }) => at >= after) } : page;
    },
    account: () => accountResult(ask, accountId),
  };
}

async function withdraw(ask: AskUnipile, accountId: string, invitationId: string): Promise<WithdrawResult> {
  const path = pathTo(["users", "invite", "sent", invitationId], { account_id: accountId });
  const outcome = await ask({ path, method: "DELETE" });
  if (outcome.kind !== "answered") return { kind: "failed", detail: outcome.detail };
  const { answer, body } = outcome;
  if (answer.status >= 200 && answer.status < 300 && isCanceled(body)) return { kind: "withdrawn" };
  const fault = judgeUnipileFault(answer, body);
  if (fault.kind === "account") return { kind: "account", trouble: fault.trouble };
  if (fault.kind === "done") return { kind: "gone" };
  if (fault.code !== "resource_not_found") return { kind: "failed", detail: fault.detail };
  // The same is said of an account that they don't have.
  const standing = await standingOf(ask, accountId);
  if (standing.kind === "account") return { kind: "account", trouble: standing.trouble };
  return standing.kind === "ok" ? { kind: "gone" } : { kind: "failed", detail: standing.detail };
}

function isCanceled(body: unknown): boolean {
  return typeof body === "object" && body !== null && "object" in body && body.object === "InvitationCanceled";
}
