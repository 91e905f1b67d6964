/**
 * The mail addresses in a text, in their order, without repetition, as written. It walks out from each `@`, so it is
 * linear whatever the input. Quoted local parts and address literals are not read.
 */
export function addressesIn(text: string): string[] {
  const found = new Map<string, string>();
  for (let at = text.indexOf("@"); at !== -1; at = text.indexOf("@", at + 1)) {
    const address = addressAround(text, at);
    if (address !== null && !found.has(address.toLowerCase())) found.set(address.toLowerCase(), address);
    if (found.size >= ADDRESSES_MAX) break;
  }
  return [...found.values()];
}

const ADDRESSES_MAX = 200;
const LOCAL_PART_MAX = 128;
const DOMAIN_MAX = 253;

function addressAround(text: string, at: number): string | null {
  let start = at;
  while (start > 0 && at - start < LOCAL_PART_MAX && LOCAL_CHARACTER.test(text[start - 1] ?? "")) start--;
  let end = at + 1;
  while (end < text.length && end - at < DOMAIN_MAX && DOMAIN_CHARACTER.test(text[end] ?? "")) end++;
  const local = text.slice(start, at).replace(/^[^\p{L}\p{N}_+/-]+/u, "");
  const domain = text.slice(at + 1, end).replace(/[.-]+$/, "");
  if (local === "" || !domain.includes(".") || domain.startsWith(".")) return null;
  return `${local}@${domain}`;
}

const LOCAL_CHARACTER = /[\p{L}\p{N}.!#$%&'*+/=?^_{|}~-]/u;
const DOMAIN_CHARACTER = /[\p{L}\p{N}._-]/u;
