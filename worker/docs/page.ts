import { html, raw } from "hono/html";
import type { OpenApiDocument } from "../openapi/document.ts";
import { introduction, problemTable } from "./introduction.ts";
import { anchorOf, type Operation, operationSection, operationsOf } from "./operation.ts";
import { type Html, prose } from "./prose.ts";
import { exampleBlock, schemaTable } from "./schema-table.ts";
import { STYLE } from "./style.ts";
import { webhooksChapter } from "./webhooks.ts";

/** What a browser may do with the page: nothing but show it. */
export const DOCS_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The reference as one page of HTML, made from the OpenAPI document; no script, no request to anybody. */
export async function docsPage(document: OpenApiDocument): Promise<string> {
  const chapters = chaptersOf(document);
  const page = await html`<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${document.info.title} reference</title>
  <style>${raw(STYLE)}</style>
</head>
<body>
  <nav aria-label="Contents">
    <p class="name"><a href="#top">${document.info.title}</a></p>
    <section><h2>Guide</h2><ul>${GUIDE.map(([anchor, title]) => html`<li><a href="#${anchor}">${title}</a></li>`)}</ul></section>
    ${chapters.map(
      ({ name, operations }) =>
        html`<section><h2>${name}</h2><ul>${operations.map((entry) => html`<li><a href="#${anchorOf(entry)}">${entry.operation.summary ?? entry.path}</a></li>`)}</ul></section>`,
    )}
  </nav>
  <main id="top">
    <h1>${document.info.title}</h1>
    ${prose(document.info.description?.split("\n\n")[0])}
    <p>Version ${document.info.version}. For programs: <a href="/openapi.json">openapi.json</a>.</p>
    ${introduction()}
    ${webhooksChapter(document)}
    ${problemTable()}
    ${chapters.map(
      ({ name, description, operations }) =>
        html`<section id="tag-${name}"><h2>${name}</h2>${prose(description)}${operations.map((entry) => operationSection(entry, document))}</section>`,
    )}
    ${schemas(document)}
  </main>
</body>
</html>`;
  return page.toString();
}

const GUIDE = [
  ["requests", "Requests"],
  ["authentication", "Keys"],
  ["lists", "Lists"],
  ["idempotency", "Repeating safely"],
  ["webhooks", "Webhooks"],
  ["signatures", "Checking a signature"],
  ["draft-request", "The draft request"],
  ["draft-answers", "Answering it"],
  ["events", "Events"],
  ["problems", "Problems"],
  ["schemas", "Schemas"],
] as const;

interface Chapter {
  readonly name: string;
  readonly description: string | undefined;
  readonly operations: readonly Operation[];
}

function chaptersOf(document: OpenApiDocument): readonly Chapter[] {
  const all = operationsOf(document.paths);
  return (document.tags ?? [])
    .map(({ name, description }) => ({
      name,
      description,
      operations: all.filter(({ operation }) => operation.tags?.includes(name)),
    }))
    .filter(({ operations }) => operations.length > 0);
}

function schemas(document: OpenApiDocument): Html {
  return html`<section id="schemas"><h2>Schemas</h2>${Object.entries(document.components?.schemas ?? {}).map(
    ([name, schema]) =>
      html`<section class="operation" id="schema-${name}"><h3><code>${name}</code></h3>${schemaTable(schema, document)}<details><summary>Example</summary>${exampleBlock(schema, document)}</details></section>`,
  )}</section>`;
}
