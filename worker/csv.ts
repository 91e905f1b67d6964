/** A text that begins with one of these would be a formula to a spreadsheet; a tab or return before it changes nothing. */
const FORMULA = /^[\t\r]*[=+\-@]/;

/** One line of CSV (RFC 4180), its end included. What a spreadsheet would take for a formula gets an apostrophe before it. */
export function csvLine(cells: readonly (string | null)[]): string {
  return `${cells.map((cell) => quoted(cell ?? "")).join(",")}\r\n`;
}

/** Texts as a response's body, each made when the reader has room for it. */
export function streamOf(texts: AsyncGenerator<string, void>): ReadableStream<Uint8Array> {
  return new ReadableStream<string>({
    pull: async (controller) => {
      const { done, value } = await texts.next();
      if (done === true) controller.close();
      else controller.enqueue(value);
    },
    cancel: async () => {
      await texts.return();
    },
  }).pipeThrough(new TextEncoderStream());
}

function quoted(cell: string): string {
  const safe = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
