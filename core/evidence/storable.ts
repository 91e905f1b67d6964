const UNSTORABLE = /\0|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** `text` as a column of D1 gives it back: NUL and lone surrogates, which would not survive there, are U+FFFD. */
export function storable(text: string): string {
  return text.replaceAll(UNSTORABLE, "\ufffd");
}
