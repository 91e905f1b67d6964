import { env } from "cloudflare:workers";

/** D1 that notes what it is asked; `plans` says how SQLite would find it: one text for each SELECT on `table`. */
export function watchedDatabase(): { readonly DB: D1Database; plans(table: string): Promise<readonly string[]> } {
  const asked: { readonly sql: string; readonly values: readonly unknown[] }[] = [];
  const DB = new Proxy(env.DB, {
    get(target, name) {
      if (name !== "prepare") return bound(target, name);
      return (sql: string) =>
        new Proxy(target.prepare(sql), {
          get(statement, inner) {
            if (inner !== "bind") return bound(statement, inner);
            return (...values: unknown[]) => {
              asked.push({ sql, values });
              return statement.bind(...values);
            };
          },
        });
    },
  });
  const plans = async (table: string) => {
    const selects = asked.filter(({ sql }) => /^select/i.test(sql) && sql.includes(`from "${table}"`));
    return Promise.all(
      selects.map(async ({ sql, values }) => {
        const { results } = await env.DB.prepare(`EXPLAIN QUERY PLAN ${sql}`)
          .bind(...values)
          .all<{ detail: string }>();
        return results.map(({ detail }) => detail).join("; ");
      }),
    );
  };
  return { DB, plans };
}

/** The platform's objects know their methods only by themselves. */
function bound(target: object, name: string | symbol): unknown {
  const value: unknown = Reflect.get(target, name);
  return typeof value === "function" ? value.bind(target) : value;
}
