import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { z } from "zod";
import { type Api, openApi } from "../tools/demo/api.ts";
import { inBatches } from "../tools/demo/in-batches.ts";
import { ensureBuilt } from "../tools/ensure-built.ts";
import { startLocal } from "../tools/local.ts";
import { PlainError, runProgram } from "../tools/plain-error.ts";

const HELP = `node bench/punctuality.ts [options]     how late a due step asks its endpoint (goal R5), on the whole system

  --enrollments N   how many leads, all due within the minute; 10000
  --over SECONDS    the time within which they are due; 60
  --help            print this

Ends with one JSON line; times in milliseconds, early is how many asked before they were due.`;

/** Enrolling so many may take this long for each, before the first is due. */
const ENROLL_MS = 12;
const PATIENCE_MS = 120_000;
const Created = z.object({ cadence: z.object({ id: z.string() }) });

await runProgram(async () => {
  const wanted = readArguments();
  if (wanted === null) return console.log(HELP);
  ensureBuilt();
  const asked = new Map<string, number>();
  const drafter = await listen((lead) => {
    if (!asked.has(lead)) asked.set(lead, Date.now());
  });
  const dataDir = await mkdtemp(join(tmpdir(), "drafthook-punctuality-"));
  const local = await startLocal({ dataDir, port: 0, cronEverySeconds: 0 });
  try {
    const api = openApi(local.url, local.key);
    const due = await enrollAll(api, drafter.url, wanted);
    console.error(`${due.size} enrolled; waiting until all were asked`);
    const until = Math.max(...due.values()) + PATIENCE_MS;
    while (asked.size < due.size && Date.now() < until) await wait(500);
    console.log(JSON.stringify(judge(due, asked, wanted.overSeconds)));
  } finally {
    await local.stop();
    drafter.close();
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
  }
});

interface Wanted {
  readonly enrollments: number;
  readonly overSeconds: number;
}

function readArguments(): Wanted | null {
  const { values } = parseArgs({
    options: {
      enrollments: { type: "string", default: "10000" },
      over: { type: "string", default: "60" },
      help: { type: "boolean", default: false },
    },
  });
  const whole = (option: string, text: string): number => {
    if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
    throw new PlainError(`${option} takes a whole number from 1 to 999999, not "${text}".`);
  };
  if (values.help) return null;
  return { enrollments: whole("--enrollments", values.enrollments), overSeconds: whole("--over", values.over) };
}

/** An endpoint that skips every step, so that nothing but asking is measured. */
async function listen(onAsked: (lead: string) => void): Promise<{ readonly url: string; close(): void }> {
  const Asked = z.object({ type: z.string(), enrollment: z.object({ leadExternalId: z.string() }) });
  const server = createServer(async (request, response) => {
    const at: Buffer[] = [];
    for await (const chunk of request) at.push(chunk as Buffer);
    const { type, enrollment } = Asked.parse(JSON.parse(Buffer.concat(at).toString("utf8")));
    const isDraft = type === "cadence.step.draft.requested";
    if (isDraft) onAsked(enrollment.leadExternalId);
    response.writeHead(200, { "content-type": "application/json" }).end(isDraft ? '{"skip":true}' : "");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the endpoint has no port");
  return { url: `http://127.0.0.1:${address.port}/hook`, close: () => server.close() };
}

/** Enrolls everybody; answers when each is due. */
async function enrollAll(api: Api, webhookUrl: string, wanted: Wanted): Promise<ReadonlyMap<string, number>> {
  const steps = [{ kind: "email", draftStrategy: "webhook" }];
  const body = { name: "Punctual", webhookUrl, businessHoursOnly: false, dailySendCap: 100_000, steps };
  const { cadence } = await api.post("/v1/cadences", body, Created);
  const from = Date.now() + wanted.enrollments * ENROLL_MS + 10_000;
  const leads = Array.from({ length: wanted.enrollments }, (_, n) => ({
    leadExternalId: `lead-${n}`,
    leadEmail: `lead-${n}@lead.example`,
    startAt: new Date(from + Math.floor((n * wanted.overSeconds * 1_000) / wanted.enrollments)).toISOString(),
  }));
  await inBatches(leads, async (lead) => {
    await api.post(`/v1/cadences/${cadence.id}/enrollments`, lead, z.unknown());
  });
  if (Date.now() > from)
    throw new PlainError("Enrolling took longer than was set aside for it; try fewer, or a quieter machine.");
  return new Map(leads.map(({ leadExternalId, startAt }) => [leadExternalId, Date.parse(startAt)]));
}

function judge(due: ReadonlyMap<string, number>, asked: ReadonlyMap<string, number>, overSeconds: number) {
  const late = [...due].flatMap(([lead, at]) => (asked.get(lead) ?? Number.NaN) - at).filter((ms) => !Number.isNaN(ms));
  late.sort((one, other) => one - other);
  const at = (share: number) => late[Math.min(late.length - 1, Math.floor(late.length * share))] ?? null;
  return {
    enrollments: due.size,
    overSeconds,
    asked: late.length,
    early: late.filter((ms) => ms < 0).length,
    p50: at(0.5),
    p99: at(0.99),
    max: late.at(-1) ?? null,
  };
}
