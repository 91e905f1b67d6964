import { and, desc, gte, inArray, lte, type SQL, sql } from "drizzle-orm";
import { spellings } from "./contains.ts";
import { always, isFew, type JournalFilter, type JournalRecord, kindIs, positionOf, type Span } from "./journal.ts";
import { ownUnindexed } from "./own-unindexed.ts";
import type { Position, TimePage } from "./page.ts";
import { journal } from "./schema.ts";
import { own, type Tenant } from "./tenant-db.ts";

/** So many lines are looked through at once. */
export const LINES_SEARCHED_AT_ONCE = 10_000;

/** What no index finds: it has to be looked for. */
export interface Sought {
  readonly text?: string | undefined;
  readonly minMs?: number | undefined;
}

/** One row more than the page where it is full, and else where the next look begins; null at the end. */
export interface SearchedLines {
  readonly rows: readonly JournalRecord[];
  readonly next: Position | null;
}

/** Lines of a span, newest first by their own times, among the newest `LINES_SEARCHED_AT_ONCE` from the page's beginning on. */
export async function searchJournal(
  tenant: Tenant,
  sought: Sought,
  filter: JournalFilter,
  span: Span,
  page: TimePage,
): Promise<SearchedLines> {
  const { seq, at } = journal;
  const order = [desc(at), desc(seq)] as const;
  const looked = within(tenant, filter, span, page);
  const window = tenant.db
    .select({ seq })
    .from(journal)
    .where(looked)
    .orderBy(...order)
    .limit(LINES_SEARCHED_AT_ONCE);
  const rows = await tenant.db
    .select()
    .from(journal)
    .where(
      and(
        ownUnindexed(tenant, journal),
        inArray(seq, window),
        kindIs(filter.kind),
        filter.endpointId === undefined ? undefined : sql`+${journal.endpointId} = ${filter.endpointId}`,
        filter.cadenceId === undefined ? undefined : sql`+${journal.cadenceId} = ${filter.cadenceId}`,
        filter.outcome === undefined ? undefined : and(...always({ ...filter, ...NO_IDS })),
        sought.text === undefined ? undefined : hasText(sought.text),
        sought.minMs === undefined ? undefined : gte(sql`+${journal.totalMs}`, sought.minMs),
      ),
    )
    .orderBy(...order)
    .limit(page.limit + 1);
  if (rows.length > page.limit) return { rows, next: null };
  const last = await tenant.db
    .select({ seq, at })
    .from(journal)
    .where(looked)
    .orderBy(...order)
    .limit(1)
    .offset(LINES_SEARCHED_AT_ONCE - 1)
    .get();
  return { rows, next: last === undefined ? null : positionOf(last) };
}

const NO_IDS = { enrollmentId: undefined, subjectId: undefined };

/** What is looked through: by the span's own index, or by that of what is few anyway. */
function within(tenant: Tenant, filter: JournalFilter, { since, until }: Span, { before }: TimePage): SQL | undefined {
  const latest = Math.min(until ?? Number.POSITIVE_INFINITY, before?.at ?? Number.POSITIVE_INFINITY);
  return and(
    isFew(filter) ? ownUnindexed(tenant, journal) : own(tenant, journal),
    kindIs(filter.kind),
    ...always({ ...filter, outcome: undefined }),
    since === null ? undefined : gte(journal.at, since),
    Number.isFinite(latest) ? lte(journal.at, latest) : undefined,
    before === null ? undefined : sql`(${journal.at}, ${journal.seq}) < (${before.at}, ${Number(before.id)})`,
  );
}

function hasText(text: string): SQL {
  const columns = [journal.excerpt, journal.url, journal.subjectId, journal.reason, journal.traceId];
  const looks = columns.flatMap((column) =>
    spellings(text).map((spelling) => sql`instr(lower(${column}), ${spelling}) > 0`),
  );
  return sql`(${sql.join(looks, sql` OR `)})`;
}
