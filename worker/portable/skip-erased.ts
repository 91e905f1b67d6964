import { tombstoneHash } from "../../adapters/crypto/tombstone.ts";
import { ERASED_ROW, erasedEnrollments, finishErasing } from "../../adapters/d1/erasure.ts";
import type { PlainRow } from "../../adapters/d1/portable-rows.ts";
import { erasedAmong } from "../../adapters/d1/tombstones.ts";
import type { PortableLine } from "../../core/contract/portable.ts";

/** The columns in which a row of a table has a person's address. */
const ADDRESSES: Readonly<Record<string, readonly string[]>> = {
  enrollments: ["lead_email"],
  inbound_mail: ["from_email", "envelope_from"],
  suppressions: ["value"],
};

/**
 * Rows without the people who were erased here: their enrollments come as erased ones, their mails and suppressions not at
 * all. `skipped` of them were there.
 */
export async function skipErased(
  env: Env,
  tenantId: string,
  table: string,
  rows: readonly PlainRow[],
): Promise<{ readonly rows: readonly PlainRow[]; readonly skipped: number }> {
  const columns = ADDRESSES[table];
  if (columns === undefined) return { rows, skipped: 0 };
  const known = new Map<string, ReadonlySet<string>>();
  for (const mode of ["live", "sandbox"] as const) {
    const emails = new Set(rows.filter((row) => row["mode"] === mode).flatMap((row) => addressesOf(row, columns)));
    const hashes = new Map(
      await Promise.all([...emails].map(async (email) => [await tombstoneHash(env, tenantId, email), email] as const)),
    );
    const erased = await erasedAmong(env.DB, { tenantId, mode }, [...hashes.keys()]);
    known.set(mode, new Set(erased.flatMap((hash) => hashes.get(hash) ?? [])));
  }
  const isErased = (row: PlainRow) =>
    addressesOf(row, columns).some((email) => known.get(String(row["mode"]))?.has(email) === true);
  const skipped = rows.filter(isErased).length;
  if (table !== "enrollments") return { rows: rows.filter((row) => !isErased(row)), skipped };
  return { rows: rows.map((row) => (isErased(row) ? { ...row, ...ERASED_ROW } : row)), skipped };
}

/** The enrollments among those that lines are about that are erased here: nothing of them is taken in. */
export async function erasedHere(
  env: Env,
  tenantId: string,
  lines: readonly PortableLine[],
): Promise<ReadonlySet<string>> {
  const ids = new Set(lines.flatMap((line) => enrollmentOf(line) ?? []));
  return new Set(await erasedEnrollments(env.DB, tenantId, [...ids]));
}

/** Takes out of their rows again what came in with these lines. */
export async function blankErased(env: Env, tenantId: string, ids: ReadonlySet<string>): Promise<void> {
  if (ids.size > 0) await finishErasing(env.DB, tenantId, [...ids]);
}

/** The enrollment that a line is about; null for one that is about none. */
export function enrollmentOf(line: PortableLine): string | null {
  if (line.kind === "object") return line.id;
  if (line.kind === "body") return /^(enr_\w+)\//.exec(line.key)?.[1] ?? null;
  const id = line.table === "enrollments" ? line.row["id"] : line.row["enrollment_id"];
  return typeof id === "string" ? id : null;
}

function addressesOf(row: PlainRow, columns: readonly string[]): readonly string[] {
  const former =
    typeof row["former_emails"] === "string" ? (JSON.parse(row["former_emails"]) as readonly string[]) : [];
  return [...columns.map((column) => row[column]), ...former].flatMap((value) =>
    typeof value === "string" && value.includes("@") ? [value] : [],
  );
}
