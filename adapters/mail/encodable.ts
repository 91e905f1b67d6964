/** A body as text that has UTF-8: half of a surrogate pair becomes the replacement character, as every encoder would do. */
export function encodable(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\uFFFD");
}
