import { applyD1Migrations } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, expect, test } from "vitest";
import { TABLES } from "../../../adapters/d1/holdings.ts";
import { namesOf, type TableHolding } from "../../../adapters/d1/table-holding.ts";
import { OBJECTS } from "../../../durable-objects/holdings.ts";
import wrangler from "../../../wrangler.toml?raw";

beforeAll(() => applyD1Migrations(env.DB, env.TEST_MIGRATIONS));

/** Each table as the migrations make it, with its columns and, in order, its primary key. */
async function schema(): Promise<
  ReadonlyMap<string, { readonly columns: readonly string[]; readonly key: readonly string[] }>
> {
  const { results } = await env.DB.prepare(
    `SELECT t.name AS name, c.name AS column, c.pk AS pk FROM sqlite_master t JOIN pragma_table_info(t.name) c
     WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND t.name NOT LIKE '\\_cf\\_%' ESCAPE '\\' AND t.name <> 'd1_migrations' ORDER BY t.name, c.cid`,
  ).all<{ name: string; column: string; pk: number }>();
  const names = [...new Set(results.map(({ name }) => name))];
  return new Map(
    names.map((name) => {
      const rows = results.filter((row) => row.name === name);
      const key = rows.filter(({ pk }) => pk > 0).sort((left, right) => left.pk - right.pk);
      return [name, { columns: rows.map(({ column }) => column), key: key.map(({ column }) => column) }];
    }),
  );
}

/** What is wrong between the registry and the schema, one sentence each. */
async function differences(tables: Readonly<Record<string, TableHolding>>): Promise<readonly string[]> {
  const real = await schema();
  const found: string[] = [];
  for (const name of new Set([...real.keys(), ...Object.keys(tables)])) {
    const [table, holding] = [real.get(name), tables[name]];
    if (table === undefined || holding === undefined) {
      found.push(`${name} is ${table === undefined ? "no table" : "not in the registry"}`);
      continue;
    }
    const { plain, personal, secret, sequence } = holding.columns;
    const said = [plain, personal, secret, sequence].flatMap(namesOf);
    for (const column of new Set([...table.columns, ...said])) {
      const times = said.filter((other) => other === column).length;
      if (!table.columns.includes(column)) found.push(`${name} has no column ${column}`);
      else if (times !== 1) found.push(`${name}.${column} stands ${times} times in the registry`);
    }
    if (holding.key.join() !== table.key.join()) found.push(`the key of ${name} is ${table.key.join()}`);
    if (holding.of === "tenant" && name !== "tenants" && !said.includes("tenant_id"))
      found.push(`${name} names no tenant`);
    const { person } = holding;
    const blanked = person?.by === "enrollment" && person.leaves !== "nothing" ? Object.keys(person.leaves) : null;
    for (const column of namesOf(personal)) {
      if (person === null) found.push(`${name}.${column} is a lead's, and erasure doesn't find it`);
      else if (blanked !== null && !blanked.includes(column)) found.push(`erasure leaves ${name}.${column} as it is`);
    }
  }
  return found;
}

test("every table and every column says whose it is and what becomes of it", async () => {
  expect(await differences(TABLES)).toEqual([]);
});

test("a table, a column, and personal data that nobody erases are found where the registry is silent", async () => {
  const { journal, ...others } = TABLES;
  if (journal === undefined) throw new Error("the log has no line");
  expect(await differences(others)).toEqual(["journal is not in the registry"]);
  const { columns, person } = journal;
  const without = { ...journal, columns: { ...columns, plain: columns.plain.replace(" trace_id", "") } };
  expect(await differences({ ...others, journal: without })).toEqual([
    "journal.trace_id stands 0 times in the registry",
  ]);
  const careless = {
    ...journal,
    columns: { ...columns, plain: columns.plain.replace(" url", ""), personal: `${columns.personal} url` },
  };
  expect(await differences({ ...others, journal: careless })).toEqual(["erasure leaves journal.url as it is"]);
  expect(person).not.toBeNull();
  expect(await differences({ ...others, journal: { ...journal, person: null } })).toContain(
    "journal.excerpt is a lead's, and erasure doesn't find it",
  );
});

test("every class of object says what it holds", () => {
  const classes = [...wrangler.matchAll(/^class_name = "(\w+)"$/gm)].map(([, name]) => name);
  expect(classes.length).toBeGreaterThan(3);
  expect(Object.keys(OBJECTS).sort()).toEqual(classes.sort());
});
