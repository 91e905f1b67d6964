import { execFileSync } from "node:child_process";
import { globSync, readFileSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, normalize } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";

const ROOT = join(import.meta.dirname, "..", "..");
const FILES = projectFiles();
const TEXTS = new Map(FILES.filter(isText).map((file) => [file, readFileSync(join(ROOT, file), "utf8")]));
const PAGES = [...TEXTS.keys()].filter((file) => /^(README|CONTRIBUTING)\.md$|^docs\/.*\.md$/.test(file));

test("every path that the README, CONTRIBUTING and docs/ name exists", () => {
  expect(PAGES.flatMap((page) => missingPaths(page, TEXTS.get(page) ?? ""))).toEqual([]);
});

test("a page that names a file that is not there is caught", () => {
  const page =
    "See `core/no-such-file.ts`, `core/*.ts`, [here](no-such-page.md) and [there](https://example.com/x.md).";
  expect(missingPaths("README.md", page)).toEqual(["README.md: core/no-such-file.ts", "README.md: no-such-page.md"]);
  expect(missingPaths("docs/guide.md", "```\nnode tools/no-such-tool.ts\n```")).toEqual([
    "docs/guide.md: tools/no-such-tool.ts",
  ]);
  expect(
    missingPaths("README.md", "`package.json`, `core/`, `POST /v1/cadences`, `application/json`, `dist/worker`"),
  ).toEqual([]);
});

test("no file names a place on a developer's machine", () => {
  expect(filesWith(machinePaths())).toEqual([]);
});

test("a place on a developer's machine is caught", () => {
  const home = ["", "home", "jane", "drafthook"].join("/");
  expect(machinePaths().some((pattern) => pattern.test(`see ${home}`))).toBe(true);
  expect(machinePaths().some((pattern) => pattern.test(`see ${ROOT}`))).toBe(true);
  expect(machinePaths().some((pattern) => pattern.test("see docs/home/page.md"))).toBe(false);
});

test("no file names a package registry", () => {
  expect(filesWith(registryHosts())).toEqual([]);
});

test("a package registry is caught", () => {
  const host = ["registry", "npmjs", "org"].join(".");
  expect(registryHosts().some((pattern) => pattern.test(`https://${host}/zod`))).toBe(true);
  expect(registryHosts().some((pattern) => pattern.test("registry.register(schema)"))).toBe(false);
});

test("the lockfile names packages and hashes, never an address to fetch them from", () => {
  expect(TEXTS.get("package-lock.json")).not.toMatch(/"resolved":\s*"https?:/);
  expect(TEXTS.get("package-lock.json")).toContain('"integrity"');
});

test("the lockfile holds the packages of every platform, or `npm ci` refuses it on all of them", () => {
  const { packages } = Lockfile.parse(JSON.parse(TEXTS.get("package-lock.json") ?? ""));
  const wanted = Object.values(packages).flatMap((one) => Object.keys(one.optionalDependencies ?? {}));
  const held = new Set(Object.keys(packages).map((path) => path.split("node_modules/").at(-1)));
  expect(wanted.filter((name) => !held.has(name))).toEqual([]);
});

test("a file of code has at most 400 lines", () => {
  const long = [...TEXTS].filter(([file]) => isOurCode(file)).filter(([, text]) => text.split("\n").length > 400);
  expect(long.map(([file]) => file)).toEqual([]);
});

const Lockfile = z.object({
  packages: z.record(z.string(), z.object({ optionalDependencies: z.record(z.string(), z.string()).optional() })),
});

/** Tracked or about to be: what `git add .` would take. */
function projectFiles(): string[] {
  const git = ["ls-files", "--cached", "--others", "--exclude-standard", "-z"];
  const listed = execFileSync("git", git, { cwd: ROOT, encoding: "utf8" }).split("\0");
  return [...new Set(listed)].filter(
    (file) => file !== "" && statSync(join(ROOT, file), { throwIfNoEntry: false })?.isFile(),
  );
}

function isText(file: string): boolean {
  return !/\.(png|jpe?g|gif|webp|ico|woff2?|pdf|zip|gz|eml|bin)$/.test(file);
}

/** Tables, tests and what a tool wrote may be long. */
function isOurCode(file: string): boolean {
  if (/(^|\/)(test|tests|tables|generated|migrations)\//.test(file) || file === "worker-configuration.d.ts")
    return false;
  return /\.(ts|tsx|js|mjs|css|sh)$/.test(file);
}

function filesWith(patterns: readonly RegExp[]): string[] {
  return [...TEXTS].flatMap(([file, text]) =>
    patterns.flatMap((pattern) => {
      const found = pattern.exec(text)?.[0];
      return found === undefined ? [] : [`${file}: ${found}`];
    }),
  );
}

/** Anybody's home folder, and wherever this checkout and its user happen to live. */
function machinePaths(): RegExp[] {
  const here = [ROOT, homedir()].filter((path) => path.split("/").length > 2 || path.includes("\\"));
  return [/(?<![\w.])\/(?:home|Users)\/[a-z][\w-]+\//i, /[A-Z]:\\Users\\\w/, ...here.map((path) => literally(path))];
}

/** The well-known hosts, and the one that this npm is set to. */
function registryHosts(): RegExp[] {
  const own = process.env["npm_config_registry"];
  const known = /registry\.(?:npmjs|yarnpkg|npmmirror)\.|npm\.pkg\.github|\bartifactor[y]\b|\bverdacci[o]\b/i;
  return own === undefined ? [known] : [known, literally(new URL(own).host)];
}

function literally(text: string): RegExp {
  return new RegExp(text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
}

/** The paths that a page names, in code or in links, and that lead nowhere; each as `page: path`. */
function missingPaths(page: string, text: string): string[] {
  const inCode = [...text.matchAll(/`([^`\n]+)`/g), ...text.matchAll(/^(?:```\w*\n)?(.*)$/gm)].flatMap(
    (match) => match[1] ?? [],
  );
  const named = inCode.flatMap((code) => code.split(/[\s`()'"]+/)).filter(looksLikeOurPath);
  const linked = [...text.matchAll(/\]\(([^)\s#]+)(?:#[^)]*)?\)/g)]
    .map((match) => match[1] ?? "")
    .filter((target) => target !== "" && !/^[a-z]+:|^\//i.test(target))
    .map((target) => normalize(join(dirname(page), target)));
  return [...new Set([...named, ...linked])].filter((path) => !exists(path)).map((path) => `${page}: ${path}`);
}

const ROOMS = "core|adapters|durable-objects|worker|dashboard|sdk|migrations|examples|bench|test|tools|docs";

/** `core/flow/` and `tools/start.ts` are ours; `application/json` and `/v1/cadences` are not paths of this tree. */
function looksLikeOurPath(token: string): boolean {
  return new RegExp(`^(?:${ROOMS})/[\\w.*{},<>/[\\]-]*$`).test(token) && !token.startsWith("dashboard/dist");
}

/** Whether a path or a pattern such as `core/{flow,gates}/*.ts` or `worker/routes/<entity>/` leads to anything. */
function exists(path: string): boolean {
  const pattern = path
    .replaceAll(/<[^>]+>/g, "*")
    .replace(/[.,]$/, "")
    .replace(/\/$/, "");
  return globSync(pattern.replaceAll("[", "\\[").replaceAll("]", "\\]"), { cwd: ROOT }).length > 0;
}
