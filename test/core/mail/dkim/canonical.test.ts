import { expect, test } from "vitest";
import { canonicalBody, canonicalField } from "../../../../core/mail/dkim/canonical.ts";
import { toBytes } from "../../../../core/mail/dkim/message.ts";

function body(text: string, how: "simple" | "relaxed"): string {
  return Buffer.from(canonicalBody(toBytes(text), how)).toString("latin1");
}

test("the example of RFC 6376 section 3.4.5 comes out as it is printed there", () => {
  expect(canonicalField("A: X", "relaxed")).toBe("a:X");
  expect(canonicalField("B : Y\t\r\n\tZ  ", "relaxed")).toBe("b:Y Z");
  expect(canonicalField("B : Y\t\r\n\tZ  ", "simple")).toBe("B : Y\t\r\n\tZ  ");
  const text = " C \r\nD \t E\r\n\r\n\r\n";
  expect(body(text, "relaxed")).toBe(" C\r\nD E\r\n");
  expect(body(text, "simple")).toBe(" C \r\nD \t E\r\n");
});

test.each([
  ["nothing", "", "\r\n", ""],
  ["empty lines only", "\r\n\r\n", "\r\n", ""],
  ["lines of white space only", " \r\n\t\r\n", " \r\n\t\r\n", ""],
  ["no line end behind the last line", "a", "a\r\n", "a\r\n"],
  ["bare line feeds", "a\n\nb\n\n", "a\r\n\r\nb\r\n", "a\r\n\r\nb\r\n"],
  ["a bare carriage return, which ends no line", "a\rb\r\n", "a\rb\r\n", "a\rb\r\n"],
  ["bytes that are no text", "\x00\xff\xa0 \xa0\r\n", "\x00\xff\xa0 \xa0\r\n", "\x00\xff\xa0 \xa0\r\n"],
])("a body of %s", (_name, text, simple, relaxed) => {
  expect(body(text, "simple")).toBe(simple);
  expect(body(text, "relaxed")).toBe(relaxed);
});

test.each([
  ["A:", "a:"],
  ["A: ", "a:"],
  ["A:\r\n ", "a:"],
  ["A:\t\r\n \r\n b", "a:b"],
  ["A:\xa0b\xa0", "a:\xa0b\xa0"],
])("the field %j is %j when relaxed", (text, relaxed) => {
  expect(canonicalField(text, "relaxed")).toBe(relaxed);
});
