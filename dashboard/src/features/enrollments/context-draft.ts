/** A lead's context while somebody types it: as rows, or as JSON for what is no plain text. */
export type ContextDraft =
  | { readonly kind: "rows"; readonly rows: readonly ContextRow[] }
  | { readonly kind: "json"; readonly text: string };

/** One of the rows; `id` only tells them apart on the screen. */
export interface ContextRow {
  readonly id: string;
  readonly key: string;
  readonly value: string;
}

/** What was typed as a context, or what is wrong with it. */
export type ReadContext =
  | { readonly ok: true; readonly context: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly fault: string };

/** A row with nothing in it yet. */
export function emptyRow(): ContextRow {
  return { id: crypto.randomUUID(), key: "", value: "" };
}

/** A context as rows where it holds only texts, else as JSON. */
export function draftOf(context: Readonly<Record<string, unknown>>): ContextDraft {
  const entries = Object.entries(context);
  const rows = entries.flatMap(([key, value]) => (typeof value === "string" ? [{ ...emptyRow(), key, value }] : []));
  if (rows.length < entries.length) return { kind: "json", text: JSON.stringify(context, null, 2) };
  return { kind: "rows", rows: rows.length === 0 ? [emptyRow()] : rows };
}

/** Reads what was typed. Rows without a key and a value are left out. */
export function readContext(draft: ContextDraft): ReadContext {
  if (draft.kind === "json") return readJson(draft.text);
  const rows = draft.rows.filter(({ key, value }) => key.trim() !== "" || value !== "");
  const keys = rows.map(({ key }) => key.trim());
  if (keys.includes("")) return { ok: false, fault: "Each value needs a name." };
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice !== undefined) return { ok: false, fault: `"${twice}" stands there twice.` };
  return { ok: true, context: Object.fromEntries(rows.map(({ key, value }) => [key.trim(), value])) };
}

function readJson(text: string): ReadContext {
  if (text.trim() === "") return { ok: true, context: {} };
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value))
      return { ok: true, context: { ...value } };
    return { ok: false, fault: 'It must be a JSON object, such as {"company": "Acme"}.' };
  } catch (error) {
    return { ok: false, fault: `That is not JSON: ${error instanceof Error ? error.message : "it can't be read"}` };
  }
}
