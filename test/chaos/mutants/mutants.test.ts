import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { inProject } from "../../../tools/project.ts";
import { MUTANTS } from "./mutants.ts";

/** A mutant that lacks what the product imports would be found out only when somebody builds it. */
test.each(Object.entries(MUTANTS))(
  "%s has all that the module has that it stands in for",
  (_name, { replaces, by }) => {
    const missing = exportsOf(replaces).filter((name) => !exportsOf(`test/chaos/mutants/${by}`).includes(name));
    expect([exportsOf(replaces).length > 0, missing]).toEqual([true, []]);
  },
);

function exportsOf(file: string): readonly string[] {
  const source = readFileSync(inProject(file), "utf8");
  return [...source.matchAll(/^export (?:async )?(?:function|const) (\w+)/gm)].map((match) => match[1] ?? "");
}
