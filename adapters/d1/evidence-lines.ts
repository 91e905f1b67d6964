import { and, asc, eq, gt, sql } from "drizzle-orm";
import {
  exchangeContent,
  type LineContent,
  messageContent,
  noteContent,
  type Sha256,
} from "../../core/evidence/line.ts";
import type { JournalRecord } from "./journal.ts";
import type { MessageRecord } from "./messages.ts";
import { ownUnindexed } from "./own-unindexed.ts";
import { journal, messages } from "./schema.ts";
import { own, type Tenant } from "./tenant-db.ts";

const ROWS_AT_ONCE = 2_000;

/** A line's place in its enrollment's chain, and what tells whether it is about a message. Hashes are null on lines from before there was a chain. */
export type ChainLine = Pick<
  JournalRecord,
  "entry" | "at" | "kind" | "step" | "subjectId" | "contentSha256" | "chainSha256"
>;

/** Every line that an enrollment's object wrote, in their order. */
export async function listChain(tenant: Tenant, enrollmentId: string): Promise<readonly ChainLine[]> {
  const { entry, at, kind, step, subjectId, contentSha256, chainSha256 } = journal;
  const lines: ChainLine[] = [];
  for (let after = 0; ; after = lines.at(-1)?.entry ?? after) {
    const found = await tenant.db
      .select({ entry, at, kind, step, subjectId, contentSha256, chainSha256 })
      .from(journal)
      .where(and(ownUnindexed(tenant, journal), eq(journal.enrollmentId, enrollmentId), gt(journal.entry, after)))
      .orderBy(asc(journal.entry))
      .limit(ROWS_AT_ONCE);
    lines.push(...found);
    if (found.length < ROWS_AT_ONCE) return lines;
  }
}

/** These lines of an enrollment, whole, in their order. */
export async function listLines(
  tenant: Tenant,
  enrollmentId: string,
  entries: readonly number[],
): Promise<readonly JournalRecord[]> {
  return tenant.db
    .select()
    .from(journal)
    .where(
      and(
        ownUnindexed(tenant, journal),
        eq(journal.enrollmentId, enrollmentId),
        sql`${journal.entry} IN (SELECT value FROM json_each(${JSON.stringify(entries)}))`,
      ),
    )
    .orderBy(asc(journal.entry));
}

/** One message, or null when this key may not see such a one. */
export async function findMessage(tenant: Tenant, id: string): Promise<MessageRecord | null> {
  const row = await tenant.db
    .select()
    .from(messages)
    .where(own(tenant, messages, eq(messages.id, id)))
    .get();
  return row ?? null;
}

/** What a row says, as its hash covers it; null for a message whose own row is gone. The reverse of what adapters/d1/project.ts does. */
export function contentOfRow(row: JournalRecord, message: MessageRecord | null, sha256: Sha256): LineContent | null {
  const head = { kind: row.kind, at: row.at, step: row.step, what: row.what, subjectId: row.subjectId };
  const detail = JSON.parse(row.detail);
  switch (row.kind) {
    case "note":
      return noteContent(head, detail);
    case "message": {
      if (message === null) return null;
      const { fromEmail, toEmail, text } = message;
      return messageContent(head, { from: fromEmail, to: toEmail, textSha256: sha256(text) }, detail);
    }
    case "exchange": {
      const { endpointId, attempt, status, outcome, reason, decision, firstByteMs, totalMs, traceId, url } = row;
      const { requestBytes, requestSha256, responseBytes, responseSha256, responseCut } = row;
      const columns = {
        ...{ endpointId, attempt, status, outcome, reason, decision, firstByteMs, totalMs, traceId, url },
        ...{ requestBytes, requestSha256, responseBytes, responseSha256 },
        responseCut: responseCut === null ? null : responseCut === 1,
      };
      return exchangeContent(head, columns, detail);
    }
  }
}
