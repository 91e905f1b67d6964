import { z } from "zod";
import type { LinkedinNews } from "../../core/linkedin/provider.ts";
import { troubleOf } from "./unipile-account.ts";
import { instantOf } from "./unipile-lists.ts";

const id = z.string().min(1).max(500);
const maybe = z.string().max(500).nullish().catch(null);

const AccountStatus = z.object({ AccountStatus: z.object({ account_id: z.string(), message: z.string() }) });

const Event = z.object({ event: z.string(), account_id: z.string() });

const MessageReceived = z.object({
  chat_id: id,
  message_id: id,
  message: z.string().nullish().catch(null),
  timestamp: z.string(),
  account_info: z.object({ user_id: maybe }).nullish().catch(null),
  is_sender: z.boolean().nullish().catch(null),
  sender: z.object({ attendee_provider_id: id, attendee_name: maybe }),
  attendees: z
    .array(z.object({ attendee_provider_id: id }))
    .nullish()
    .catch(null),
});

const NewRelation = z.object({ user_provider_id: id, user_public_identifier: maybe });

/** Statuses of an account that is well again, and of those that say nothing of it. */
const WELL: ReadonlySet<string> = new Set(["OK", "CREATION_SUCCESS", "RECONNECTED", "SYNC_SUCCESS"]);
const UNWELL: ReadonlySet<string> = new Set(["ERROR", "STOPPED", "CREDENTIALS", "PERMISSIONS", "DELETED"]);

/**
 * What a hook of Unipile tells one account; `body` is the JSON that came. It proves nothing of who sent it: that is the
 * secret in the hook's header. Never throws.
 */
export function readUnipileNews(body: unknown, accountId: string): LinkedinNews {
  const status = AccountStatus.safeParse(body);
  if (status.success) {
    const { account_id, message } = status.data.AccountStatus;
    return account_id === accountId ? accountNews(message) : foreign();
  }
  const event = Event.safeParse(body);
  if (!event.success) return ignored("it names no event and no account");
  if (event.data.account_id !== accountId) return foreign();
  switch (event.data.event) {
    case "message_received":
      return messageNews(body);
    case "new_relation":
      return relationNews(body);
    default:
      return ignored(`nothing depends on ${shown(event.data.event)}`);
  }
}

function accountNews(status: string): LinkedinNews {
  if (WELL.has(status)) return { kind: "account_ok" };
  return UNWELL.has(status)
    ? { kind: "account", trouble: troubleOf(status) }
    : ignored(`the status ${shown(status)} says neither that the account is well nor that it isn't`);
}

/**
 * What the account itself writes is told too, wherever it was written. A message that doesn't say whose account it is could
 * be such an echo, and must not pass for a reply: it is found again in the list of messages, which says it.
 */
function messageNews(body: unknown): LinkedinNews {
  const { success, data } = MessageReceived.safeParse(body);
  const at = success ? instantOf(data.timestamp) : null;
  if (!success || at === null) return ignored("a message that can't be read");
  const { sender, account_info, is_sender } = data;
  const userId = account_info?.user_id ?? null;
  const isOwn = userId === null ? (is_sender ?? null) : sender.attendee_provider_id === userId;
  if (isOwn === null) return ignored("a message that doesn't say whose the account is");
  const people = new Set((data.attendees ?? []).map(({ attendee_provider_id }) => attendee_provider_id));
  people.delete(userId ?? "");
  // What a lead says to several people is no answer to us, and ours would go to all of them.
  if (people.size > 1) return ignored("a conversation of several people");
  const message = {
    id: data.message_id,
    chatId: data.chat_id,
    senderId: sender.attendee_provider_id,
    senderName: sender.attendee_name ?? null,
    isOwn,
    text: data.message ?? "",
    at,
  };
  return { kind: "message", message };
}

function relationNews(body: unknown): LinkedinNews {
  const { success, data } = NewRelation.safeParse(body);
  return success
    ? { kind: "connected", profileId: data.user_provider_id, publicId: data.user_public_identifier ?? null }
    : ignored("a new relation that names nobody");
}

function foreign(): LinkedinNews {
  return ignored("it is about another account");
}

function ignored(why: string): LinkedinNews {
  return { kind: "ignored", why };
}

function shown(word: string): string {
  return JSON.stringify(word.slice(0, 60));
}
