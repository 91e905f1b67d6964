import { and, desc, lt, type SQL, sql } from "drizzle-orm";
import { spellings } from "./contains.ts";
import { type EnrollmentFilter, type EnrollmentRecord, pickEnrollments } from "./enrollments.ts";
import type { Page } from "./page.ts";
import { enrollments } from "./schema.ts";
import { own, type Tenant } from "./tenant-db.ts";

/** So many enrollments are looked through at once: what a search costs is bounded by it, and not by what the tenant has. */
export const SEARCHED_AT_ONCE = 20_000;

/** What a look found: one row more than the page where it is full, and else where the next look begins; null at the end. */
export interface SearchedEnrollments {
  readonly rows: readonly EnrollmentRecord[];
  readonly next: number | null;
}

/**
 * Enrollments with `text` in the lead's name, address or external id, newest first, among the newest `SEARCHED_AT_ONCE` from
 * the page's beginning on. They are looked through in the index alone.
 */
export async function searchEnrollments(
  tenant: Tenant,
  text: string,
  filter: EnrollmentFilter,
  page: Page,
): Promise<SearchedEnrollments> {
  const { seq, leadName, leadEmail, leadExternalId } = enrollments;
  const mine = and(own(tenant, enrollments), page.before === null ? undefined : lt(seq, page.before));
  const columns = sql`${seq} AS seq, ${leadName} AS name, ${leadEmail} AS email, ${leadExternalId} AS external`;
  const looked = sql`SELECT ${columns} FROM ${enrollments} WHERE ${mine} ORDER BY ${desc(seq)} LIMIT ${SEARCHED_AT_ONCE}`;
  const seqs = sql`SELECT seq FROM (${looked}) WHERE ${hasText(text)}`;
  const rows = await pickEnrollments(tenant, seqs, filter, page.limit + 1);
  if (rows.length > page.limit) return { rows, next: null };
  const last = await tenant.db
    .select({ seq })
    .from(enrollments)
    .where(own(tenant, enrollments, page.before === null ? undefined : lt(seq, page.before)))
    .orderBy(desc(seq))
    .limit(1)
    .offset(SEARCHED_AT_ONCE - 1)
    .get();
  return { rows, next: last?.seq ?? null };
}

function hasText(text: string): SQL {
  const looks = ["name", "email", "external"].flatMap((column) =>
    spellings(text).map((spelling) => sql`instr(lower(${sql.raw(column)}), ${spelling}) > 0`),
  );
  return sql.join(looks, sql` OR `);
}
