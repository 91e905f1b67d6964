/** What one table of D1 holds, and what becomes of it (adapters/d1/holdings.ts). */
export interface TableHolding {
  /** A tenant's rows have `tenant_id`; the installation's own are nobody's to take along or to erase. */
  readonly of: "tenant" | "installation";
  /** The primary key, by which it is paged. */
  readonly key: readonly [string, ...string[]];
  /** `rows`: all of them, but for secrets and the ingest sequence. Else why it stays here. */
  readonly exported: "rows" | { readonly no: string };
  /** Which of the tenant's terms deletes from it (adapters/d1/retention.ts); `own`: it has a term of its own. */
  readonly retention: "log" | "messages" | "own" | "kept";
  /** How the erasure of a person finds their rows, and what it leaves of them. Null: nothing in it is about a lead. */
  readonly person: PersonsRows | null;
  readonly columns: Columns;
}

/** Names of columns, with a space between. Every column stands in exactly one of these. */
interface Columns {
  /** Says nothing about a lead, and may leave the installation. */
  readonly plain: string;
  /** What a lead is, has, wrote or was told. */
  readonly personal?: string;
  /** Sealed under this installation's key, or of use to nobody else: not exported. */
  readonly secret?: string;
  /** Made anew wherever the row is written. */
  readonly sequence?: string;
}

export type PersonsRows =
  /** By the enrollment's id in `column`. `leaves`: the row without what was personal, as SQL by column; else it is deleted. */
  | {
      readonly by: "enrollment";
      readonly column: string;
      readonly leaves: Readonly<Record<string, string>> | "nothing";
    }
  /** By the address; adapters/d1/erasure.ts has the statement, and deletes the row. */
  | { readonly by: "address" };

/** The names in one of a table's groups of columns. */
export function namesOf(columns: string | undefined): readonly string[] {
  return columns === undefined ? [] : columns.split(" ");
}
