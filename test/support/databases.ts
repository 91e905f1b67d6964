import { env } from "cloudflare:workers";

/** D1 that works, and writes down the text of each statement and how many rows each run of one changed. */
export function recordedDatabase(): {
  readonly database: D1Database;
  readonly statements: string[];
  readonly changes: () => readonly number[];
} {
  const statements: string[] = [];
  const changed: number[] = [];
  const database = new Proxy(env.DB, {
    get: (real, name) => {
      if (name !== "prepare") return bound(real, name);
      return (sql: string) => {
        statements.push(sql);
        return recorded(real.prepare(sql), changed);
      };
    },
  });
  return { database, statements, changes: () => changed };
}

/** D1 that reads and can't write. */
export function deadOnWrite(): D1Database {
  return new Proxy(env.DB, {
    get: (real, name) => {
      if (name !== "prepare") return bound(real, name);
      return (sql: string) => {
        if (/^\s*select/i.test(sql)) return real.prepare(sql);
        throw new Error("D1_ERROR: Network connection lost.");
      };
    },
  });
}

/** A statement whose runs are written down. D1 takes none but its own into a batch, so a batch is not recorded. */
function recorded(statement: D1PreparedStatement, changed: number[]): D1PreparedStatement {
  return new Proxy(statement, {
    get: (real, name) => {
      if (name === "bind") return (...values: unknown[]) => recorded(real.bind(...values), changed);
      if (name === "run")
        return async () => {
          const result = await real.run();
          changed.push(result.meta.changes);
          return result;
        };
      return bound(real, name);
    },
  });
}

function bound<Target extends object>(real: Target, name: string | symbol): unknown {
  const value: unknown = Reflect.get(real, name);
  return typeof value === "function" ? value.bind(real) : value;
}
