import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchBrowser, signIn } from "../../../tools/browser.ts";
import { ensureBuilt } from "../../../tools/ensure-built.ts";
import { type Local, startLocal } from "../../../tools/local.ts";
import { startScriptedServer } from "../../support/smtp-scripted-server.ts";

/** It takes every message whole and then breaks off: nobody can say whether it arrived. */
const mail = startScriptedServer({ endOfData: "cut" });

let dataDir = "";
let local: Local;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  ensureBuilt();
  dataDir = mkdtempSync(join(tmpdir(), "drafthook-doubtful-"));
  mail.server.listen(0, "127.0.0.1");
  await once(mail.server, "listening");
  [local, browser] = await Promise.all([startLocal({ port: 0, dataDir, cronEverySeconds: 0 }), launchBrowser()]);
  const smtp = { host: "127.0.0.1", port: (mail.server.address() as AddressInfo).port, security: "none" };
  const { id: mailboxId } = await ask<{ id: string }>("POST", "/v1/mailboxes", {
    provider: "smtp",
    email: "jane@acme.example",
    smtp,
  });
  const { cadence } = await ask<{ cadence: { id: string } }>("POST", "/v1/cadences", {
    ...{ name: "Doubtful", mailboxId, businessHoursOnly: false, publish: true },
    steps: [
      { kind: "email", draftStrategy: "static", staticSubject: "A question", staticBody: "Hello, shall we talk?" },
    ],
  });
  for (const name of ["Ada", "Ben"])
    await ask("POST", `/v1/cadences/${cadence.id}/enrollments`, {
      leadExternalId: name,
      leadName: name,
      leadEmail: `${name}@lead.example`,
    });
  const session = await signIn(browser, local.signInLink);
  const context = await browser.newContext({ storageState: session, viewport: { width: 1440, height: 900 } });
  page = await context.newPage();
  page.setDefaultTimeout(30_000);
});

afterAll(async () => {
  await browser?.close();
  await local?.stop();
  mail.server.close();
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
});

test("two sends in doubt: one is said to have arrived, the other is sent again, and nothing else goes out", async () => {
  await page.goto(local.url);
  await page.getByRole("button", { name: "Live" }).click();
  await expect.poll(async () => (await held()).length, { timeout: 60_000 }).toBe(2);
  expect(mail.transcript.bodies).toHaveLength(2);

  await page.goto(`${local.url}/held`);
  await page.getByText("2 wait", { exact: true }).waitFor();
  // Taken back: it waits as before.
  await page.getByRole("button", { name: /It arrived/ }).waitFor();
  await page.keyboard.press("y");
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByText("2 wait", { exact: true }).waitFor();
  expect(await held()).toHaveLength(2);

  await page.getByRole("button", { name: /It arrived/ }).waitFor();
  await page.keyboard.press("y");
  await page.getByText("1 waits", { exact: true }).waitFor();
  await expect.poll(async () => (await held()).length, { timeout: 30_000 }).toBe(1);
  expect(mail.transcript.bodies).toHaveLength(2);

  await page.getByRole("button", { name: /It arrived/ }).waitFor();
  await page.keyboard.press("n");
  await expect.poll(() => mail.transcript.bodies.length, { timeout: 30_000 }).toBe(3);
  await expect.poll(states, { timeout: 30_000 }).toEqual(["completed", "held"]);
});

async function held(): Promise<readonly unknown[]> {
  return (await ask<{ data: readonly unknown[] }>("GET", "/v1/enrollments?held=true")).data;
}

async function states(): Promise<readonly string[]> {
  const { data } = await ask<{ data: readonly { state: string }[] }>("GET", "/v1/enrollments");
  return data.map(({ state }) => state).sort();
}

async function ask<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
  const response = await fetch(local.url + path, {
    method,
    headers: { authorization: `Bearer ${local.liveKey}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Answer;
}
