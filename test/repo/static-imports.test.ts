import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "..", "..");

/** `import(…)` at work, and not where it only names a type. */
const DYNAMIC_IMPORT = /(?<!typeof )\bimport\(/;

test("no object loads a module while it works: two that wait for the same one would go on in each other's name", () => {
  const files = globSync("{core,adapters,durable-objects}/**/*.ts", { cwd: ROOT });
  expect(files.length).toBeGreaterThan(250);
  expect(files.filter((file) => DYNAMIC_IMPORT.test(readFileSync(join(ROOT, file), "utf8")))).toEqual([]);
});

test("the control: one that is planted is found, and a type's is not", () => {
  expect(DYNAMIC_IMPORT.test('const { proxyDurable } = await import("itty-durable/proxy-durable.js");')).toBe(true);
  expect(DYNAMIC_IMPORT.test('type Proxy = typeof import("itty-durable/proxy-durable.js").proxyDurable;')).toBe(false);
});
