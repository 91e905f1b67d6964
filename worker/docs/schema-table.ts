import { html } from "hono/html";
import type { OpenApiDocument } from "../openapi/document.ts";
import { exampleOf } from "./example.ts";
import { type Html, inline, prose } from "./prose.ts";
import { branchesOf, type Field, fieldsOf, referenceOf, resolve, type Schema, typeOf } from "./schema.ts";

/** A schema as a table of its fields; a union as one table for each branch, a plain value as a line. */
export function schemaTable(schema: Schema, document: OpenApiDocument): Html {
  const branches = branchesOf(schema, document);
  if (branches.length === 1) return single(schema, document);
  return html`<p>One of these:</p>${branches.map((branch) => {
    const name = referenceOf(branch);
    return html`<div class="branch">${name === null ? "" : html`<p>${schemaLink(name)}</p>`}${single(branch, document)}</div>`;
  })}`;
}

/** A link to a component's own section. */
export function schemaLink(name: string): Html {
  return html`<a href="#schema-${name}"><code>${name}</code></a>`;
}

/** The schema as JSON that fits it. */
export function exampleBlock(schema: Schema, document: OpenApiDocument): Html {
  return html`<pre tabindex="0"><code>${JSON.stringify(exampleOf(schema, document), null, 2)}</code></pre>`;
}

function single(schema: Schema, document: OpenApiDocument): Html {
  const { description } = resolve(schema, document);
  const fields = fieldsOf(schema, document);
  if (fields.length === 0)
    return html`<p><code>${typeOf(schema)}</code> ${description === undefined ? "" : inline(description)}</p>`;
  return html`${prose(description)}<div class="scroll"><table>
    <thead><tr><th scope="col">Field</th><th scope="col">Type</th><th scope="col">Meaning</th></tr></thead>
    <tbody>${fields.map(row)}</tbody>
  </table></div>`;
}

function row({ name, type, isRequired, notes, reference }: Field): Html {
  const shown =
    reference === null ? html`<code>${type}</code>` : html`<a href="#schema-${reference}"><code>${type}</code></a>`;
  return html`<tr><td><code>${name}</code>${isRequired ? "" : html` <small>optional</small>`}</td><td>${shown}</td><td>${inline(notes)}</td></tr>`;
}
