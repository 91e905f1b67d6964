/**
 * The words of a signed mail without the armour around them (RFC 9580 section 7): its header above, the signature below,
 * and the "- " before lines that begin with a dash. Any other text comes back as it is.
 */
export function withoutPgpArmour(text: string): string {
  const begin = text.indexOf(SIGNED);
  if (begin === -1 || text.slice(0, begin).trim() !== "") return text;
  const body = text
    .slice(begin + SIGNED.length)
    .replace(/^[^\S\n]*\r?\n(?:[A-Za-z]{1,30}: [^\n]{0,200}\n){0,8}[^\S\n]*\r?\n?/, "");
  const end = body.indexOf(SIGNATURE);
  if (end === -1) return text;
  const after = body.indexOf(SIGNATURE_END, end);
  const below = after === -1 ? "" : body.slice(after + SIGNATURE_END.length);
  return (body.slice(0, end) + below).replace(/^- (?=-)/gm, "");
}

const SIGNED = "-----BEGIN PGP SIGNED MESSAGE-----";
const SIGNATURE = "-----BEGIN PGP SIGNATURE-----";
const SIGNATURE_END = "-----END PGP SIGNATURE-----";
