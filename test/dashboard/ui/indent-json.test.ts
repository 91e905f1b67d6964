import fc from "fast-check";
import { expect, test } from "vitest";
import { indentJson } from "../../../dashboard/src/ui/indent-json.ts";

/** The tokens of a JSON text, each as it was written: only the space between them may differ. */
function tokens(text: string): readonly string[] {
  return text.match(/"(?:\\.|[^"\\])*"|[[\]{}:,]|[^\s[\]{}:,"]+/g) ?? [];
}

const TELLING = [
  '{"id":12345678901234567890,"price":1.10,"big":1e400}',
  '{"a":1,"a":2}',
  '{"10":"ten","9":"nine","b":0}',
  '{"__proto__":{"x":1}}',
  '"a string with {braces}, [brackets] and \\"quotes\\" and \\u0041"',
  '{"empty":{},"none":[],"deep":[[[]]]}',
  "[ 1 ,\t2\r\n, 3 ]",
];

test("a body in order has the very tokens that crossed the wire: no number rounded, no key lost or moved", () => {
  for (const text of TELLING) expect(tokens(indentJson(text))).toEqual(tokens(text));
  fc.assert(
    fc.property(fc.json({ maxDepth: 5 }), (text) => {
      const shown = indentJson(text);
      expect(tokens(shown)).toEqual(tokens(text));
      expect(JSON.parse(shown)).toEqual(JSON.parse(text));
    }),
    { numRuns: 2_000 },
  );
});

test("it is laid out as JSON.stringify would, where that loses nothing", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
      const text = JSON.stringify(value);
      if (JSON.stringify(JSON.parse(text)) === text) expect(indentJson(text)).toBe(JSON.stringify(value, null, 2));
    }),
    { numRuns: 1_000 },
  );
});

test("what is no JSON is shown as it came", () => {
  for (const text of ["", "{", '{"a":1,}', "<html>", "{'a':1}", '{"cut": "in the mid'])
    expect(indentJson(text)).toBe(text);
});

test("the control: parsing and writing anew shows other bytes than came", () => {
  const anew = (text: string) => JSON.stringify(JSON.parse(text), null, 2);
  const lost = TELLING.filter((text) => tokens(anew(text)).join(" ") !== tokens(text).join(" "));
  expect(lost.length).toBeGreaterThanOrEqual(4);
});
