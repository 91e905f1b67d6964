/** A part of a list by ingest sequence, newest first: rows with a `seq` under `before`; null is the first page. */
export interface Page {
  readonly limit: number;
  readonly before: number | null;
}

/** A part of a list that has no sequence, newest first: by time (ms) and, within one millisecond, by id. */
export interface TimePage {
  readonly limit: number;
  readonly before: Position | null;
}

export interface Position {
  readonly at: number;
  readonly id: string;
}
