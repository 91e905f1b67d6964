import type { Enroll } from "../../../../core/contract/enrollment.ts";
import type { Target } from "./columns.ts";
import { countryCode } from "./country-code.ts";

/** What is sent for one row: what stands in it, and nothing else. */
export type LeadToSend = Partial<Enroll> & Pick<Enroll, "leadExternalId">;

/** One row of a file as a lead; `faults` say what is wrong with it, and it is sent only without any. */
export interface ReadRow {
  /** As a person counts the file's rows: the header is 1. */
  readonly line: number;
  readonly cells: readonly string[];
  readonly lead: LeadToSend;
  readonly faults: readonly string[];
}

/** How the cells of a file are to be read. */
export interface Reading {
  readonly headers: readonly string[];
  readonly targets: readonly Target[];
}

const ID_MAX = 255;
const CONTEXT_BYTES_MAX = 16 * 1024;

/** Reads all rows: what would be refused is marked before anything is sent, and so is whoever stands in the file twice. */
export function readRows(
  rows: readonly (readonly string[])[],
  reading: Reading,
  firstLine: number,
): readonly ReadRow[] {
  const seen = new Map<string, number>();
  const keys = contextKeys(reading);
  return rows.map((cells, index) => {
    const line = firstLine + index;
    const { lead, faults } = readCells(cells, reading, keys);
    const before = lead.leadExternalId === "" ? undefined : seen.get(lead.leadExternalId);
    if (before === undefined) seen.set(lead.leadExternalId, line);
    const twice = before === undefined ? [] : [`The same id as in row ${before}.`];
    return { line, cells, lead, faults: [...faults, ...twice] };
  });
}

function readCells(
  cells: readonly string[],
  { headers, targets }: Reading,
  keys: readonly string[],
): { readonly lead: LeadToSend; readonly faults: readonly string[] } {
  const faults: string[] = [];
  if (cells.slice(headers.length).some((extra) => extra.trim() !== ""))
    faults.push(`It has ${cells.length} columns and the header ${headers.length}.`);
  const cell = (target: Target) => {
    const at = targets.indexOf(target);
    return at < 0 ? "" : (cells[at] ?? "").trim();
  };
  const email = cell("leadEmail");
  if (email !== "" && !isAddress(email)) faults.push(`"${email}" is no e-mail address.`);
  const name = cell("leadName") || [cell("firstName"), cell("lastName")].filter(Boolean).join(" ");
  const timeZone = cell("leadTimeZone");
  if (timeZone !== "" && !isTimeZone(timeZone)) faults.push(`"${timeZone}" is no time zone such as Europe/Zurich.`);
  const country = cell("leadCountry");
  const code = country === "" ? null : countryCode(country);
  if (country !== "" && code === null) faults.push(`"${country}" is no country that is known here.`);
  const linkedin = cell("leadLinkedinUrl");
  const startAt = cell("startAt");
  const start = startAt === "" ? null : readTime(startAt);
  if (startAt !== "" && start === null) faults.push(`"${startAt}" is no time such as 2026-11-20T10:00:00Z.`);
  // An address is the same in any case, so the id made of it is too.
  const id = cell("leadExternalId") || email.toLowerCase();
  if (id === "") faults.push("It needs an id or an e-mail address.");
  if (id.length > ID_MAX) faults.push(`Its id is longer than ${ID_MAX} characters.`);
  if (name.length > ID_MAX) faults.push(`The name is longer than ${ID_MAX} characters.`);
  for (const text of [id, name])
    if (/\p{Cc}/u.test(text)) faults.push("A line break or control character stands in its id or name.");
  const context = contextOf(cells, targets, keys);
  const bytes = new TextEncoder().encode(JSON.stringify(context)).length;
  if (bytes > CONTEXT_BYTES_MAX) faults.push(`Its context is ${bytes} bytes; at most 16 KiB fit.`);
  return {
    faults,
    lead: {
      leadExternalId: id,
      ...(email === "" ? {} : { leadEmail: email }),
      ...(name === "" ? {} : { leadName: name }),
      ...(timeZone === "" ? {} : { leadTimeZone: timeZone }),
      ...(code === null ? {} : { leadCountry: code }),
      ...(linkedin === "" ? {} : { leadLinkedinUrl: asHttps(linkedin) }),
      ...(cell("leadProfileUrn") === "" ? {} : { leadProfileUrn: cell("leadProfileUrn") }),
      ...(start === null ? {} : { startAt: start }),
      ...(Object.keys(context).length === 0 ? {} : { context }),
    },
  };
}

/** The name of each column's value in the context; a name that stands there twice gets a number. */
function contextKeys({ headers, targets }: Reading): readonly string[] {
  const used = new Set<string>();
  return headers.map((header, index) => {
    if (targets[index] !== "context") return "";
    const base = header.trim() === "" ? `column ${index + 1}` : header.trim();
    let key = base;
    for (let count = 2; used.has(key); count += 1) key = `${base} ${count}`;
    used.add(key);
    return key;
  });
}

function contextOf(
  cells: readonly string[],
  targets: readonly Target[],
  keys: readonly string[],
): Record<string, string> {
  return Object.fromEntries(
    cells.flatMap((cell, index) =>
      targets[index] === "context" && cell.trim() !== "" ? [[keys[index] ?? "", cell.trim()]] : [],
    ),
  );
}

/** As the engine has it (core/mail/header-safety.ts), in short: what passes here and is refused there is told with the row. */
function isAddress(text: string): boolean {
  return (
    /^[^\s<>()[\]\\,;:"@\p{Cc}]+@[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}.-]*$/u.test(text) &&
    !/\.\.|[.]$/.test(text.split("@")[1] ?? "")
  );
}

const zones = new Map<string, boolean>();

function isTimeZone(text: string): boolean {
  const known = zones.get(text);
  if (known !== undefined) return known;
  let isKnown = /^(?:[A-Za-z_]+\/[\w+/-]+|UTC)$/.test(text);
  try {
    new Intl.DateTimeFormat("en", { timeZone: text });
  } catch {
    isKnown = false;
  }
  zones.set(text, isKnown);
  return isKnown;
}

function asHttps(text: string): string {
  return /^https:\/\//i.test(text) ? text : `https://${text.replace(/^http:\/\//i, "")}`;
}

function readTime(text: string): string | null {
  if (!/^\d{4}-\d\d-\d\d/.test(text)) return null;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}
