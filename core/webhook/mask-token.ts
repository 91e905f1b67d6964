import { ESCAPED, type Reading, readings, sourceAt } from "./spelling.ts";

/** What stands in the place of a completion token wherever a log is read. */
export const MASKED = "[masked]";

const IN_URL = new RegExp(`(completion(?:\\?|${ESCAPED})token(?:=|${ESCAPED}))[a-z0-9._~%-]+`, "gi");
/** `<tenant id>.<MAC>`, from the eighth character of the MAC on. */
const ANY_TOKEN = new RegExp(`ten(?:_|${ESCAPED})[a-z2-7]{16}(?:\\.|${ESCAPED})[0-9a-f]{8,40}`, "gi");

/** As much of a secret as is surely no accident; the rest of one that was cut off is masked from here. */
const TELLING_CHARACTERS = 12;

/**
 * `text` without completion tokens: whoever reads a log must not be able to answer in the endpoint's name. A `known`
 * token (or other secret, of printable ASCII) is masked in every spelling, also without what stands before its last dot;
 * any other of ours where it is written as one. Sizes and hashes of the log are over the text as it was.
 */
export function maskCompletionTokens(text: string, known: readonly string[] = []): string {
  return withoutSecrets(text, known).replaceAll(ANY_TOKEN, MASKED).replaceAll(IN_URL, `$1${MASKED}`);
}

/** The tokens that stand in a request of ours, for `known`. */
export function tokensIn(requestBody: string): readonly string[] {
  return [...requestBody.matchAll(/completion\?token=([A-Za-z0-9._~-]+)/g)].map(([, token = ""]) => token);
}

/** Where a secret stands in the text: from here up to, not including, there. */
type Span = readonly [from: number, to: number];

function withoutSecrets(text: string, secrets: readonly string[]): string {
  if (secrets.length === 0) return text;
  const spans = readings(text).flatMap((reading) =>
    secrets.flatMap((secret) => spansOf(secret.toLowerCase(), reading)),
  );
  let masked = "";
  let shown = 0;
  for (const [from, to] of spans.sort(([left], [right]) => left - right)) {
    // Found in two readings, or by two secrets: what begins inside the one before is a part of it.
    if (from >= shown) masked += text.slice(shown, from) + MASKED;
    shown = Math.max(shown, to);
  }
  return masked + text.slice(shown);
}

function spansOf(secret: string, reading: Reading): Span[] {
  const { plain } = reading;
  const tail = secret.slice(secret.lastIndexOf(".") + 1);
  const before = secret.slice(0, secret.length - tail.length);
  const telling = tail.slice(0, TELLING_CHARACTERS);
  if (telling.length < TELLING_CHARACTERS) return [];
  const spans: Span[] = [];
  for (let at = plain.indexOf(telling); at >= 0; at = plain.indexOf(telling, at + 1)) {
    let length = telling.length;
    while (length < tail.length && plain[at + length] === tail[length]) length += 1;
    const from = plain.endsWith(before, at) ? at - before.length : at;
    spans.push([sourceAt(reading, from), sourceAt(reading, at + length)]);
  }
  return spans;
}
