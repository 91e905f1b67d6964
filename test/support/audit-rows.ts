import { env } from "cloudflare:workers";
import type { AuditRow } from "../../adapters/d1/audit-log.ts";

/** A row as SQLite has it, with `before` and `after` read. */
export type KeptRow = Readonly<Record<string, unknown>> & {
  readonly before: AuditRow["before"] | object;
  readonly after: AuditRow["after"] | object;
};

/** The rows that one request left. */
export function rowsOfRequest(requestId: string | null): Promise<readonly KeptRow[]> {
  return rowsWhere("request_id", requestId ?? "none");
}

/** The rows of one tenant, oldest first. */
export function rowsOfTenant(tenantId: string): Promise<readonly KeptRow[]> {
  return rowsWhere("tenant_id", tenantId);
}

async function rowsWhere(column: "request_id" | "tenant_id", value: string): Promise<readonly KeptRow[]> {
  const { results } = await env.DB.prepare(`SELECT * FROM audit_log WHERE ${column} = ? ORDER BY seq`)
    .bind(value)
    .all<Record<string, unknown>>();
  return results.map((row) => ({ ...row, before: read(row["before"]), after: read(row["after"]) }));
}

function read(json: unknown): object | null {
  return typeof json === "string" ? JSON.parse(json) : null;
}
