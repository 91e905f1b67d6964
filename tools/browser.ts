import { existsSync } from "node:fs";
import chromium from "@sparticuz/chromium";
import { type Browser, type BrowserContext, type Page, chromium as playwright } from "playwright-core";

/** Where an installed browser lies, where the one from npm doesn't run (macOS, Windows). */
const INSTALLED = [
  process.env["CHROME_PATH"],
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "/usr/bin/google-chrome",
  "/usr/bin/chromium",
];

/** A real headless Chromium: on Linux the one inside the npm package, which needs no system packages; elsewhere an installed Chrome. */
export async function launchBrowser(): Promise<Browser> {
  const isLinux = process.platform === "linux" && process.arch === "x64";
  const executablePath = isLinux ? await chromium.executablePath() : INSTALLED.find((path) => path && existsSync(path));
  if (executablePath === undefined) throw new Error("No Chrome was found: install one, or name it in CHROME_PATH.");
  // The package's own arguments are for one process without web security: nothing could be shown by that.
  return playwright.launch({ executablePath, args: ["--no-sandbox"], headless: true });
}

/** What a browser keeps of somebody who is signed in, to be given to newContext as `storageState`. */
export type Session = Awaited<ReturnType<BrowserContext["storageState"]>>;

/** Signs in by the link that a start prints, as a person would. */
export async function signIn(browser: Browser, link: string): Promise<Session> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(link);
  await page.getByRole("button", { name: "Sign in" }).first().click();
  await page.getByRole("heading", { name: "Home" }).waitFor();
  const session = await context.storageState();
  await context.close();
  return session;
}

/** Waits until a screen shows what it has read, charts too. */
export async function settle(page: Page): Promise<void> {
  await page.locator("h1").first().waitFor();
  await page.locator('[role="status"][aria-label="Loading"]').first().waitFor({ state: "detached" });
  await page.waitForLoadState("networkidle");
  await page.waitForTimeout(300); // a chart draws itself once its place is measured
}

/** Whether one would have to scroll sideways. */
export async function isWiderThanItsWindow(page: Page): Promise<boolean> {
  return page.evaluate<boolean>("document.documentElement.scrollWidth > window.innerWidth + 1");
}
