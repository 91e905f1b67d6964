import type { Lead, Words } from "./enrollment.ts";

const PLACEHOLDER = /\{\{\s*([A-Za-z][A-Za-z0-9_.]{0,63})\s*\}\}/g;

/**
 * Puts the lead's fields into static text: `{{leadName}}`, `{{firstName}}`, `{{leadEmail}}`, `{{leadExternalId}}`,
 * `{{context.key}}`. Names without a value stay in the text and are listed, so that nobody gets "Dear {{firstName}}".
 */
export function renderStatic(words: Words, lead: Lead): { readonly words: Words; readonly missing: readonly string[] } {
  const missing = new Set<string>();
  const fill = (text: string) =>
    text.replace(PLACEHOLDER, (whole, name: string) => {
      const value = fieldOf(name, lead);
      if (value === null) missing.add(name);
      return value ?? whole;
    });
  const subject = words.subject === null ? null : oneLine(fill(words.subject));
  return { words: { ...words, subject, text: fill(words.text) }, missing: [...missing] };
}

function fieldOf(name: string, lead: Lead): string | null {
  switch (name) {
    case "leadName":
      return lead.name;
    case "firstName":
      return lead.name?.trim().split(/\s+/)[0] || null;
    case "leadEmail":
      return lead.email;
    case "leadExternalId":
      return lead.externalId;
    default: {
      const value = name.startsWith("context.") ? lead.context[name.slice("context.".length)] : undefined;
      return typeof value === "string" || typeof value === "number" ? String(value) : null;
    }
  }
}

/** A lead's field may hold a line break; a subject may not. */
function oneLine(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that must not get in
  return text.replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, " ");
}
