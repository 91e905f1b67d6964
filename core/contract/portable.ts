import { z } from "zod";
import { Timestamp } from "./common.ts";

/** What an export is written in: NDJSON (one JSON object a line), and this version of it. */
export const PORTABLE_FORMAT = 1;

/** The first line of a page, and of a file. */
export const PortableHead = z.strictObject({
  kind: z.literal("head"),
  format: z.literal(PORTABLE_FORMAT),
  installation: z.string(),
  version: z.string(),
  tenantId: z.string().regex(/^ten_[a-z0-9]{1,40}$/),
  at: Timestamp,
  /** The tenant was switched off when this was written: nothing of it is being sent meanwhile. */
  isFrozen: z.boolean(),
  /** Tells whether two installations have the same key for tokens and tombstones. */
  keyCheck: z.string(),
});
export type PortableHead = z.infer<typeof PortableHead>;

/** A row of a table of D1, by column; without secrets. */
const Row = z.strictObject({
  kind: z.literal("row"),
  table: z.string(),
  row: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
});

/** All that an enrollment's object holds (durable-objects/taken-out.ts). */
const ObjectLine = z.strictObject({ kind: z.literal("object"), id: z.string(), object: z.looseObject({}) });

/** A part of an object of R2; its key without the tenant's part. */
const Body = z.strictObject({
  kind: z.literal("body"),
  key: z.string(),
  type: z.string(),
  part: z.int().min(0),
  parts: z.int().min(1),
  base64: z.base64(),
});

/** Any line between the first and the last. */
export const PortableLine = z.discriminatedUnion("kind", [Row, ObjectLine, Body]);
export type PortableLine = z.infer<typeof PortableLine>;
export type PortableRow = z.infer<typeof Row>;
export type PortableObject = z.infer<typeof ObjectLine>;
export type PortableBody = z.infer<typeof Body>;

/** How many lines of each kind: `row <table>`, `object`, `body`. */
export const PortableCounts = z.record(z.string(), z.int());

/** The last line. `sha256` is of all lines before it, with their ends, in hex; without this line a page or file was cut off. */
export const PortableEnd = z.strictObject({
  kind: z.literal("end"),
  counts: PortableCounts,
  sha256: z.string(),
  /** Of a page: what to ask for the next one with; null in the last page and in a file. */
  nextCursor: z.string().nullable(),
});
export type PortableEnd = z.infer<typeof PortableEnd>;

/** The name under which a line is counted. */
export function countedAs(line: PortableLine): string {
  return line.kind === "row" ? `row ${line.table}` : line.kind;
}
