import { isDeviceLine } from "./device-line.ts";
import { disclaimerAt } from "./disclaimer.ts";

/**
 * Where the signature starts in the lines that a person wrote in one piece, `lines.length` where there is none: at `-- `, at
 * a drawn rule with a few short lines under it, at a closing line "-Ann", at the line that a device adds, at a disclaimer or
 * the footer of a list. Names under a greeting ("Best, Ann") are the person's words and stay. `isFirst`: nothing of the
 * person's stands above, so that a rule at the very top is an ornament, and so are those after it.
 */
export function signatureStart(lines: readonly string[], { isFirst }: { readonly isFirst: boolean }): number {
  const tail = tailStart(lines);
  const drawn = isFirst && RULE.test((lines[0] ?? "").slice(0, 200).trim()) ? lines.length : ruleAt(lines, tail);
  const start = Math.min(dashesAt(lines, tail), drawn, deviceLineAt(lines), disclaimerAt(lines));
  return Math.min(start, dashedNameAt(lines, start));
}

const RULE = /^(?:[-_=–—─]{3,}|[~*+#]{4,})$/;

/** A longer tail than this is no signature (but `-- ` with its space is always one: RFC 3676 section 4.3). */
const SIGNATURE_LINES_MAX = 14;
const SIGNATURE_LINE_CHARACTERS_MAX = 120;
const DEVICE_LINES_MAX = 100;

function dashesAt(lines: readonly string[], tail: number): number {
  const exact = lines.indexOf("-- ");
  if (exact !== -1) return exact;
  for (let index = tail; index < lines.length; index++) {
    if (/^\s{0,3}(?:--|__|–|—|\*--\*|- -)\s{0,3}$/.test((lines[index] ?? "").slice(0, 12))) return index;
  }
  return lines.length;
}

function ruleAt(lines: readonly string[], tail: number): number {
  for (let index = tail; index < lines.length; index++) {
    const line = lines[index] ?? "";
    if (line.length > SIGNATURE_LINE_CHARACTERS_MAX || !RULE.test(line.trim())) continue;
    const below = lines.slice(index + 1).filter((text) => text.trim() !== "");
    const isShort = below.every((text) => text.length <= SIGNATURE_LINE_CHARACTERS_MAX);
    // A rule may also part two paragraphs of a letter: the first line under it must look like a name, not a sentence.
    if (isShort && (below.length === 0 || !/[.!?,:;]\s*$|:\s/.test(below[0] ?? ""))) return index;
  }
  return lines.length;
}

/** "-Ann" or "— Ann Berg" as the last words, unless it closes a list of such lines. */
function dashedNameAt(lines: readonly string[], end: number): number {
  let last = end - 1;
  while (last > 0 && (lines[last] ?? "").trim() === "") last--;
  const line = (lines[last] ?? "").slice(0, 60);
  if (last < 1 || !/^(?:[-–—~]{1,2}|[–—]\s)\p{Lu}[\p{L}'’.-]{0,20}(?:\s\p{L}[\p{L}'’.-]{0,20}){0,2}\s*$/u.test(line))
    return end;
  const before = lines[last - 1] ?? "";
  return /^\s*[-–—~*•]/.test(before) ? end : last;
}

function deviceLineAt(lines: readonly string[]): number {
  let first = lines.length;
  let strangers = 0;
  for (let index = lines.length - 1; index >= Math.max(0, lines.length - DEVICE_LINES_MAX); index--) {
    const line = lines[index] ?? "";
    if (line === "" || line.trim() === "") continue;
    if (isDeviceLine(line)) {
      first = index;
      strangers = 0;
      continue;
    }
    // Below the device's line there may stand a name or a link, above it only the person's words.
    strangers++;
    if (strangers > (first === lines.length ? 3 : 1) || line.length > 60 || /[.!?,;)]\s*$/.test(line)) break;
  }
  return first;
}

/** Where the last lines begin that can be a signature. Only the end of a text has one, so only the end is looked at. */
function tailStart(lines: readonly string[]): number {
  let seen = 0;
  for (let index = lines.length - 1; index >= 0; index--) {
    const line = lines[index] ?? "";
    if (line === "" || line.trim() === "") continue;
    seen++;
    if (seen > SIGNATURE_LINES_MAX) return index + 1;
  }
  return 0;
}
