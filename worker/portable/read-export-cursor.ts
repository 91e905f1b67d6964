import { EXPORT_START, ExportCursor } from "./export-lines.ts";

/** The cursor that a page ended with; the beginning where none is given; null when it isn't one of ours. */
export function readExportCursor(text: string | undefined): ExportCursor | null {
  if (text === undefined) return EXPORT_START;
  try {
    return ExportCursor.parse(JSON.parse(atob(text.replaceAll("-", "+").replaceAll("_", "/"))));
  } catch {
    return null;
  }
}
