import { expect, test } from "vitest";
import { renderStatic } from "../../core/merge.ts";
import { JANE } from "./given.ts";

const said = (text: string, lead = JANE) => renderStatic({ subject: null, text, html: null, meta: null }, lead);

test.each([
  ["{{leadName}}", "Jane Doe"],
  ["{{firstName}}", "Jane"],
  ["{{ leadEmail }}", "jane@lead.example"],
  ["{{leadExternalId}}", "lead-1"],
  ["{{context.company}}", "Acme"],
  ["{{context.seats}}", "12"],
  ["{{firstName}} at {{context.company}}, {{firstName}}!", "Jane at Acme, Jane!"],
  ["no places", "no places"],
  ["{{}} {{ not a name }} {leadName}", "{{}} {{ not a name }} {leadName}"],
])("%j becomes %j", (text, expected) => {
  expect(said(text, { ...JANE, context: { company: "Acme", seats: 12 } })).toMatchObject({
    words: { text: expected },
    missing: [],
  });
});

test("what has no value stays and is named once", () => {
  const { words, missing } = said("Dear {{firstName}} {{firstName}} of {{context.team}} {{context.nested}} {{typo}}", {
    ...JANE,
    name: "  ",
    context: { nested: {} },
  });
  expect(missing).toEqual(["firstName", "context.team", "context.nested", "typo"]);
  expect(words.text).toContain("{{context.team}}");
});

test("a lead's own text is never read as a place", () => {
  expect(said("Hi {{leadName}}", { ...JANE, name: "{{leadEmail}} $& $1" }).words.text).toBe("Hi {{leadEmail}} $& $1");
});

test.each(["context.__proto__", "context.constructor", "context.toString"])("{{%s}} has no value", (name) => {
  expect(said(`{{${name}}}`).missing).toEqual([name]);
});

test("a line break in a lead's field can't break a subject", () => {
  const { words } = renderStatic(
    { subject: "For {{leadName}}", text: "", html: null, meta: null },
    { ...JANE, name: "Jane\r\nBcc: x@y.example\u2028z" },
  );
  expect(words.subject).toBe("For Jane Bcc: x@y.example z");
});
