import { z } from "zod";
import type { OutgoingLinkedin } from "../../core/linkedin/provider.ts";
import { encodable } from "../mail/encodable.ts";
import type { ApiRequest } from "../provider-api/ask-api.ts";
import { pathTo } from "./unipile-api.ts";

const common = { profileId: z.string(), accountId: z.string(), at: z.int() };
const Payload = z.discriminatedUnion("act", [
  z.strictObject({ act: z.literal("connect"), chatId: z.null(), text: z.string().nullable(), ...common }),
  z.strictObject({ act: z.literal("message"), chatId: z.string().nullable(), text: z.string(), ...common }),
]);

/** What is stored with the intent: all that the request is made of, and when it is meant to leave (ms). */
export type UnipilePayload = z.infer<typeof Payload>;

/** The same words for the same act, to the byte. */
export function composeUnipile(outgoing: OutgoingLinkedin, accountId: string, at: number): string {
  const { act, profileId, text } = outgoing;
  const chatId = outgoing.act === "message" ? outgoing.chatId : null;
  return JSON.stringify({ act, profileId, chatId, text: text === null ? null : encodable(text), accountId, at });
}

/** Throws for a payload that `composeUnipile` can't have written. */
export function readUnipilePayload(payload: string): UnipilePayload {
  return Payload.parse(JSON.parse(payload));
}

/** The request that does what the payload says. Messages are multipart, as the API has them; invitations JSON. */
export function requestOf(payload: UnipilePayload): Pick<ApiRequest, "path" | "body"> {
  const { act, profileId, accountId, text, chatId } = payload;
  if (act === "connect") {
    const invitation = { provider_id: profileId, account_id: accountId, ...(text === null ? {} : { message: text }) };
    return { path: pathTo(["users", "invite"]), body: JSON.stringify(invitation) };
  }
  const form = new FormData();
  form.append("text", text);
  if (chatId !== null) return { path: pathTo(["chats", chatId, "messages"]), body: form };
  form.append("account_id", accountId);
  form.append("attendees_ids", profileId);
  form.append("linkedin[api]", "classic");
  return { path: pathTo(["chats"]), body: form };
}
