import { z } from "zod";
import type { LookUpResult } from "../../../core/mail/outgoing.ts";
import { type ApiAnswer, readJson } from "../../provider-api/api-answer.ts";
import { bareId, readMailgunError } from "./mailgun-answer.ts";
import type { MailgunMessage } from "./mailgun-payload.ts";

const Found = z.object({
  items: z.array(
    z.object({
      event: z.string(),
      message: z.object({ headers: z.object({ "message-id": z.string() }) }).optional(),
    }),
  ),
});

/** The query that searches a domain's events, newest first, for the one that says that a message was taken. */
export function mailgunSearch({ messageId }: MailgunMessage): string {
  return String(
    new URLSearchParams({ event: "accepted", "message-id": bareId(messageId), ascending: "no", limit: "1" }),
  );
}

/** "A threshold age (e.g. half an hour)", says their page "Event Polling" of how late an event may come. */
const EVENTS_LATE_MS = 30 * 60_000;

/**
 * What an answer to the search says (Mailgun's pages "Events" and "Event Polling", as public copies had them in November
 * 2026). An event is ours only if it has our id: their filter matches terms. `now` is in milliseconds since the epoch.
 */
export function judgeMailgunSearch(answer: ApiAnswer, { messageId, date }: MailgunMessage, now: number): LookUpResult {
  const body = readJson(answer);
  if (answer.status !== 200) return failed(readMailgunError(answer.status, body).detail);
  const found = Found.safeParse(body);
  if (!found.success) return failed("status 200 without a list of events: is this Mailgun's API?");
  const id = bareId(messageId);
  const { items } = found.data;
  if (items.some(({ event, message }) => event === "accepted" && message?.headers["message-id"] === id))
    return { kind: "found", providerMessageId: id, wireMessageId: messageId };
  if (items.length > 0) return failed("asked for one message by its id, it answered with others");
  return now - date < EVENTS_LATE_MS ? failed("not there yet; events may be half an hour late") : { kind: "not_found" };
}

function failed(detail: string): LookUpResult {
  return { kind: "failed", detail };
}
