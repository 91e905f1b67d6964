import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Page } from "playwright-core";
import { launchBrowser, signIn } from "../tools/browser.ts";
import { ensureBuilt } from "../tools/ensure-built.ts";
import { type Local, startLocal } from "../tools/local.ts";
import { PlainError, runProgram } from "../tools/plain-error.ts";

const HELP = `node bench/dashboard-lists.ts [options]     the dashboard's lists over many rows, in a real browser on the whole system

  --rows N   100000, of enrollments and of log lines each
  --help     print this

Ends with one JSON line: milliseconds until the first row is seen, for each list, filter and search; how many rows the page holds
in its DOM after a thousand rows were scrolled through; and the longest frames of that scrolling.`;

/** The lists that are opened; a search looks through so many of the newest rows at a time, as the API says. */
const PATHS = {
  enrollments: "/enrollments",
  enrollmentsOfOneState: "/enrollments?state=paused",
  enrollmentsOfOneAddress: "/enrollments?search=lead99",
  log: "/log",
  logOfFailures: "/log?outcome=failed",
};

await runProgram(async () => {
  const { values } = parseArgs({
    options: { rows: { type: "string", default: "100000" }, help: { type: "boolean", default: false } },
  });
  if (values.help) return console.log(HELP);
  const rows = Number(values.rows);
  if (!Number.isSafeInteger(rows) || rows < 1_000) throw new PlainError("--rows takes a whole number from 1000 on.");
  ensureBuilt();
  const dataDir = await mkdtemp(join(tmpdir(), "drafthook-lists-"));
  const local = await startLocal({ dataDir, port: 0, cronEverySeconds: 0 });
  const browser = await launchBrowser();
  try {
    await fill(local, rows);
    const session = await signIn(browser, local.signInLink);
    const context = await browser.newContext({ storageState: session, viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    const measured: Record<string, number> = {};
    for (const [name, path] of Object.entries(PATHS)) measured[name] = await firstRowMs(page, local.url + path);
    console.log(JSON.stringify({ rows, measured, ...(await scroll(page, `${local.url}/enrollments`)) }));
  } finally {
    await browser.close();
    await local.stop();
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
  }
});

/** By SQL: to enroll a hundred thousand would take a quarter of an hour, and what is measured is reading. */
async function fill({ database, url, key }: Local, rows: number): Promise<void> {
  const response = await fetch(`${url}/v1/cadences`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify({
      name: "Many",
      publish: true,
      steps: [{ kind: "email", draftStrategy: "static", staticSubject: "A", staticBody: "B" }],
    }),
  });
  const { cadence } = (await response.json()) as { cadence: { id: string } };
  const { tenant } = (await (await fetch(`${url}/v1/me`, { headers: { authorization: `Bearer ${key}` } })).json()) as {
    tenant: { id: string };
  };
  const now = Date.now();
  const numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)";
  await database
    .prepare(
      `${numbers} INSERT INTO enrollments (id, tenant_id, mode, cadence_id, version, lead_external_id, lead_name, lead_email, beginning, state, phase, step, next_due_at, created_at, updated_at)
       SELECT 'enr_bench' || i, ?2, 'sandbox', ?3, 1, 'crm-' || i, 'Lead ' || i, 'lead' || i || '@far.example', '{}',
         iif(i % 50 = 0, 'paused', 'active'), 'waiting', 0, ?4 + 86400000 + i, ?4, ?4 FROM n`,
    )
    .bind(rows, tenant.id, cadence.id, now)
    .run();
  await database
    .prepare(
      `${numbers} INSERT INTO journal (enrollment_id, entry, tenant_id, mode, at, kind, cadence_id, version, step, what, subject_id, attempt, status, outcome, total_ms, first_byte_ms, url, excerpt)
       SELECT 'enr_bench' || i, 1, ?2, 'sandbox', ?4 - (?1 - i) * 1000, 'exchange', ?3, 1, 0, 'cadence.step.draft.requested', 'drf_bench' || i, 1,
         iif(i % 50 = 0, 500, 200), iif(i % 50 = 0, 'http_500', 'answered'), 40 + i % 400, 30, 'https://far.example/drafts', 'Hello' FROM n`,
    )
    .bind(rows, tenant.id, cadence.id, now)
    .run();
}

async function firstRowMs(page: Page, url: string): Promise<number> {
  const since = performance.now();
  await page.goto(url);
  await page.locator('[role="rowgroup"] [role="row"] a').first().waitFor();
  return Math.round(performance.now() - since);
}

async function scroll(
  page: Page,
  url: string,
): Promise<{ readonly domRows: number; readonly frameP95Ms: number; readonly frameMaxMs: number }> {
  await page.goto(url);
  await page.locator('[role="rowgroup"] [role="row"] a').first().waitFor();
  const frames = await page.evaluate<number[]>(`new Promise((resolve) => {
    const gaps = []; let last = performance.now(); let y = 0;
    const step = (now) => {
      gaps.push(now - last); last = now; y += 260; scrollTo(0, y);
      y < 52 * 1000 ? requestAnimationFrame(step) : resolve(gaps);
    };
    requestAnimationFrame(step);
  })`);
  const sorted = frames.map(Math.round).sort((left, right) => left - right);
  const domRows = await page.locator('[role="rowgroup"] [role="row"]').count();
  return { domRows, frameP95Ms: sorted[Math.floor(sorted.length * 0.95)] ?? 0, frameMaxMs: sorted.at(-1) ?? 0 };
}
