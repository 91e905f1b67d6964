/** A list's query as the repositories take it. Rows come newest first: those with a `seq` under `before`; null is the first page. */
export interface Page {
  readonly limit: number;
  readonly before: number | null;
}

/** Reads `limit` and `cursor` of a parsed query. */
export function readPage(query: { readonly limit: number; readonly cursor?: string | undefined }):
  | { readonly ok: true; readonly page: Page }
  | { readonly ok: false; readonly detail: string } {
  if (query.cursor === undefined) return { ok: true, page: { limit: query.limit, before: null } };
  const before = readCursor(query.cursor);
  if (before === null) return { ok: false, detail: "Take the cursor from `nextCursor` of the page before, unchanged." };
  return { ok: true, page: { limit: query.limit, before } };
}

/** A page of what the repository found. It must have been asked for `page.limit + 1` rows, so that the last page is known as such. */
export function toPage<Row extends { readonly seq: number }, Shown>(
  rows: readonly Row[],
  page: Page,
  show: (row: Row) => Shown,
): { data: Shown[]; nextCursor: string | null } {
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  return { data: shown.map(show), nextCursor: rows.length > page.limit && last !== undefined ? writeCursor(last.seq) : null };
}

/** Opaque to the caller, so that what we sort by stays ours: base64url of `s` and the row's ingest sequence. */
export function writeCursor(seq: number): string {
  return btoa(`s${seq}`).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** The sequence in a cursor, or null when it isn't one of ours. */
export function readCursor(cursor: string): number | null {
  try {
    const match = /^s(\d{1,15})$/.exec(atob(cursor.replaceAll("-", "+").replaceAll("_", "/")));
    return match === null ? null : Number(match[1]);
  } catch {
    return null;
  }
}
