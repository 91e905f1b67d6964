import { expect, test } from "vitest";
import { chooseTarget, guessColumns, hasHeader } from "../../../dashboard/src/features/enrollments/columns.ts";

test("columns are known by what people and other systems call them", () => {
  const cases: readonly (readonly [headers: readonly string[], targets: readonly string[]])[] = [
    [
      ["Email", "First Name", "Last Name", "Company"],
      ["leadEmail", "firstName", "lastName", "context"],
    ],
    [
      ["E-Mail-Adresse", "Vorname", "Nachname", "Zeitzone", "Land"],
      ["leadEmail", "firstName", "lastName", "leadTimeZone", "leadCountry"],
    ],
    [
      ["Prénom", "Courriel", "external_id", "LinkedIn URL"],
      ["firstName", "leadEmail", "leadExternalId", "leadLinkedinUrl"],
    ],
    [
      ["leadExternalId", "leadEmail", "leadName", "leadTimeZone", "leadCountry"],
      ["leadExternalId", "leadEmail", "leadName", "leadTimeZone", "leadCountry"],
    ],
    [
      ["id", "Full name", "EMAIL ADDRESS", "role"],
      ["leadExternalId", "leadName", "leadEmail", "context"],
    ],
  ];
  for (const [headers, targets] of cases) expect(guessColumns(headers, []), headers.join()).toEqual(targets);
});

test("each field is taken by one column, and the likelier name wins", () => {
  expect(guessColumns(["Mail", "Email", "Email"], [])).toEqual(["context", "leadEmail", "context"]);
  expect(guessColumns(["ID", "External ID"], [])).toEqual(["context", "leadExternalId"]);
});

test("with a full name its parts go into the context", () => {
  expect(guessColumns(["Name", "First name", "Last name", "Email"], [])).toEqual([
    "leadName",
    "context",
    "context",
    "leadEmail",
  ]);
});

test("a column of addresses is the e-mail, whatever it is called", () => {
  const sample = [
    ["a", "jane@example.com"],
    ["b", ""],
    ["c", "joe@example.com"],
  ];
  expect(guessColumns(["x", "Where to"], sample)).toEqual(["context", "leadEmail"]);
  expect(guessColumns(["x", "Where to"], [["a", "b"]])).toEqual(["context", "context"]);
});

test("a first row with an address in it is no header", () => {
  expect(hasHeader(["Email", "Name"])).toBe(true);
  expect(hasHeader(["jane@example.com", "Jane"])).toBe(false);
});

test("a field that is given to another column leaves the one that had it", () => {
  expect(chooseTarget(["leadEmail", "context"], 1, "leadEmail")).toEqual(["context", "leadEmail"]);
  expect(chooseTarget(["context", "ignore"], 0, "ignore")).toEqual(["ignore", "ignore"]);
});

test("a file of errors that was mended goes as it is: why a row had failed is left out", () => {
  expect(guessColumns(["Email", "Company", "error"], [])).toEqual(["leadEmail", "context", "ignore"]);
});
