import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { asksD1, statementsIn } from "./statements.ts";
import { UNBOUND } from "./unbound.ts";

const ROOT = join(import.meta.dirname, "..", "..", "..");
const REPOSITORIES = globSync("adapters/d1/*.ts", { cwd: ROOT });
const OTHERS = globSync("{core,adapters,durable-objects,worker}/**/*.ts", { cwd: ROOT }).filter(
  (file) => !REPOSITORIES.includes(file),
);
const STATEMENTS = REPOSITORIES.flatMap((file) => statementsIn(file, read(file)));

test("nobody but adapters/d1 asks D1 anything", () => {
  expect(OTHERS.length).toBeGreaterThan(200);
  expect(OTHERS.flatMap((file) => asksD1(file, read(file)))).toEqual([]);
});

test.each([
  'await env.DB.prepare("SELECT 1").all();',
  "await c.env.DB.batch([]);",
  "const { DB } = env; await ask(DB);",
  "const { DB: database } = c.env;",
  'export const ask = (db: D1Database) => db.prepare("SELECT 1");',
  "const run = env.DB.exec;",
  "let kept: D1PreparedStatement;",
])("a statement planted outside adapters/d1 is caught: %s", (planted) => {
  expect(asksD1("worker/planted.ts", planted)).not.toEqual([]);
});

test("to hand the binding on to adapters/d1 is not to ask it", () => {
  expect(asksD1("worker/fine.ts", "// env.DB.prepare\nawait keepReports(env.DB, reports);")).toEqual([]);
});

test("each statement of adapters/d1 is bound to a tenant, or is listed with the reason why not", () => {
  expect(STATEMENTS.length).toBeGreaterThan(60);
  console.log(
    `${STATEMENTS.length} statements to D1: ${STATEMENTS.filter(({ isBound }) => isBound).length} bound to a tenant, ${STATEMENTS.filter(({ isBound }) => !isBound).length} listed`,
  );
  const unbound = [...new Set(STATEMENTS.filter(({ isBound }) => !isBound).map(({ where }) => where))];
  expect(unbound.sort()).toEqual(Object.keys(UNBOUND).sort());
});

test.each([
  'db.prepare("SELECT * FROM enrollments WHERE id = ?1").bind(id)',
  'db.prepare("SELECT e.id, e.tenant_id AS tenantId FROM enrollments e WHERE e.id = ?1").bind(id)',
  'db.prepare("SELECT max(tenant_id = ?1) AS isOurs FROM mailboxes WHERE email = ?2").bind(tenantId, email)',
  'db.prepare("DELETE FROM suppressions WHERE tenant_id <> ?1")',
  "tenant.db.select().from(enrollments).where(eq(enrollments.id, id)).get()",
  "tenant.db.select({ tenantId: enrollments.tenantId }).from(enrollments).where(eq(enrollments.tenantId, other))",
  "tenant.db.update(cadences).set({ tenantId: tenant.tenantId }).where(eq(cadences.id, id))",
  "tenant.db.delete(mailboxes)",
  "tenant.db.insert(mailboxes).values({ id })",
  "tenant.db.select().from(mailboxes).where(mine(tenant))",
])("a statement planted in adapters/d1 that is bound to nobody is caught: %s", (planted) => {
  const source = `export async function planted(tenant: Tenant, db: D1Database, id: string) { return ${planted}; }
function mine(tenant: Tenant) { return eq(mailboxes.mode, tenant.mode); }
function elsewhere(tenant: Tenant) { return own(tenant, mailboxes); }`;
  expect(statementsIn("adapters/d1/planted.ts", source).map(({ where, isBound }) => [where, isBound])).toEqual([
    ["planted planted", false],
  ]);
});

function read(file: string): string {
  return readFileSync(join(ROOT, file), "utf8");
}
