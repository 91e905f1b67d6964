import { randomBytes } from "node:crypto";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchBrowser } from "../../../tools/browser.ts";
import { ensureBuilt } from "../../../tools/ensure-built.ts";
import { type PagesDev, startPagesDev } from "../../support/pages-dev.ts";

const SECRETS = {
  KEK_V1: randomBytes(32).toString("base64"),
  TOKEN_KEY_V1: randomBytes(32).toString("base64"),
  BOOTSTRAP_SECRET: randomBytes(32).toString("hex"),
};

let pages: PagesDev;
let browser: Browser;

beforeAll(async () => {
  ensureBuilt();
  [pages, browser] = await Promise.all([startPagesDev(SECRETS), launchBrowser()]);
});

afterAll(async () => {
  await browser?.close();
  await pages?.stop();
});

test("on Pages, with the Worker behind a service binding: the first owner signs in and sees the dashboard", async () => {
  const first = await fetch(`${pages.url}/auth/bootstrap`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ secret: SECRETS.BOOTSTRAP_SECRET, email: "jane@example.com", organizationName: "Acme" }),
  });
  expect(first.status).toBe(201);
  const { link } = (await first.json()) as { link: string };
  expect(link.startsWith(pages.url)).toBe(true);

  const page = await browser.newPage();
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  await page.goto(link);
  await page.getByRole("button", { name: "Sign in" }).first().click();
  await page.getByRole("heading", { name: "Home" }).waitFor();
  await page.getByText("Acme").first().waitFor();

  // A deep link is the dashboard's own file, and what it asks goes through to the Worker.
  await page.goto(`${pages.url}/suppressions`);
  await page.getByText("Nobody is suppressed").waitFor();
  expect(faults).toEqual([]);
  await page.close();
});

test("the Worker's paths reach the Worker and everything else is a file with our headers", async () => {
  const health = await fetch(`${pages.url}/health`);
  expect(await health.json()).toMatchObject({ ok: true });
  expect((await fetch(`${pages.url}/v1/me`)).status).toBe(401);
  const refused = await fetch(`${pages.url}/v1/cadences`, { method: "DELETE" });
  expect(refused.status).not.toBe(200);
  expect(refused.headers.get("content-type")).toContain("application/problem+json");
  const deep = await fetch(`${pages.url}/enrollments/enr_x`);
  expect(deep.headers.get("content-security-policy")).toContain("default-src 'none'");
  expect(await deep.text()).toContain('<div id="root">');
});
