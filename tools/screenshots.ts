import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BrowserContext, Page } from "playwright-core";
import { isWiderThanItsWindow, launchBrowser, settle, signIn } from "./browser.ts";
import { ensureBuilt } from "./ensure-built.ts";
import { startLocal } from "./local.ts";
import { runProgram } from "./plain-error.ts";
import { inProject } from "./project.ts";
import { playScene } from "./scene.ts";
import { screensOf } from "./screens.ts";

const FOLDER = inProject("docs", "screenshots");
const SIZES = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };

/*
 * npm run screenshots: fills a system of its own by the scene, and takes every screen on a desk and a phone, light and dark, for
 * docs/dashboard.md. Says where a page is wider than its window or complains.
 */
await runProgram(async () => {
  ensureBuilt();
  const dataDir = mkdtempSync(join(tmpdir(), "drafthook-screenshots-"));
  const local = await startLocal({ port: 0, dataDir, cronEverySeconds: 0 });
  const scene = await playScene(local);
  const browser = await launchBrowser();
  try {
    const screens = await screensOf(local);
    const session = await signIn(browser, local.signInLink);
    mkdirSync(FOLDER, { recursive: true });
    for (const [size, viewport] of Object.entries(SIZES))
      for (const colorScheme of ["light", "dark"] as const) {
        const context = await browser.newContext({
          storageState: session,
          viewport,
          colorScheme,
          timezoneId: "Europe/Zurich",
        });
        for (const { name, path } of screens) await shoot(context, local.url + path, `${name}-${size}-${colorScheme}`);
        await context.close();
      }
  } finally {
    await browser.close();
    scene.webhook.close();
    await local.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
});

async function shoot(context: BrowserContext, url: string, name: string): Promise<void> {
  const page = await context.newPage();
  page.on("pageerror", (error) => console.error(`${name}: ${error.message}`));
  page.on("console", (message) => message.type() === "error" && console.error(`${name}: ${message.text()}`));
  await page.goto(url);
  await page.locator("h1").first().waitFor();
  await settle(page);
  writeFileSync(join(FOLDER, `${name}.webp`), await toWebp(page, await page.screenshot()));
  const isWide = await isWiderThanItsWindow(page);
  console.log(`${name}.webp${isWide ? " IS WIDER THAN ITS WINDOW" : ""}`);
  await page.close();
}

/** A third of a PNG's bytes; the browser itself does it. */
async function toWebp(page: Page, png: Buffer): Promise<Buffer> {
  const drawn = await page.evaluate<string>(`new Promise((resolve) => {
    const image = new Image();
    image.onload = () => {
      const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
      canvas.getContext("2d").drawImage(image, 0, 0);
      resolve(canvas.toDataURL("image/webp", 0.82));
    };
    image.src = "data:image/png;base64,${png.toString("base64")}";
  })`);
  return Buffer.from(drawn.slice(drawn.indexOf(",") + 1), "base64");
}
