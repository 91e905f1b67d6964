import { z } from "zod";
import { TABLES } from "../../adapters/d1/holdings.ts";
import { enrollmentsWithObject, PORTABLE_TABLES, readPortableRows } from "../../adapters/d1/portable-rows.ts";
import { listBodies, readParts } from "../../adapters/r2/portable-bodies.ts";
import { REPLY_GRACE_MS } from "../../core/contract/limits.ts";
import { type PortableLine, PortableLine as PortableLineShape } from "../../core/contract/portable.ts";
import { enrollmentStub } from "../../durable-objects/stub.ts";

/** Where an export goes on: after this key of a table, after this enrollment's `seq`, after this key of R2. */
export const ExportCursor = z.discriminatedUnion("in", [
  z
    .strictObject({
      in: z.literal("rows"),
      table: z.string().refine((name) => PORTABLE_TABLES.includes(name)),
      after: z.array(z.union([z.string(), z.number()])),
    })
    .refine(({ table, after }) => after.length === 0 || after.length === TABLES[table]?.key.length),
  z.strictObject({ in: z.literal("objects"), afterSeq: z.int() }),
  z.strictObject({ in: z.literal("bodies"), after: z.string().nullable() }),
]);
export type ExportCursor = z.infer<typeof ExportCursor>;

/** A line, or none; what it cost in subrequests; and where a page may go on after it: `never` in the middle of something. */
export interface ExportItem {
  readonly line: PortableLine | null;
  readonly cost: number;
  readonly goOn: ExportCursor | "never";
}

const ROWS_AT_ONCE = 500;
/** Of tables whose rows may have a hundred thousand characters each. */
const LONG_ROWS_AT_ONCE = 25;
const OBJECTS_AT_ONCE = 500;
const KEYS_AT_ONCE = 1_000;

/** Where an export begins. */
export const EXPORT_START: ExportCursor = startOf(PORTABLE_TABLES[0]);

/** All lines from a cursor to the end: rows in the order of the registry, then objects, then bodies. Asked for one by one. */
export async function* exportLines(
  env: Env,
  tenantId: string,
  from: ExportCursor,
  now: number,
): AsyncGenerator<ExportItem, void> {
  if (from.in === "rows")
    for (const table of PORTABLE_TABLES.slice(PORTABLE_TABLES.indexOf(from.table)))
      yield* tableLines(env, tenantId, table, table === from.table ? from.after : []);
  if (from.in !== "bodies") yield* objectLines(env, tenantId, from.in === "objects" ? from.afterSeq : 0, now);
  yield* bodyLines(env, tenantId, from.in === "bodies" ? from.after : null);
}

async function* tableLines(
  env: Env,
  tenantId: string,
  table: string,
  from: readonly (string | number)[],
): AsyncGenerator<ExportItem, void> {
  const max = TABLES[table]?.retention === "messages" ? LONG_ROWS_AT_ONCE : ROWS_AT_ONCE;
  for (let after = from; ; ) {
    const records = await readPortableRows(env.DB, tenantId, table, after, max);
    yield { line: null, cost: 1, goOn: { in: "rows", table, after: [...after] } };
    for (const { row, key } of records) {
      after = key;
      yield { line: { kind: "row", table, row }, cost: 0, goOn: { in: "rows", table, after: [...key] } };
    }
    if (records.length === max) continue;
    const next = PORTABLE_TABLES[PORTABLE_TABLES.indexOf(table) + 1];
    yield { line: null, cost: 0, goOn: startOf(next) };
    return;
  }
}

/** Live enrollments, and those that ended so lately that somebody may still answer. */
async function* objectLines(env: Env, tenantId: string, from: number, now: number): AsyncGenerator<ExportItem, void> {
  for (let afterSeq = from; ; ) {
    const found = await enrollmentsWithObject(env.DB, tenantId, afterSeq, now - REPLY_GRACE_MS, OBJECTS_AT_ONCE);
    yield { line: null, cost: 1, goOn: { in: "objects", afterSeq } };
    for (const { seq, id } of found) {
      afterSeq = seq;
      const text = await enrollmentStub(env, tenantId, id).takeOut();
      const line = text === null ? null : PortableLineShape.parse({ kind: "object", id, object: JSON.parse(text) });
      yield { line, cost: 1, goOn: { in: "objects", afterSeq } };
    }
    if (found.length === OBJECTS_AT_ONCE) continue;
    yield { line: null, cost: 0, goOn: { in: "bodies", after: null } };
    return;
  }
}

async function* bodyLines(env: Env, tenantId: string, from: string | null): AsyncGenerator<ExportItem, void> {
  for (let after = from; ; ) {
    const found = await listBodies(env.BODIES, tenantId, after, KEYS_AT_ONCE);
    yield { line: null, cost: 1, goOn: { in: "bodies", after } };
    for (const body of found) {
      for await (const line of readParts(env.BODIES, tenantId, body)) yield { line, cost: 1, goOn: "never" };
      after = body.key;
      yield { line: null, cost: 0, goOn: { in: "bodies", after } };
    }
    if (found.length < KEYS_AT_ONCE) return;
  }
}

function startOf(table: string | undefined): ExportCursor {
  return table === undefined ? { in: "objects", afterSeq: 0 } : { in: "rows", table, after: [] };
}
