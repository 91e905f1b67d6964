import { expect, test } from "vitest";
import { isCountry } from "../../../core/contract/countries.ts";
import { Enroll } from "../../../core/contract/enrollment.ts";
import type { Target } from "../../../dashboard/src/features/enrollments/columns.ts";
import { countryCode } from "../../../dashboard/src/features/enrollments/country-code.ts";
import { readRows } from "../../../dashboard/src/features/enrollments/row-to-lead.ts";

const HEADERS = ["Email", "First", "Last", "Zone", "Country", "LinkedIn", "Company"];
const TARGETS: readonly Target[] = [
  "leadEmail",
  "firstName",
  "lastName",
  "leadTimeZone",
  "leadCountry",
  "leadLinkedinUrl",
  "context",
];

function read(...rows: readonly (readonly string[])[]) {
  return readRows(rows, { headers: HEADERS, targets: TARGETS }, 2);
}

test("a row becomes what the API takes, and nothing that is empty is sent", () => {
  const [full, scant] = read(
    ["Jane@Example.com ", "Jane", "Doe", "Europe/Zurich", "Switzerland", "linkedin.com/in/jane", " Acme "],
    ["joe@example.com", "", "", "", "", "", ""],
  );
  expect(full).toMatchObject({
    line: 2,
    faults: [],
    lead: {
      leadExternalId: "jane@example.com",
      leadEmail: "Jane@Example.com",
      leadName: "Jane Doe",
      leadTimeZone: "Europe/Zurich",
      leadCountry: "CH",
      leadLinkedinUrl: "https://linkedin.com/in/jane",
      context: { Company: "Acme" },
    },
  });
  expect(scant?.lead).toEqual({ leadExternalId: "joe@example.com", leadEmail: "joe@example.com" });
  for (const row of [full, scant]) expect(Enroll.safeParse(row?.lead).success).toBe(true);
});

test("without an id the e-mail is it, in small letters, so that the file is safe to run again", () => {
  const [row] = readRows(
    [["JANE@example.com", "7"]],
    { headers: ["e", "id"], targets: ["leadEmail", "leadExternalId"] },
    2,
  );
  expect(row?.lead.leadExternalId).toBe("7");
  const [derived] = readRows(
    [["JANE@example.com", ""]],
    { headers: ["e", "id"], targets: ["leadEmail", "leadExternalId"] },
    2,
  );
  expect(derived?.lead.leadExternalId).toBe("jane@example.com");
});

test("what would be refused is marked before it is sent", () => {
  const faultsOf = (...cells: readonly string[]) => read(cells)[0]?.faults.join(" ");
  expect(faultsOf("jane@@example.com")).toContain("no e-mail address");
  expect(faultsOf("jane example.com")).toContain("no e-mail address");
  expect(faultsOf("", "Jane")).toContain("id or an e-mail");
  expect(faultsOf("a@b.example", "", "", "Zurich")).toContain("no time zone");
  expect(faultsOf("a@b.example", "", "", "", "Atlantis")).toContain("no country");
  expect(faultsOf("a@b.example", "", "", "", "", "", "x".repeat(17_000))).toContain("16 KiB");
  expect(faultsOf("a@b.example", "", "", "", "", "", "", "one too many")).toContain("8 columns");
  expect(faultsOf("a@b.example", "Ja\nne")).toContain("control character");
  expect(faultsOf("a@b.example", "", "", "", "", "", "", "")).toBe("");
});

test("who stands in the file twice is sent once", () => {
  const rows = read(["a@b.example"], ["c@d.example"], ["A@B.example"]);
  expect(rows.map(({ faults }) => faults)).toEqual([[], [], ["The same id as in row 2."]]);
});

test("columns of the same name keep both values", () => {
  const [row] = readRows([["1", "2", "3"]], { headers: ["a", "a", ""], targets: ["context", "context", "context"] }, 2);
  expect(row?.lead.context).toEqual({ a: "1", "a 2": "2", "column 3": "3" });
});

test("a country is known by code and by name, and only as what the API takes", () => {
  expect([countryCode("ch"), countryCode("Germany"), countryCode("UK"), countryCode("USA")]).toEqual([
    "CH",
    "DE",
    "GB",
    "US",
  ]);
  const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
  for (const code of letters.flatMap((first) => letters.map((second) => first + second))) {
    if (code === "UK") continue; // what people write for GB
    expect([code, countryCode(code)]).toEqual([code, isCountry(code) ? code : null]);
  }
});
