import fc from "fast-check";
import { expect, test } from "vitest";
import { utf8Bytes, utf8Head } from "../../core/utf8.ts";

const text = fc.string({ unit: "binary" });

test.each([
  ["", 0],
  ["a", 1],
  ["é", 2],
  ["中", 3],
  ["😀", 4],
  ["\ud83d", 3],
  ["a\u0000b", 3],
])("%j takes %i bytes", (text, bytes) => {
  expect(utf8Bytes(text)).toBe(bytes);
});

test("as many bytes as the platform counts, whatever the text", () => {
  fc.assert(fc.property(text, (text) => utf8Bytes(text) === Buffer.byteLength(text, "utf8")));
});

test("a head fits, and is the longest that does", () => {
  fc.assert(
    fc.property(text, fc.nat(40), (text, bytesMax) => {
      const head = utf8Head(text, bytesMax);
      expect(text.startsWith(head)).toBe(true);
      expect(utf8Bytes(head)).toBeLessThanOrEqual(bytesMax);
      const next = [...text.slice(head.length)][0];
      if (next !== undefined) expect(utf8Bytes(head + next)).toBeGreaterThan(bytesMax);
    }),
  );
});

test("a character is never cut in two", () => {
  expect([utf8Head("a😀", 4), utf8Head("a😀", 5)]).toEqual(["a", "a😀"]);
});
