/**
 * How a text may be spelled in what SQLite's `lower` made of a column: that lowers A to Z alone, so of other letters each case
 * is looked for as people write it.
 */
export function spellings(text: string): readonly string[] {
  const lower = text.toLowerCase();
  const titled = lower.charAt(0).toUpperCase() + lower.slice(1);
  return [...new Set([lower, text, text.toUpperCase(), titled].map(lowerAscii))];
}

function lowerAscii(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
