import type { JournalEntry } from "../journal.ts";
import { utf8Bytes } from "../utf8.ts";
import { maskCompletionTokens } from "../webhook/mask-token.ts";
import { storable } from "./storable.ts";

/**
 * What a line of the log says, as its hash covers it: what the log shows of it, with long texts and bodies by their hashes, so
 * that they can go and the rest still be proven. Version 1; a change of it, or of how tokens are masked, is another version.
 */
export type LineContent = Readonly<Record<string, unknown>> & {
  readonly kind: JournalEntry["kind"];
  readonly at: number;
  readonly step: number | null;
  readonly what: string;
  readonly subjectId: string | null;
};

/** SHA-256 of a text's UTF-8, as lower-case hex: core has none of its own. */
export type Sha256 = (text: string) => string;

/** The content of a line. `shownSha256` is of an exchange's bodies as they are shown (core/evidence/bodies.ts); null for other lines. */
export function lineContent(entry: JournalEntry, shownSha256: string | null, sha256: Sha256): LineContent {
  const { at, step } = entry;
  switch (entry.kind) {
    case "note":
      return noteContent(
        { kind: entry.kind, at, step, what: entry.code, subjectId: entry.subjectId },
        noteDetail(entry),
      );
    case "message":
      return messageContent(
        { kind: entry.kind, at, step, what: entry.message.direction, subjectId: entry.message.id },
        { from: entry.message.from, to: entry.message.to, textSha256: sha256(storable(entry.message.text)) },
        messageDetail(entry),
      );
    case "exchange": {
      const { exchange } = entry;
      return exchangeContent(
        { kind: entry.kind, at, step, what: entry.eventType, subjectId: entry.subjectId },
        {
          endpointId: exchange.endpointId,
          attempt: entry.attempt,
          status: exchange.status,
          outcome: entry.outcome,
          reason: entry.reason,
          decision: entry.decision,
          firstByteMs: exchange.firstByteMs,
          totalMs: exchange.totalMs,
          requestBytes: utf8Bytes(exchange.requestBody),
          requestSha256: sha256(exchange.requestBody),
          responseBytes: exchange.responseBytes,
          responseSha256: exchange.responseSha256,
          responseCut: exchange.responseCut,
          traceId: exchange.traceId,
          url: exchange.url,
        },
        { startedAt: exchange.startedAt, ...(shownSha256 === null ? {} : { shownSha256 }) },
      );
    }
  }
}

type Head = Pick<LineContent, "kind" | "at" | "step" | "what" | "subjectId">;
type Detail = Readonly<Record<string, unknown>>;

/** A note's, from what its row keeps. */
export function noteContent(head: Head, detail: Detail): LineContent {
  return { ...head, detail: masked(detail) };
}

/** A message's. */
export function messageContent(
  head: Head,
  { from, to, textSha256 }: { readonly from: string | null; readonly to: string | null; readonly textSha256: string },
  detail: Detail,
): LineContent {
  return { ...head, from: orNull(from), to: orNull(to), textSha256, detail: masked(detail) };
}

/** The columns of an exchange. */
export interface ExchangeColumns {
  readonly endpointId: string | null;
  readonly attempt: number | null;
  readonly status: number | null;
  readonly outcome: string | null;
  readonly reason: string | null;
  readonly decision: string | null;
  readonly firstByteMs: number | null;
  readonly totalMs: number | null;
  readonly requestBytes: number | null;
  readonly requestSha256: string | null;
  readonly responseBytes: number | null;
  readonly responseSha256: string | null;
  readonly responseCut: boolean | null;
  readonly traceId: string | null;
  readonly url: string | null;
}

/** An exchange's. */
export function exchangeContent(head: Head, columns: ExchangeColumns, detail: Detail): LineContent {
  const { reason, url, decision, outcome } = columns;
  return {
    ...head,
    ...columns,
    ...{ outcome: orNull(outcome), decision: orNull(decision), url: orNull(url) },
    reason: reason === null ? null : maskCompletionTokens(storable(reason)),
    detail: masked(detail),
  };
}

/** What a note's row keeps in its JSON. */
export function noteDetail({ detail, by, gates }: Extract<JournalEntry, { kind: "note" }>): Detail {
  return { ...detail, by, ...(gates === undefined ? {} : { gates }) };
}

/** What a message's row keeps in its JSON. */
export function messageDetail({ message, gates }: Extract<JournalEntry, { kind: "message" }>): Detail {
  const { subject, messageId, classification, draftId } = message;
  return { ...message.detail, subject, messageId, classification, draftId, ...(gates === undefined ? {} : { gates }) };
}

function masked(detail: Detail): Detail {
  return JSON.parse(maskCompletionTokens(JSON.stringify(detail)));
}

function orNull(text: string | null): string | null {
  return text === null ? null : storable(text);
}
