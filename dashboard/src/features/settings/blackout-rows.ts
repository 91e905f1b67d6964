import type { BlackoutDates } from "../../../../core/contract/sending-times.ts";

/** One row of the form: days as `YYYY-MM-DD`; empty is left out. */
export interface RowOfDays {
  readonly from: string;
  readonly to: string;
  readonly note: string;
}

/** The days as the form shows them. */
export function toRows(dates: BlackoutDates): readonly RowOfDays[] {
  return dates.map(({ from, to = "", note = "" }) => ({ from, to, note }));
}

/** The form's rows as the API takes them. */
export function fromRows(rows: readonly RowOfDays[]): BlackoutDates {
  return rows.map(({ from, to, note }) => ({
    from,
    ...(to === "" ? {} : { to }),
    ...(note.trim() === "" ? {} : { note: note.trim() }),
  }));
}
