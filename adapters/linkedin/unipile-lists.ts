import { z } from "zod";
import type { LinkedinMessage, PageResult, Relation, SentInvitation } from "../../core/linkedin/provider.ts";
import { judgeUnipileFault } from "./unipile-answer.ts";
import { type AskUnipile, LIST_BYTES_MAX } from "./unipile-api.ts";

/** As many as fit one answer of every list. */
export const PAGE_SIZE = "100";

const id = z.string().min(1).max(500);
const maybeId = id.nullish().catch(null);

const Page = z.object({ items: z.array(z.unknown()), cursor: z.string().min(1).max(4_000).nullish().catch(null) });

/**
 * One page of a list. Items that can't be read are left out, since one odd item must not hide the others; where none of
 * them can, it isn't the list that was asked for. `missing` is what a list of something that they don't know is.
 */
export async function readPage<Item extends object>(
  ask: AskUnipile,
  path: string,
  read: (item: unknown) => Item | "skip" | null,
  { missing = "failed" }: { readonly missing?: "failed" | "empty" } = {},
): Promise<PageResult<Item>> {
  const outcome = await ask({ path, answerBytesMax: LIST_BYTES_MAX });
  if (outcome.kind !== "answered") return { kind: "failed", detail: outcome.detail };
  const page = Page.safeParse(outcome.body);
  if (outcome.answer.status === 200 && page.success) {
    const readable = page.data.items.map(read).filter((item) => item !== null);
    return readable.length === 0 && page.data.items.length > 0
      ? { kind: "failed", detail: `none of ${page.data.items.length} items can be read` }
      : { kind: "page", items: readable.filter((item) => item !== "skip"), cursor: page.data.cursor ?? null };
  }
  const fault = judgeUnipileFault(outcome.answer, outcome.body);
  if (fault.code === "resource_not_found" && missing === "empty") return { kind: "page", items: [], cursor: null };
  return fault.kind === "account"
    ? { kind: "account", trouble: fault.trouble }
    : { kind: "failed", detail: fault.detail };
}

const RelationItem = z.object({
  member_id: id,
  public_identifier: maybeId,
  created_at: z.number().int().positive().nullish().catch(null),
});

/** An item of the list of relations. */
export function readRelation(item: unknown): Relation | null {
  const { success, data } = RelationItem.safeParse(item);
  if (!success) return null;
  return {
    profileId: data.member_id,
    publicId: data.public_identifier ?? null,
    connectedAt: data.created_at ?? null,
  };
}

const InvitationItem = z.object({
  id,
  invited_user_id: maybeId,
  invited_user_public_id: maybeId,
  invitation_text: z.string().nullish().catch(null),
  parsed_datetime: z.string().nullish().catch(null),
});

/** An item of the list of open invitations. `date` is LinkedIn's words for a reader ("2 weeks ago"), so it isn't looked at. */
export function readInvitation(item: unknown): SentInvitation | null {
  const { success, data } = InvitationItem.safeParse(item);
  if (!success) return null;
  return {
    id: data.id,
    profileId: data.invited_user_id ?? null,
    publicId: data.invited_user_public_id ?? null,
    text: data.invitation_text ?? null,
    sentAt: instantOf(data.parsed_datetime),
  };
}

const flag = z.union([z.boolean(), z.literal([0, 1])]).transform(Boolean);
const MessageItem = z.object({
  id,
  chat_id: id,
  sender_id: maybeId,
  is_sender: flag,
  is_event: flag.optional(),
  text: z.string().nullish(),
  timestamp: z.string(),
});

/** An item of a list of messages; what nobody wrote, such as "Jane has joined", is skipped. */
export function readMessage(item: unknown): LinkedinMessage | "skip" | null {
  const { success, data } = MessageItem.safeParse(item);
  const at = success ? instantOf(data.timestamp) : null;
  if (!success || at === null) return null;
  if (data.is_event === true) return "skip";
  return {
    id: data.id,
    chatId: data.chat_id,
    senderId: data.sender_id ?? null,
    senderName: null,
    isOwn: data.is_sender,
    text: data.text ?? "",
    at,
  };
}

/** An ISO instant in milliseconds; null for whatever else. */
export function instantOf(text: string | null | undefined): number | null {
  if (text === null || text === undefined || !/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text)) return null;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : at;
}
