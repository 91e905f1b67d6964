import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { AxeResults } from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isWiderThanItsWindow, launchBrowser, type Session, settle, signIn } from "../../../tools/browser.ts";
import { ensureBuilt } from "../../../tools/ensure-built.ts";
import { type Local, startLocal } from "../../../tools/local.ts";
import { inProject } from "../../../tools/project.ts";
import { playScene, type Scene } from "../../../tools/scene.ts";
import { type Screen, screensOf } from "../../../tools/screens.ts";

const AXE = readFileSync(inProject("node_modules", "axe-core", "axe.min.js"), "utf8");
const FIRST_LOAD_GZIP_KIB_MAX = 200;

let dataDir = "";
let local: Local;
let scene: Scene;
let browser: Browser;
let session: Session;
let screens: readonly Screen[] = [];

beforeAll(async () => {
  ensureBuilt();
  dataDir = mkdtempSync(join(tmpdir(), "drafthook-screens-"));
  local = await startLocal({ port: 0, dataDir, cronEverySeconds: 0 });
  [scene, browser] = await Promise.all([playScene(local), launchBrowser()]);
  screens = await screensOf(local);
  session = await signIn(browser, local.signInLink);
});

afterAll(async () => {
  await browser?.close();
  scene?.webhook.close();
  await local?.stop();
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
});

describe.each([
  { where: "on a desk, light", viewport: { width: 1440, height: 900 }, colorScheme: "light" },
  { where: "on a phone, dark", viewport: { width: 390, height: 844 }, colorScheme: "dark" },
] as const)("$where", ({ viewport, colorScheme }) => {
  test("no screen is wider than its window, complains, asks elsewhere, or has a serious fault for anybody's reader", async () => {
    const context = await browser.newContext({ storageState: session, viewport, colorScheme });
    const faults: string[] = [];
    expect(screens.length).toBeGreaterThan(25);
    const look = async ({ name, path }: Screen) => {
      const page = await context.newPage();
      page.on("pageerror", (error) => faults.push(`${name}: ${error.message}`));
      page.on("console", (message) => message.type() === "error" && faults.push(`${name}: ${message.text()}`));
      page.on("request", (request) => isElsewhere(request.url()) && faults.push(`${name} asks ${request.url()}`));
      await page.goto(local.url + path);
      await settle(page);
      if (await isWiderThanItsWindow(page)) faults.push(`${name} is wider than its window`);
      faults.push(...(await seriousFaults(page)).map((fault) => `${name}: ${fault}`));
      await page.close();
    };
    // They wait more than they work: three at a time.
    const left = [...screens];
    const worker = async () => {
      for (let next = left.shift(); next !== undefined; next = left.shift()) await look(next);
    };
    await Promise.all([worker(), worker(), worker()]);
    await context.close();
    expect(faults).toEqual([]);
  });
});

/** By the screen's name and the button that opens it. */
const DIALOGS = [
  ["suppressions", "Add"],
  ["endpoints", "New endpoint"],
  ["endpoint", "Change"],
  ["endpoint", "Delete"],
  ["mailboxes", "New mailbox"],
  ["mailbox", "Change"],
  ["members", "Invite"],
  ["keys", "Make a key"],
  ["cadence", "Test call"],
  ["enrollment", "Edit lead"],
  ["enrollment", "Unenroll"],
  ["unmatched-mail", "Attach to…"],
] as const;

test("each dialog can be read by anybody's reader, is left by Escape, and gives the focus back to what opened it", async () => {
  const context = await browser.newContext({ storageState: session, viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const faults: string[] = [];
  for (const [name, label] of DIALOGS) {
    await page.goto(local.url + (screens.find((screen) => screen.name === name)?.path ?? "/none"));
    await settle(page);
    const opener = page.getByRole("button", { name: label, exact: true }).first();
    await opener.click();
    await page.getByRole("dialog").waitFor();
    faults.push(...(await seriousFaults(page)).map((fault) => `${name}, ${label}: ${fault}`));
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    const focused = await page.evaluate<string>("document.activeElement.textContent.trim()");
    if (focused !== label) faults.push(`${name}, ${label}: the focus is on "${focused.slice(0, 40)}"`);
  }
  await context.close();
  expect(faults).toEqual([]);
});

test("the control: a button without a name and a grey on grey are found", async () => {
  const page = await browser.newPage();
  await page.setContent(
    '<html lang="en"><title>x</title><main><h1>x</h1><button></button><p style="color:#bbb;background:#ccc">grey</p></main></html>',
  );
  const faults = await seriousFaults(page);
  expect(faults.join()).toContain("button-name");
  expect(faults.join()).toContain("color-contrast");
  await page.close();
});

test("the first screen takes at most 200 KiB of script, gzipped, until charts are drawn", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const scripts: string[] = [];
  page.on("response", (response) => response.url().endsWith(".js") && scripts.push(new URL(response.url()).pathname));
  await page.goto(`${local.url}/sign-in`);
  await context.addCookies(session.cookies);
  scripts.length = 0;
  await page.goto(`${local.url}/held`);
  await settle(page);
  const sizes = scripts.map(
    (path) => gzipSync(readFileSync(inProject("dashboard", "dist", path)), { level: 9 }).byteLength,
  );
  const kib = sizes.reduce((sum, size) => sum + size, 0) / 1024;
  expect(scripts.length).toBeGreaterThan(1);
  expect(kib).toBeLessThan(FIRST_LOAD_GZIP_KIB_MAX);
  await context.close();
});

function isElsewhere(url: string): boolean {
  return !url.startsWith(local.url) && !url.startsWith("data:");
}

/** What axe calls serious or critical, by its rule and the place. */
async function seriousFaults(page: Page): Promise<readonly string[]> {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate<AxeResults>(
    'axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] })',
  );
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) =>
      nodes
        .slice(0, 3)
        .map(({ html, failureSummary }) => `${id} at ${html.slice(0, 160)} (${failureSummary?.slice(0, 160)})`),
    );
}
