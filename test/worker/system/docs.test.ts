import { beforeAll, expect, test } from "vitest";
import { PROBLEMS } from "../../../core/problems.ts";
import { api } from "../../support/worker.ts";

let page: string;
let policy: string | null;
let document: {
  paths: Record<string, Record<string, { operationId: string; summary: string; tags: string[] }>>;
  webhooks: Record<string, unknown>;
  tags: { name: string }[];
};
beforeAll(async () => {
  const docs = await api(null).get("/docs");
  page = docs.body;
  policy = docs.headers.get("content-security-policy");
  document = (await api(null).get("/openapi.json")).body;
});

const operations = () => Object.values(document.paths).flatMap((item) => Object.values(item));

test("every route and every webhook of openapi.json has its section in the reference", () => {
  expect(operations().length).toBeGreaterThan(20);
  for (const { operationId } of operations()) expect(page).toContain(`id="op-${operationId}"`);
  for (const type of Object.keys(document.webhooks)) expect(page).toContain(`<code>${type}</code>`);
});

test("every route has a summary, a name of its own and a chapter that exists", () => {
  const names = operations().map(({ operationId }) => operationId);
  expect(new Set(names).size).toBe(names.length);
  const chapters = document.tags.map(({ name }) => name);
  for (const { summary, tags } of operations()) {
    expect(summary).not.toBe("");
    expect(chapters).toContain(tags[0]);
  }
});

test("every code of a problem is explained where the problem's type points", () => {
  for (const code of Object.keys(PROBLEMS)) expect(page).toContain(`<tr id="${code}">`);
});

test("no link inside the page leads nowhere", () => {
  const anchors = new Set([...page.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]));
  const links = [...page.matchAll(/ href="#([^"]+)"/g)].map((match) => match[1]);
  expect(links.length).toBeGreaterThan(100);
  expect(links.filter((link) => !anchors.has(link))).toEqual([]);
});

test("the page asks nobody for anything and runs no script", () => {
  expect(page).not.toMatch(/<script|<link|<img|<iframe|@import|url\(|\son\w+=/);
  expect(policy).toContain("default-src 'none'");
});

test("a line to paste has a body only where one is needed", () => {
  const section = (operationId: string) => page.split(`id="op-${operationId}"`)[1]?.split("</section>")[0] ?? "";
  expect(section("createCadence")).toContain("content-type: application/json");
  expect(section("pauseEnrollment")).toContain("curl -X POST");
  expect(section("pauseEnrollment")).not.toContain("content-type: application/json");
});

test("a known answer for signatures stands in the reference", () => {
  expect(page).toContain("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
});
