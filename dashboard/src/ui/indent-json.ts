const STEP = "  ";

/**
 * A JSON text with a line for each entry, every token as it was written: parsing it and writing it anew would round long numbers,
 * lose keys that come twice and move others. What is no JSON is answered as it is.
 */
export function indentJson(text: string): string {
  if (!isJson(text)) return text;
  const tokens = text.match(TOKEN) ?? [];
  let shown = "";
  let depth = 0;
  for (const [index, token] of tokens.entries()) {
    if (token === "{" || token === "[") {
      const isEmpty = tokens[index + 1] === CLOSES[token];
      shown += token + (isEmpty ? "" : lineAt(++depth));
    } else if (token === "}" || token === "]") {
      const isEmpty = CLOSES[tokens[index - 1] ?? ""] === token;
      shown += (isEmpty ? "" : lineAt(--depth)) + token;
    } else if (token === ",") shown += token + lineAt(depth);
    else if (token === ":") shown += ": ";
    else shown += token;
  }
  return shown;
}

/** A string, a mark, or a number or word. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[[\]{}:,]|[^\s[\]{}:,"]+/g;
const CLOSES: Readonly<Record<string, string>> = { "{": "}", "[": "]" };

function lineAt(depth: number): string {
  return `\n${STEP.repeat(depth)}`;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
