/** How templates and models leave a gap: `{{firstName}}`, `{name}`, `[Your Name]`, `<company>`, `%FIRST_NAME%`. */
const GAPS = [
  /\{\{[^{}]{1,60}\}\}/,
  /\{[a-z][a-z0-9_. ]{0,40}\}/i,
  /\[(?:insert|your|first|last|full|lead|recipient|company|sender|job)\b[^\][]{0,40}\]/i,
  /\[(?:name|title|company|date)\]/i,
  /<(?:name|first[ _]?name|company|your[ _]name)>/i,
  /%[A-Z][A-Z0-9_]{1,40}%/,
];

/** The first gap that was left in words, or null. It may be meant: this warns, it refuses nothing. */
export function leftoverPlaceholder(text: string): string | null {
  return GAPS.flatMap((gap) => gap.exec(text)?.[0] ?? [])[0] ?? null;
}
