import { canonicalField } from "./canonical.ts";
import type { HeaderField } from "./message.ts";
import type { DkimSignature } from "./signature.ts";

/**
 * What was signed (RFC 6376 section 3.7), one character for each byte: the named fields, of several with one name the
 * lowest first, then the signature's own field without its b=. A name that no field is left for stands for nothing,
 * so that a field which is added later breaks the signature.
 */
export function signedHeader(fields: readonly HeaderField[], signature: DkimSignature): string {
  const left = new Map<string, string[]>(signature.signedNames.map((name) => [name, []]));
  for (const field of fields) if (field !== signature.field) left.get(field.name)?.push(field.text);
  const lines: string[] = [];
  for (const name of signature.signedNames) {
    const text = left.get(name)?.pop();
    if (text !== undefined) lines.push(`${canonicalField(text, signature.headerForm)}\r\n`);
  }
  lines.push(canonicalField(withoutSignature(signature.field.text), signature.headerForm));
  return lines.join("");
}

/** The field with nothing between the `=` of its b= and the `;` behind it, not even white space. */
function withoutSignature(text: string): string {
  const start = text.indexOf(":") + 1;
  const pieces = text.slice(start).split(";");
  const emptied = pieces.map((piece) => (/^\s*b\s*=/.test(piece) ? piece.slice(0, piece.indexOf("=") + 1) : piece));
  return text.slice(0, start) + emptied.join(";");
}
