import { expect, test } from "vitest";
import { errorsFile, readTable } from "../../../dashboard/src/features/enrollments/read-table.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);

test("any usual delimiter is told by itself", async () => {
  for (const delimiter of [",", ";", "\t", "|"]) {
    const table = await readTable(utf8(`a${delimiter}b\n1${delimiter}2\n\n3${delimiter}4\n`));
    expect(table).toMatchObject({
      rows: [
        ["a", "b"],
        ["1", "2"],
        ["3", "4"],
      ],
      delimiter,
    });
  }
  expect(await readTable(utf8('sep=;\r\nname;x,y\r\n"A;B";1\r\n'))).toMatchObject({
    rows: [
      ["name", "x,y"],
      ["A;B", "1"],
    ],
  });
});

test("letters are read right in UTF-8, with a mark or without, in UTF-16 and in Windows-1252", async () => {
  const text = "name,city\nZoë Müller,Zürich\n";
  const rows = [
    ["name", "city"],
    ["Zoë Müller", "Zürich"],
  ];
  expect(await readTable(utf8(text))).toMatchObject({ rows, encoding: "UTF-8" });
  expect(await readTable(utf8(`\uFEFF${text}`))).toMatchObject({ rows, encoding: "UTF-8" });
  expect(await readTable(new Uint8Array(Buffer.from(text, "latin1")))).toMatchObject({
    rows,
    encoding: "Windows-1252",
  });
  expect(await readTable(new Uint8Array(Buffer.from(`\uFEFF${text}`, "utf16le")))).toMatchObject({
    rows,
    encoding: "UTF-16",
  });
});

test("a long file comes whole through the seams of its pieces", async () => {
  const row = (index: number) => [`${index}`, `Zoë "the ${index}th"`, "two\nlines, one cell"];
  const all = Array.from({ length: 20_000 }, (_, index) => row(index));
  const text = all.map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",")).join("\n");
  const { rows } = await readTable(utf8(text));
  expect(rows).toHaveLength(20_000);
  expect(rows[12_345]).toEqual(row(12_345));
});

test("what is no table is refused with a sentence", async () => {
  await expect(readTable(utf8("PK\u0003\u0004rest"))).rejects.toThrow("Save it as CSV");
  await expect(readTable(utf8("\n\n"))).rejects.toThrow("nothing in this file");
  await expect(readTable(utf8("a\n".repeat(100_003)))).rejects.toThrow("more than 100,000 rows");
});

test("a quote that is not closed is told", async () => {
  const { complaints } = await readTable(utf8('a,b\n"1,2\n3,4\n'));
  expect(complaints.join()).toMatch(/quote/i);
});

test("rows that failed come back as a file that can be mended and chosen again", async () => {
  const file = errorsFile(
    ["Email", "Note"],
    [
      { cells: ["a@b.example", 'says "hi"; twice'], error: "It was refused, really." },
      { cells: ["c"], error: "x" },
    ],
    ";",
  );
  expect(await readTable(utf8(file))).toMatchObject({
    delimiter: ";",
    rows: [
      ["Email", "Note", "error"],
      ["a@b.example", 'says "hi"; twice', "It was refused, really."],
      ["c", "", "x"],
    ],
  });
});
