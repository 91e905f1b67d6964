import { expect, test } from "vitest";
import { spellingsOf } from "../../../adapters/mail/spellings.ts";

test.each([
  ["jane@lead.example", ["jane@lead.example"]],
  ["jane@xn--bcher-kva.example", ["jane@xn--bcher-kva.example", "jane@bücher.example"]],
  ["jane@bücher.example", ["jane@bücher.example", "jane@xn--bcher-kva.example"]],
])("%s may be written as %j", (email, spellings) => {
  expect(spellingsOf(email)).toEqual(spellings);
});
