import { and, desc, eq, sql } from "drizzle-orm";
import type { TimePage } from "./page.ts";
import { sandboxMail } from "./sandbox-schema.ts";
import { enrollments } from "./schema.ts";
import type { Tenant } from "./tenant-db.ts";

export type SandboxMailRow = typeof sandboxMail.$inferSelect;
export type SandboxMailSummary = Omit<SandboxMailRow, "raw">;

const { raw: _raw, ...SUMMARY } = {
  sendKey: sandboxMail.sendKey,
  tenantId: sandboxMail.tenantId,
  enrollmentId: sandboxMail.enrollmentId,
  at: sandboxMail.at,
  fromEmail: sandboxMail.fromEmail,
  toEmail: sandboxMail.toEmail,
  subject: sandboxMail.subject,
  raw: sandboxMail.raw,
};

/** Whose mail this is: stands in the row, so that the API shows a tenant its own only. */
export interface SandboxOwner {
  readonly tenantId: string;
  readonly enrollmentId: string;
}

/** A mail to be kept; `at` in milliseconds, `raw` its exact bytes. */
export interface NewSandboxMail {
  readonly sendKey: string;
  readonly at: number;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly raw: string;
}

/** Keeps one mail; the same send key again changes nothing. */
export async function keepSandboxMail(
  db: D1Database,
  { tenantId, enrollmentId }: SandboxOwner,
  { sendKey, at, from, to, subject, raw }: NewSandboxMail,
): Promise<void> {
  await db
    .prepare(
      `INSERT INTO sandbox_mail (send_key, tenant_id, enrollment_id, at, from_email, to_email, subject, raw)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    )
    .bind(sendKey, tenantId, enrollmentId, at, from, to, subject, raw)
    .run();
}

/** Newest first, without the bytes; one row more than the page. */
export async function listSandboxMail(
  tenant: Tenant,
  filter: { readonly enrollmentId?: string | undefined },
  page: TimePage,
): Promise<SandboxMailSummary[]> {
  const before =
    page.before === null
      ? undefined
      : sql`(${sandboxMail.at}, ${sandboxMail.sendKey}) < (${page.before.at}, ${page.before.id})`;
  const of = filter.enrollmentId === undefined ? undefined : eq(sandboxMail.enrollmentId, filter.enrollmentId);
  return tenant.db
    .select(SUMMARY)
    .from(sandboxMail)
    .where(and(seen(tenant), of, before))
    .orderBy(desc(sandboxMail.at), desc(sandboxMail.sendKey))
    .limit(page.limit + 1);
}

export async function findSandboxMail(tenant: Tenant, sendKey: string): Promise<SandboxMailRow | null> {
  return (
    (await tenant.db
      .select()
      .from(sandboxMail)
      .where(and(seen(tenant), eq(sandboxMail.sendKey, sendKey)))
      .get()) ?? null
  );
}

/** The rows carry no mode; their enrollments do. */
function seen(tenant: Tenant) {
  return and(
    eq(sandboxMail.tenantId, tenant.tenantId),
    sql`EXISTS (SELECT 1 FROM ${enrollments} WHERE ${enrollments.id} = ${sandboxMail.enrollmentId} AND ${enrollments.tenantId} = ${tenant.tenantId} AND ${enrollments.mode} = ${tenant.mode})`,
  );
}
