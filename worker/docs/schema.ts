import type { OpenApiDocument } from "../openapi/document.ts";

type Schemas = NonNullable<NonNullable<OpenApiDocument["components"]>["schemas"]>;

/** A schema of the document, or a reference to one. */
export type Schema = Schemas[string];
export type PlainSchema = Exclude<Schema, { $ref: string }>;

/** One line of a schema's table. `name` is a path: `steps[].kind`. */
export interface Field {
  readonly name: string;
  readonly type: string;
  readonly isRequired: boolean;
  readonly notes: string;
  /** The component that tells more, when the field is one. */
  readonly reference: string | null;
}

/** The name of the component that a schema refers to, or null for one that stands for itself. */
export function referenceOf(schema: Schema): string | null {
  return "$ref" in schema ? (schema.$ref.split("/").at(-1) ?? null) : null;
}

/** Follows a reference. Throws on one that leads nowhere: the document is ours. */
export function resolve(schema: Schema, document: OpenApiDocument): PlainSchema {
  const name = referenceOf(schema);
  if (name === null) return plain(schema);
  const target = document.components?.schemas?.[name];
  if (target === undefined) throw new Error(`the document has no schema ${name}`);
  return resolve(target, document);
}

/** The branches of a union, else the schema alone. */
export function branchesOf(schema: Schema, document: OpenApiDocument): readonly Schema[] {
  const { oneOf, anyOf } = resolve(schema, document);
  const branches = (oneOf ?? anyOf ?? []).filter((branch) => "$ref" in branch || branch.type !== "null");
  return branches.length > 1 ? branches : [schema];
}

/** The fields of an object as lines, inner objects after the field that holds them; components are named, not repeated. */
export function fieldsOf(schema: Schema, document: OpenApiDocument, prefix = ""): readonly Field[] {
  const { properties = {}, required = [] } = resolve(schema, document);
  return Object.entries(properties).flatMap(([name, property]) => {
    const field: Field = {
      name: `${prefix}${name}`,
      type: typeOf(property),
      isRequired: required.includes(name),
      notes: notesOf(property, document),
      reference: referenceOf(innermost(property)),
    };
    return [field, ...innerFields(property, document, `${prefix}${name}`)];
  });
}

/** A schema in a few words: `string`, `Step[]`, `integer or null`. */
export function typeOf(schema: Schema): string {
  const reference = referenceOf(schema);
  if (reference !== null) return reference;
  const { type, items, enum: values, anyOf, oneOf, allOf } = plain(schema);
  const union = anyOf ?? oneOf ?? allOf;
  if (union !== undefined) return [...new Set(union.map(typeOf))].join(" or ");
  if (type === "array") return items === undefined ? "array" : `${typeOf(items)}[]`;
  if (values !== undefined) return values.map((value) => JSON.stringify(value)).join(" | ");
  return Array.isArray(type) ? type.join(" or ") : (type ?? "any");
}

function innerFields(property: Schema, document: OpenApiDocument, name: string): readonly Field[] {
  const inner = innermost(property);
  if (referenceOf(inner) !== null || plain(inner).properties === undefined) return [];
  return fieldsOf(inner, document, `${name}${plainOrNull(property)?.type === "array" ? "[]" : ""}.`);
}

/** Through arrays and `or null` to what it is about. */
function innermost(schema: Schema): Schema {
  const own = plainOrNull(schema);
  if (own === null) return schema;
  if (own.type === "array" && own.items !== undefined) return innermost(own.items);
  const others = (own.anyOf ?? own.oneOf ?? []).filter((branch) => "$ref" in branch || branch.type !== "null");
  const [only] = others;
  return others.length === 1 && only !== undefined ? innermost(only) : schema;
}

function notesOf(schema: Schema, document: OpenApiDocument): string {
  const own = resolve(schema, document);
  const limits = [
    own.default === undefined ? "" : `Default: \`${JSON.stringify(own.default)}\`.`,
    own.minimum === undefined ? "" : `At least ${own.minimum}.`,
    own.maximum === undefined ? "" : `At most ${own.maximum}.`,
    own.maxLength === undefined ? "" : `At most ${own.maxLength} characters.`,
    own.maxItems === undefined ? "" : `At most ${own.maxItems} items.`,
  ];
  return [own.description ?? "", ...limits].filter((note) => note !== "").join(" ");
}

function plainOrNull(schema: Schema): PlainSchema | null {
  return "$ref" in schema ? null : schema;
}

function plain(schema: Schema): PlainSchema {
  if ("$ref" in schema) throw new Error("a reference where a schema was due");
  return schema;
}
