import { existsSync } from "node:fs";
import chromium from "@sparticuz/chromium";
import { type Browser, chromium as playwright } from "playwright-core";

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
