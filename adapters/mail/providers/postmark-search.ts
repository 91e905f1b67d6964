import { z } from "zod";
import type { LookUpResult } from "../../../core/mail/outgoing.ts";
import { type ApiAnswer, readJson } from "../../provider-api/api-answer.ts";
import { readPostmarkError } from "./postmark-answer.ts";
import type { PostmarkMessage } from "./postmark-payload.ts";
import { REFERENCE_FIELD } from "./reference.ts";

const Found = z.object({
  TotalCount: z.int().nonnegative(),
  Messages: z.array(
    z.object({
      MessageID: z.string().min(1).max(200),
      Metadata: z.record(z.string(), z.unknown()).catch({}),
    }),
  ),
});

/** The path and query that search for a message, in its own stream: a search that names none is about `outbound` alone. */
export function postmarkSearch({ messageStream, reference }: PostmarkMessage): string {
  const query = new URLSearchParams({ count: "1", offset: "0", messagestream: messageStream });
  query.set(`metadata_${REFERENCE_FIELD}`, reference);
  return `/messages/outbound?${query}`;
}

/**
 * What an answer to the search says (Postmark's page "Messages API", as public copies had it in November 2026). A message
 * is ours only if it carries our reference: whoever ignores the filter answers with somebody else's.
 */
export function judgePostmarkSearch(answer: ApiAnswer, { reference }: PostmarkMessage): LookUpResult {
  const body = readJson(answer);
  if (answer.status !== 200) return failed(readPostmarkError(answer.status, body).detail);
  const found = Found.safeParse(body);
  if (!found.success) return failed("status 200 without a list of messages: is this Postmark's API?");
  const ours = found.data.Messages.find(({ Metadata }) => Metadata[REFERENCE_FIELD] === reference);
  if (ours !== undefined) return { kind: "found", providerMessageId: ours.MessageID, wireMessageId: null };
  return found.data.TotalCount === 0 && found.data.Messages.length === 0
    ? { kind: "not_found" }
    : failed("asked for one message by its reference, it answered with others");
}

function failed(detail: string): LookUpResult {
  return { kind: "failed", detail };
}
