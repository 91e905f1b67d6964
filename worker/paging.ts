import type { Page, Position, TimePage } from "../adapters/d1/page.ts";

export type { Page, TimePage };

export type Paged<Kind> = { readonly ok: true; readonly page: Kind } | { readonly ok: false; readonly detail: string };

interface PageQuery {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Reads `limit` and `cursor` of a parsed query. */
export function readPage(query: PageQuery): Paged<Page> {
  return read(query, readCursor);
}

/** The same for a list without a sequence. */
export function readTimePage(query: PageQuery): Paged<TimePage> {
  return read(query, readTimeCursor);
}

/** A page of what the repository found. It must have been asked for `page.limit + 1` rows, so that the last page is known as such. */
export function toPage<Row extends { readonly seq: number }, Shown>(
  rows: readonly Row[],
  page: Page,
  show: (row: Row) => Shown,
): { data: Shown[]; nextCursor: string | null } {
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  return {
    data: shown.map(show),
    nextCursor: rows.length > page.limit && last !== undefined ? writeCursor(last.seq) : null,
  };
}

/** A page of a search, whose next look begins at `next` where the page isn't full; null at the end. */
export function toSearchPage<Row extends { readonly seq: number }, Shown>(
  { rows, next }: { readonly rows: readonly Row[]; readonly next: number | null },
  page: Page,
  show: (row: Row) => Shown,
): { data: Shown[]; nextCursor: string | null } {
  const shown = toPage(rows, page, show);
  return { ...shown, nextCursor: shown.nextCursor ?? (next === null ? null : writeCursor(next)) };
}

/** The same for a list without a sequence. */
export function toTimePage<Row, Shown>(
  rows: readonly Row[],
  page: TimePage,
  positionOf: (row: Row) => Position,
  show: (row: Row) => Shown,
): { data: Shown[]; nextCursor: string | null } {
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  return {
    data: shown.map(show),
    nextCursor: rows.length > page.limit && last !== undefined ? writeTimeCursor(positionOf(last)) : null,
  };
}

/** A page of a search in a list without a sequence. */
export function toTimeSearchPage<Row, Shown>(
  { rows, next }: { readonly rows: readonly Row[]; readonly next: Position | null },
  page: TimePage,
  positionOf: (row: Row) => Position,
  show: (row: Row) => Shown,
): { data: Shown[]; nextCursor: string | null } {
  const shown = toTimePage(rows, page, positionOf, show);
  return { ...shown, nextCursor: shown.nextCursor ?? (next === null ? null : writeTimeCursor(next)) };
}

/** Opaque to the caller, so that what we sort by stays ours: base64url of `s` and the row's ingest sequence. */
export function writeCursor(seq: number): string {
  return encode(`s${seq}`);
}

/** The sequence in a cursor, or null when it isn't one of ours. */
export function readCursor(cursor: string): number | null {
  const seq = /^s(\d{1,15})$/.exec(decode(cursor))?.[1];
  return seq === undefined ? null : Number(seq);
}

function writeTimeCursor({ at, id }: Position): string {
  return encode(`t${at}.${id}`);
}

function readTimeCursor(cursor: string): Position | null {
  const [, at, id] = /^t(\d{1,15})\.(.+)$/.exec(decode(cursor)) ?? [];
  return at === undefined || id === undefined ? null : { at: Number(at), id };
}

function read<Before>(
  query: PageQuery,
  readBefore: (cursor: string) => Before | null,
): Paged<{ readonly limit: number; readonly before: Before | null }> {
  if (query.cursor === undefined) return { ok: true, page: { limit: query.limit, before: null } };
  const before = readBefore(query.cursor);
  if (before === null) return { ok: false, detail: "Take the cursor from `nextCursor` of the page before, unchanged." };
  return { ok: true, page: { limit: query.limit, before } };
}

function encode(text: string): string {
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** The empty text for what isn't base64. */
function decode(cursor: string): string {
  try {
    return atob(cursor.replaceAll("-", "+").replaceAll("_", "/"));
  } catch {
    return "";
  }
}
