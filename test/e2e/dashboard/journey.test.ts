import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchBrowser } from "../../../tools/browser.ts";
import { ensureBuilt } from "../../../tools/ensure-built.ts";
import { type Local, startLocal } from "../../../tools/local.ts";
import { inProject } from "../../../tools/project.ts";

/** Ben's text is to be looked at by a person first. */
const CSV =
  "Full name;E-mail address;CRM id;Company\nAda Lovelace;ada@engines.example;crm-1;Analytical Engines\nBen Müller;ben@solar.example;crm-2;Solar & Söhne\nNo Address;not-an-address;crm-3;Nowhere\n";

let dataDir = "";
let local: Local;
let webhook: Server;
let browser: Browser;
let page: Page;
const faults: string[] = [];

beforeAll(async () => {
  ensureBuilt();
  dataDir = mkdtempSync(join(tmpdir(), "drafthook-journey-"));
  [local, browser, webhook] = await Promise.all([
    startLocal({ port: 0, dataDir, cronEverySeconds: 0 }),
    launchBrowser(),
    drafter(),
  ]);
  page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.setDefaultTimeout(20_000);
  page.on("pageerror", (error) => faults.push(error.message));
});

afterAll(async () => {
  await browser?.close();
  webhook?.close();
  await local?.stop();
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
});

test("from the sign-in to the lead's answer, by the screens alone", async ({ onTestFailed }) => {
  onTestFailed(async () => void (await page.screenshot({ path: inProject("dist", "journey-failed.png") })));
  await signInFirst();
  await makeCadence();
  await importFile();
  await readAttempt();
  await releaseHeldDraft();
  await answerAsLead();
  await seeItStop();
  expect(faults).toEqual([]);
});

async function signInFirst(): Promise<void> {
  await page.goto(local.signInLink);
  await page.getByRole("button", { name: "Sign in" }).first().click();
  await page.getByText("To your first message").waitFor();
}

async function makeCadence(): Promise<void> {
  await page.getByRole("link", { name: /Make a cadence/ }).click();
  await page.getByLabel("Name").fill("Spring roofs");
  await page.getByLabel("A new endpoint").check();
  await page.getByLabel("Webhook URL").fill(`http://127.0.0.1:${(webhook.address() as AddressInfo).port}/drafts`);
  await page.getByLabel("Three e-mails").check();
  await page.getByRole("button", { name: "Make the cadence" }).click();
  await page.getByText(/^whsec_/).waitFor();
  await page.getByRole("button", { name: /I have stored it/ }).click();

  await page.getByRole("navigation", { name: "Parts of this cadence" }).getByRole("link", { name: "Settings" }).click();
  await page.getByLabel("Business hours only").uncheck();
  await page.getByRole("button", { name: /^Save/ }).click();
  await page.getByRole("button", { name: "Publish", exact: true }).click();
  await page.getByRole("button", { name: "Publish version 1" }).click();
  await page.getByText("Version 1").first().waitFor();
}

async function importFile(): Promise<void> {
  await page.getByRole("link", { name: "Enrollments" }).first().click();
  await page.getByRole("link", { name: "Add leads" }).first().click();
  await page.getByRole("link", { name: /File/ }).click();
  await page.getByLabel("Cadence").selectOption({ label: "Spring roofs" });
  await page
    .getByLabel("A CSV file of leads")
    .setInputFiles({ name: "leads.csv", mimeType: "text/csv", buffer: Buffer.from(CSV) });
  await page.getByText("1 row with faults is left out").waitFor();
  await page.getByRole("button", { name: "Enroll 2 leads in Spring roofs" }).click();
  await page.getByRole("link", { name: "See the enrollments" }).click();
  await page.getByRole("link", { name: /Ada Lovelace/ }).waitFor();
  await page.getByRole("link", { name: /Ben Müller/ }).waitFor();
}

/** A step goes out while one watches the log, and one reads what crossed the wire. */
async function readAttempt(): Promise<void> {
  await page.keyboard.press("g");
  await page.keyboard.press("l");
  const sent = page.getByRole("row", { name: /Asked for a draft/ }).first();
  await sent.getByRole("link").first().click();
  await page.getByText("cadence.step.draft.requested").first().waitFor();
  await page.getByText("webhook-signature").first().waitFor();
  await page.getByText("The roofs of spring").first().waitFor();
}

async function releaseHeldDraft(): Promise<void> {
  await page.goto(`${local.url}/held`);
  await page.getByText("Hello Ben").first().waitFor();
  await page.keyboard.press("r");
  await page.getByRole("button", { name: "Undo" }).waitFor();
  await expect
    .poll(async () => (await mails()).map(({ to }) => to).sort(), { timeout: 20_000 })
    .toEqual(["ada@engines.example", "ben@solar.example"]);
}

async function answerAsLead(): Promise<void> {
  await page.goto(`${local.url}/sandbox`);
  await page
    .getByRole("link", { name: /ada@engines\.example|The roofs of spring/ })
    .last()
    .click();
  await page.getByText("Hello Ada").first().waitFor();
  await page.getByLabel("What they write").fill("Yes, call me on Tuesday.");
  await page.getByRole("button", { name: "Send as the lead" }).click();
  await page.getByText("The reply came in.").first().waitFor();
}

/** The reply is read by a person's eyes, and the cadence has stopped for her. */
async function seeItStop(): Promise<void> {
  await page.goto(`${local.url}/inbox`);
  await page
    .getByRole("link", { name: /Ada Lovelace/ })
    .first()
    .click();
  await page.getByText("Yes, call me on Tuesday.").first().waitFor();
  await page.goto(`${local.url}/enrollments?search=ada`);
  await page
    .getByRole("link", { name: /Ada Lovelace/ })
    .first()
    .click();
  await page.getByText("They replied").first().waitFor();
}

async function mails(): Promise<readonly { readonly to: string }[]> {
  const response = await fetch(`${local.url}/v1/sandbox/messages`, {
    headers: { authorization: `Bearer ${local.key}` },
  });
  return ((await response.json()) as { data: readonly { to: string }[] }).data;
}

/** The customer's webhook: a text for everybody, and for Ben one that a person is to see first. */
async function drafter(): Promise<Server> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const asked = JSON.parse(Buffer.concat(chunks).toString("utf8"));
    const first = String(asked.enrollment?.leadName ?? "").split(" ")[0];
    const words = {
      subject: "The roofs of spring",
      body: `Hello ${first},\n\nshall we talk?`,
      ...(first === "Ben" ? { review: true } : {}),
    };
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(asked.type === "cadence.step.draft.requested" ? words : {}));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}
