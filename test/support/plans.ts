import { env } from "cloudflare:workers";

/** What a watched database noted. */
export interface Watched {
  readonly DB: D1Database;
  /** How SQLite finds what it was asked for: one text for each SELECT on `table`, as drizzle writes it. */
  plans(table: string): Promise<readonly string[]>;
  /** The same of whatever was asked. */
  all(): Promise<readonly string[]>;
  /** Where in it a whole table, or a whole index, is walked through. */
  scans(): Promise<readonly string[]>;
}

/** D1 that notes what it is asked. */
export function watchedDatabase(): Watched {
  const asked: Asked[] = [];
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
    return Promise.all(selects.map(async (statement) => (await explained(statement)).join("; ")));
  };
  // A part of the question that was answered already is no table: they are called `looked` and `stands`.
  const scans = async () => {
    const steps = await Promise.all(asked.map(explained));
    return steps
      .flat()
      .filter((step) => /^SCAN (?!CONSTANT|json_each|(?:looked|stands)\b|\(subquery|\w+ VIRTUAL TABLE)/.test(step));
  };
  const all = () => Promise.all(asked.map(async (statement) => (await explained(statement)).join("; ")));
  return { DB, plans, all, scans };
}

interface Asked {
  readonly sql: string;
  readonly values: readonly unknown[];
}

async function explained({ sql, values }: Asked): Promise<readonly string[]> {
  const { results } = await env.DB.prepare(`EXPLAIN QUERY PLAN ${sql}`)
    .bind(...values)
    .all<{ detail: string }>();
  return results.map(({ detail }) => detail);
}

/** The platform's objects know their methods only by themselves. */
function bound(target: object, name: string | symbol): unknown {
  const value: unknown = Reflect.get(target, name);
  return typeof value === "function" ? value.bind(target) : value;
}
