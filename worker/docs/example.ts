import type { OpenApiDocument } from "../openapi/document.ts";
import { resolve, type Schema } from "./schema.ts";

/** A value that fits the schema: its own example, else its default or first choice, else something plain. */
export function exampleOf(schema: Schema, document: OpenApiDocument, depth = 0): unknown {
  const own = resolve(schema, document);
  if (own.example !== undefined) return own.example;
  if (own.enum?.[0] !== undefined) return own.enum[0];
  if (own.default !== undefined && own.default !== null) return own.default;
  const branch = [...(own.oneOf ?? []), ...(own.anyOf ?? []), ...(own.allOf ?? [])][0];
  if (branch !== undefined) return exampleOf(branch, document, depth);
  if (own.properties !== undefined)
    return depth > DEPTH_MAX ? {} : exampleOfObject(own.properties, own.required ?? [], document, depth);
  if (own.type === "array") return own.items === undefined ? [] : [exampleOf(own.items, document, depth + 1)];
  return PLAIN[Array.isArray(own.type) ? (own.type[0] ?? "null") : (own.type ?? "object")] ?? null;
}

const DEPTH_MAX = 5;

const PLAIN: Readonly<Record<string, unknown>> = { string: "…", integer: 1, number: 1, boolean: true, object: {} };

/** What must be there, and what somebody found worth an example. */
function exampleOfObject(
  properties: Readonly<Record<string, Schema>>,
  required: readonly string[],
  document: OpenApiDocument,
  depth: number,
): Record<string, unknown> {
  const shown = Object.entries(properties).filter(
    ([name, property]) => required.includes(name) || resolve(property, document).example !== undefined,
  );
  return Object.fromEntries(shown.map(([name, property]) => [name, exampleOf(property, document, depth + 1)]));
}
