import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { inProject } from "../../tools/project.ts";

const TABLE = readFileSync(inProject("docs/complaints.md"), "utf8");
const rows = TABLE.split("\n").filter((line) => line.startsWith("| ") && !/^\| (?:-|what they)/.test(line));

test("each complaint names a test, and each test that is named is there", () => {
  expect(rows.length).toBeGreaterThan(15);
  const named = rows.map((row) => [...row.matchAll(/`(test\/[^`]+)`/g)].map(([, path]) => path ?? ""));
  expect(named.filter((paths) => paths.length === 0)).toEqual([]);
  expect(named.flat().filter((path) => !existsSync(inProject(path)))).toEqual([]);
});
