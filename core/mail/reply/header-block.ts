import { fieldLabel, type HeaderField, headerFieldNamed, headerFieldOf } from "./header-field.ts";

/**
 * Whether the block "From: … Sent: … To: … Subject: …" that Outlook and others put above a quoted mail starts here: with
 * its first field or with the rule drawn above it. Looks at twelve lines. Folded values and empty lines in between are
 * allowed, and so are bold names (`*From:*`).
 */
export function isHeaderBlockAt(bares: readonly string[], index: number): boolean {
  const bare = bares[index] ?? "";
  if (isRule(bare)) return [1, 2].some((step) => isBlockUnderRule(bares, index, step));
  const first = headerFieldOf(bare);
  if (first === null || first === "cc" || first === "other") return false;
  if (bare.length > 60 && isBlockInOneLine(bare)) return true;
  return isBlock(bares, index, first);
}

/** A cheap look, so that the costly one is taken only where it can succeed. */
export function mayBeHeaderBlock(bare: string): boolean {
  const colon = bare.indexOf(":");
  if ((colon >= 1 && colon < 40) || bare.slice(0, 40).includes("：")) return true;
  return isRule(bare);
}

/** A drawn line: five or more dashes, underscores or their like and nothing else. */
export function isRule(bare: string): boolean {
  return bare.length >= 5 && bare.length <= 200 && /^[-_=*–—‐─━]{5,}$/.test(bare);
}

/**
 * Whether lines that look like "Label: value" begin here, in whatever language. Only together with another sign (a rule, a
 * client's container) is that a header block.
 */
export function isLabelledBlockAt(bares: readonly string[], index: number): boolean {
  let labelled = 0;
  let hasAddressOrDate = false;
  for (let next = index; next < index + LABELLED_REACH; next++) {
    const bare = bares[next];
    if (bare === undefined) break;
    if (bare === "") continue;
    if (!LABEL.test(bare.slice(0, 48)) && fieldLabel(bare) === null) break;
    labelled++;
    if (/@|\d{4}|\d[:.]\d\d/.test(bare.slice(0, 200))) hasAddressOrDate = true;
  }
  return labelled >= 3 && hasAddressOrDate;
}

const BLOCK_REACH = 12;
const LABELLED_REACH = 8;
const CONTINUATIONS_MAX = 3;
const LABEL = /^[*_]{0,2}\p{L}[\p{L}\p{M} .'’-]{0,25}[*_]{0,2}\s?[:：]/u;

function isBlock(bares: readonly string[], index: number, first: HeaderField): boolean {
  const seen = new Map<HeaderField, string>([[first, bares[index] ?? ""]]);
  let continuations = 0;
  let blanks = 0;
  for (let next = index + 1; next < index + BLOCK_REACH; next++) {
    const bare = bares[next];
    if (bare === undefined) break;
    if (bare === "") {
      blanks++;
      if (blanks > 1) break;
      continue;
    }
    const field = headerFieldOf(bare);
    if (field === null) {
      // After an empty line a line without a name is the mail itself.
      continuations++;
      if (continuations > CONTINUATIONS_MAX || blanks > 0) break;
      continue;
    }
    if (field === first) break;
    blanks = 0;
    continuations = 0;
    seen.set(field, bare);
  }
  return isConvincing(seen);
}

function isConvincing(seen: ReadonlyMap<HeaderField, string>): boolean {
  const from = seen.get("from");
  if (from === undefined) return false;
  if (seen.size >= 3 && (seen.has("subject") || seen.has("to")) && (seen.has("date") || seen.size >= 4)) return true;
  // Two fields are enough when they hold what only such a block holds.
  const hasAddress = from.includes("@");
  if (seen.has("to") && seen.has("subject") && hasAddress) return true;
  return hasAddress && seen.size >= 2 && /(?:19|20)\d\d|\d[:.]\d\d/.test(seen.get("date") ?? "");
}

function isBlockUnderRule(bares: readonly string[], index: number, step: number): boolean {
  const start = index + step;
  const between = bares.slice(index + 1, start);
  const next = bares[start] ?? "";
  if (!between.every((bare) => bare === "") || next === "" || isRule(next)) return false;
  return isHeaderBlockAt(bares, start) || (isLabelledBlockAt(bares, start) && hasAddressNear(bares, start));
}

function hasAddressNear(bares: readonly string[], start: number): boolean {
  return bares.slice(start, start + 4).some((bare) => bare.slice(0, 200).includes("@"));
}

/** "From: Ann [mailto:a@b.example] Sent: Monday … To: Sam Subject: Hi", as where all line breaks were lost. */
function isBlockInOneLine(bare: string): boolean {
  const seen = new Set<HeaderField>();
  for (const match of bare.slice(0, 600).matchAll(/(?:^|[\s*>\])])(\p{L}{1,12})\s?[:：]/gu)) {
    const field = headerFieldNamed((match[1] ?? "").toLowerCase());
    if (field !== null) seen.add(field);
  }
  return seen.has("from") && seen.has("subject") && seen.size >= 3;
}
