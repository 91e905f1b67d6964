import { z } from "zod";
import type { LinkedinMessage, PageResult, SentInvitation } from "../../core/linkedin/provider.ts";
import type { LookUpResult } from "../../core/mail/outgoing.ts";
import { type AskUnipile, pathTo } from "./unipile-api.ts";
import { PAGE_SIZE, readInvitation, readMessage, readPage } from "./unipile-lists.ts";
import type { UnipilePayload } from "./unipile-payload.ts";

/** How far it is looked. */
export interface Reach {
  readonly pagesMax: number;
  /** Of the conversations with one person; there may be some with a sales navigator beside the one. */
  readonly chatsMax: number;
}

/** Lists begin with the newest, and what is looked for is new. */
const FAR: Reach = { pagesMax: 5, chatsMax: 5 };

/** Their clock and ours may differ by so much. */
const CLOCKS_DIFFER_MS = 5 * 60_000;

/**
 * Looks for what the payload was to bring about: an open invitation, or the very words in a conversation with the person.
 * Only `found` proves anything: lists are late, and long ones aren't read to their end.
 */
export async function lookUpAtUnipile(
  ask: AskUnipile,
  payload: UnipilePayload,
  reach: Reach = FAR,
): Promise<LookUpResult> {
  return payload.act === "connect" ? findInvitation(ask, payload, reach) : findMessage(ask, payload, reach);
}

/**
 * An open invitation to the person. It needn't be compared with the note, since nobody can be invited twice, so it stands
 * where ours would.
 */
async function findInvitation(
  ask: AskUnipile,
  { accountId, profileId }: UnipilePayload,
  { pagesMax }: Reach,
): Promise<LookUpResult> {
  return search<SentInvitation>(
    pagesMax,
    (cursor) => readPage(ask, sentInvitationsPath(accountId, cursor), readInvitation),
    (invitation) => invitation.profileId === profileId,
  );
}

/** A page of the invitations that are open. */
export function sentInvitationsPath(accountId: string, cursor: string | null): string {
  return pathTo(["users", "invite", "sent"], { account_id: accountId, limit: PAGE_SIZE, cursor });
}

type Wanted = Extract<UnipilePayload, { act: "message" }>;

async function findMessage(ask: AskUnipile, wanted: Wanted, reach: Reach): Promise<LookUpResult> {
  if (wanted.chatId !== null) return findInChat(ask, wanted.chatId, wanted, reach);
  const chats = await chatsWith(ask, wanted);
  if (chats.kind !== "page") return unreadable(chats);
  let result: LookUpResult = { kind: "not_found" };
  for (const { id } of chats.items.slice(0, reach.chatsMax)) {
    const found = await findInChat(ask, id, wanted, reach);
    if (found.kind === "found") return found;
    if (found.kind === "failed") result = found;
  }
  return result;
}

const Chat = z.object({ id: z.string().min(1).max(500), attendee_provider_id: z.string() });

/**
 * The ids of the account's conversations with one person. The path takes their profile id in place of Unipile's ([U1]);
 * where the two have never written to each other, it knows no such person.
 */
async function chatsWith(
  ask: AskUnipile,
  { accountId, profileId }: Wanted,
): Promise<PageResult<{ readonly id: string }>> {
  const path = pathTo(["chat_attendees", profileId, "chats"], { account_id: accountId, limit: PAGE_SIZE });
  const read = (item: unknown): { readonly id: string } | "skip" | null => {
    const { success, data } = Chat.safeParse(item);
    if (!success) return null;
    return data.attendee_provider_id === profileId ? { id: data.id } : "skip";
  };
  return readPage(ask, path, read, { missing: "empty" });
}

function findInChat(ask: AskUnipile, chatId: string, { text, at }: Wanted, { pagesMax }: Reach): Promise<LookUpResult> {
  const since = at - CLOCKS_DIFFER_MS;
  return search<LinkedinMessage>(
    pagesMax,
    (cursor) =>
      readPage(
        ask,
        pathTo(["chats", chatId, "messages"], { after: new Date(since).toISOString(), limit: PAGE_SIZE, cursor }),
        readMessage,
      ),
    (message) => message.isOwn && message.at >= since && plain(message.text) === plain(text),
  );
}

/** Forms put CR LF at the end of lines, and LinkedIn cuts what is blank around a message. */
function plain(text: string): string {
  return text.replace(/\r\n?/g, "\n").trim();
}

async function search<Item extends { readonly id: string }>(
  pagesMax: number,
  readAt: (cursor: string | null) => Promise<PageResult<Item>>,
  isIt: (item: Item) => boolean,
): Promise<LookUpResult> {
  let cursor: string | null = null;
  for (let pages = 0; pages < pagesMax; pages += 1) {
    const page: PageResult<Item> = await readAt(cursor);
    if (page.kind !== "page") return unreadable(page);
    const found = page.items.find(isIt);
    if (found !== undefined) return { kind: "found", providerMessageId: found.id, wireMessageId: null };
    if (page.cursor === null) break;
    cursor = page.cursor;
  }
  return { kind: "not_found" };
}

function unreadable(page: Exclude<PageResult<unknown>, { kind: "page" }>): LookUpResult {
  return { kind: "failed", detail: page.kind === "account" ? page.trouble.detail : page.detail };
}
