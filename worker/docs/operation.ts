import { html } from "hono/html";
import type { OpenApiDocument } from "../openapi/document.ts";
import { exampleOf } from "./example.ts";
import { type Html, inline, prose } from "./prose.ts";
import { referenceOf, type Schema, typeOf } from "./schema.ts";
import { exampleBlock, schemaLink, schemaTable } from "./schema-table.ts";

type PathItem = NonNullable<OpenApiDocument["paths"]>[string];
type OpenApiOperation = NonNullable<PathItem["get"]>;

/** A route or a webhook as it stands in the document. */
export interface Operation {
  readonly method: string;
  readonly path: string;
  readonly operation: OpenApiOperation;
}

/** All operations of the document's paths or webhooks, in its order. */
export function operationsOf(items: OpenApiDocument["paths"] | OpenApiDocument["webhooks"]): readonly Operation[] {
  return Object.entries(items ?? {}).flatMap(([path, item]) =>
    (["get", "post", "put", "patch", "delete"] as const).flatMap((method) => {
      const operation = method in item ? item[method] : undefined;
      return operation === undefined ? [] : [{ method: method.toUpperCase(), path, operation }];
    }),
  );
}

/** The anchor of an operation. */
export function anchorOf({ operation }: Operation): string {
  return `op-${operation.operationId}`;
}

/** One route: what it does, what it takes, what it answers, and a line to paste. */
export function operationSection(entry: Operation, document: OpenApiDocument): Html {
  const { method, path, operation } = entry;
  const requestSchema = bodySchema(operation);
  return html`<section class="operation" id="${anchorOf(entry)}">
    <h3><span class="method ${method.toLowerCase()}">${method}</span> <code>${path}</code></h3>
    <p class="summary">${operation.summary}</p>
    ${prose(operation.description)}
    ${neededScope(operation)}
    ${parameters(operation)}
    ${requestSchema === null ? "" : html`<h4>Body${named(requestSchema)}${needsBody(operation) ? "" : html` <small>optional</small>`}</h4>${schemaTable(requestSchema, document)}`}
    <h4>Answers</h4>
    ${responses(operation, document)}
    <h4>Try it</h4>
    <pre tabindex="0"><code>${curl(entry, requestSchema, document)}</code></pre>
  </section>`;
}

/** One request of ours to the customer's endpoint. */
export function webhookSection(entry: Operation, document: OpenApiDocument): Html {
  const requestSchema = bodySchema(entry.operation);
  return html`<section class="operation" id="${anchorOf(entry)}">
    <h3><span class="method event">POST</span> <code>${entry.path}</code></h3>
    ${prose(entry.operation.description)}
    ${requestSchema === null ? "" : html`<h4>Body${named(requestSchema)}</h4>${schemaTable(requestSchema, document)}<details><summary>Example</summary>${exampleBlock(requestSchema, document)}</details>`}
    <h4>What you may answer</h4>
    ${responses(entry.operation, document)}
  </section>`;
}

function neededScope({ security }: OpenApiOperation): Html {
  const [scope] = (security ?? []).flatMap((way) => Object.values(way)).flat();
  return scope === undefined ? html`` : html`<p>Needs a key with the scope <code>${scope}</code>.</p>`;
}

/** The parameters of an operation as a table; nothing for none. */
export function parameters(operation: OpenApiOperation): Html {
  const given = (operation.parameters ?? []).flatMap((parameter) => ("$ref" in parameter ? [] : [parameter]));
  if (given.length === 0) return html``;
  return html`<h4>Parameters</h4><div class="scroll"><table>
    <thead><tr><th scope="col">Name</th><th scope="col">In</th><th scope="col">Type</th><th scope="col">Meaning</th></tr></thead>
    <tbody>${given.map(
      ({ name, in: where, required, schema, description }) =>
        html`<tr><td><code>${name}</code>${required ? "" : html` <small>optional</small>`}</td><td>${where}</td><td><code>${schema === undefined ? "string" : typeOf(schema)}</code></td><td>${inline(description ?? "")}</td></tr>`,
    )}</tbody>
  </table></div>`;
}

function responses(operation: OpenApiOperation, document: OpenApiDocument): Html {
  const entries = Object.entries(operation.responses ?? {}).filter(([status]) => status !== "default");
  return html`<ul class="answers">${entries.map(([status, response]) => {
    if (!isResponse(response)) return "";
    const schema = response.content?.["application/json"]?.schema;
    const said = html`<span class="status s${status.slice(0, 1)}">${status}</span> ${inline(response.description)}`;
    if (schema === undefined) return html`<li>${said}</li>`;
    return html`<li><details><summary>${said}${named(schema)}</summary>${schemaTable(schema, document)}${exampleBlock(schema, document)}</details></li>`;
  })}</ul>`;
}

interface DescribedResponse {
  readonly description: string;
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>;
}

function isResponse(response: unknown): response is DescribedResponse {
  return typeof response === "object" && response !== null && "description" in response;
}

function bodySchema(operation: OpenApiOperation): Schema | null {
  const { requestBody } = operation;
  if (requestBody === undefined || "$ref" in requestBody) return null;
  return requestBody.content["application/json"]?.schema ?? null;
}

function needsBody({ requestBody }: OpenApiOperation): boolean {
  return requestBody !== undefined && !("$ref" in requestBody) && requestBody.required === true;
}

function named(schema: Schema): Html {
  const name = referenceOf(schema);
  return name === null ? html`` : html` ${schemaLink(name)}`;
}

function curl({ method, path, operation }: Operation, schema: Schema | null, document: OpenApiDocument): string {
  const isPublic = operation.security?.length === 0;
  const needsToken = path.endsWith("/completion");
  return [
    `curl ${method === "GET" ? "" : `-X ${method} `}"$URL${path.replaceAll(/\{(\w+)\}/g, (_, name: string) => `$${name.toUpperCase()}`)}${needsToken ? "?token=$TOKEN" : ""}"`,
    ...(isPublic ? [] : ['-H "authorization: Bearer $KEY"']),
    ...(schema === null || !needsBody(operation)
      ? []
      : [
          "-H 'content-type: application/json'",
          `-d '${JSON.stringify(exampleOf(schema, document)).replaceAll("'", "'\\''")}'`,
        ]),
  ].join(" \\\n  ");
}
