import Papa from "papaparse";

/** A file of rows, as it was read. */
export interface Table {
  readonly rows: readonly (readonly string[])[];
  readonly delimiter: string;
  readonly encoding: Encoding;
  /** Where a quote was not closed or stands wrong: the first few, as sentences. */
  readonly complaints: readonly string[];
}

/** How the file's bytes are letters. */
export type Encoding = "UTF-8" | "UTF-16" | "Windows-1252";

/** So many rows are taken from one file; the browser holds them all. */
export const ROWS_MAX = 100_000;
/** Larger files are refused before they are read. */
export const FILE_BYTES_MAX = 50 * 1024 * 1024;

const CHUNK_CHARACTERS = 256 * 1024;
const COMPLAINTS_MAX = 5;

/**
 * Reads a table whatever its delimiter is, piece by piece so that the page stays alive meanwhile (a worker would need `blob:` in the
 * content security policy). Throws an Error with a sentence for the person where it is no table.
 */
export async function readTable(bytes: Uint8Array): Promise<Table> {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b)
    throw new Error("That is an Excel workbook or an archive. Save it as CSV, then choose it again.");
  const { text, encoding } = decode(bytes);
  const { named, rest } = namedDelimiter(text);
  const rows: string[][] = [];
  const complaints: string[] = [];
  const delimiter = await new Promise<string>((resolve) => {
    let found = named ?? ",";
    Papa.parse<string[]>(rest, {
      ...(named === null ? {} : { delimiter: named }),
      skipEmptyLines: "greedy",
      chunkSize: CHUNK_CHARACTERS,
      chunk: ({ data, errors, meta }: Papa.ParseResult<string[]>, parser: Papa.Parser) => {
        found = meta.delimiter;
        for (const row of data) rows.push(row);
        for (const { type, message, row } of errors)
          if (type === "Quotes" && complaints.length < COMPLAINTS_MAX)
            complaints.push(`${message}${row === undefined ? "" : `, near row ${row + 1}`}.`);
        if (rows.length > ROWS_MAX + 1) {
          parser.abort();
          return resolve(found);
        }
        parser.pause();
        setTimeout(() => parser.resume(), 0);
      },
      complete: () => resolve(found),
    });
  });
  if (rows.length === 0) throw new Error("There is nothing in this file.");
  if (rows.length > ROWS_MAX + 1)
    throw new Error(`The file has more than ${ROWS_MAX.toLocaleString("en")} rows. Cut it into several.`);
  return { rows, delimiter, encoding, complaints };
}

/** Bytes as text: by their mark where they have one, as UTF-8 where they are, else as Windows-1252, in which all bytes are letters. */
export function decode(bytes: Uint8Array): { readonly text: string; readonly encoding: Encoding } {
  if (bytes[0] === 0xff && bytes[1] === 0xfe)
    return { text: new TextDecoder("utf-16le").decode(bytes), encoding: "UTF-16" };
  if (bytes[0] === 0xfe && bytes[1] === 0xff)
    return { text: new TextDecoder("utf-16be").decode(bytes), encoding: "UTF-16" };
  try {
    return { text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes), encoding: "UTF-8" };
  } catch {
    return { text: new TextDecoder("windows-1252").decode(bytes), encoding: "Windows-1252" };
  }
}

/** Excel may say in a line of its own which delimiter it has used: `sep=;`. */
function namedDelimiter(text: string): { readonly named: string | null; readonly rest: string } {
  const line = /^"?sep=([^"\r\n])"?\r?\n/i.exec(text);
  return line?.[1] === undefined ? { named: null, rest: text } : { named: line[1], rest: text.slice(line[0].length) };
}

/** A delimiter as a word. */
export function delimiterWords(delimiter: string): string {
  switch (delimiter) {
    case ",":
      return "commas";
    case ";":
      return "semicolons";
    case "\t":
      return "tabs";
    default:
      return `"${delimiter}"`;
  }
}

/** The rows that failed as a file that can be mended and chosen again: the original columns, and why. */
export function errorsFile(
  headers: readonly string[],
  rows: readonly { readonly cells: readonly string[]; readonly error: string }[],
  delimiter: string,
): string {
  const data = rows.map(({ cells, error }) => [...headers.map((_, index) => cells[index] ?? ""), error]);
  // With its mark, since Excel takes a file without one for Windows-1252.
  return `\uFEFF${Papa.unparse([[...headers, "error"], ...data], { delimiter, newline: "\r\n" })}`;
}
