import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { z } from "zod";
import { openApi } from "../tools/demo/api.ts";
import { ensureBuilt } from "../tools/ensure-built.ts";
import { startLocal } from "../tools/local.ts";
import { PlainError, runProgram } from "../tools/plain-error.ts";

const HELP = `node bench/full-mailbox.ts [options]     many due in one minute at a mailbox that may send few a day, on the whole system

  --enrollments N   10000
  --cap N           what the mailbox may send a day; 50
  --gap N           instead of a cap: so many seconds between two messages
  --help            print this

Ends with one JSON line: how many leave on each of the first days (by when each says that it leaves), what the first one over
the cap is told, and how long all of it took, in seconds.`;

const AT_ONCE = 20;
const SETTLED_WITHIN_MS = 20 * 60_000;
const STATIC = { kind: "email", draftStrategy: "static", staticSubject: "A question", staticBody: "Hello" };

const Id = z.object({ id: z.string() });
const Decision = z.object({
  summary: z.string(),
  next: z.object({ earliestAt: z.string().nullable(), blockedBy: z.string().nullable() }).nullable(),
});
const Seen = z.object({ waitingFor: z.object({ gate: z.string(), until: z.string() }).nullable(), state: z.string() });

await runProgram(async () => {
  const { values } = parseArgs({
    options: {
      enrollments: { type: "string", default: "10000" },
      cap: { type: "string", default: "50" },
      gap: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return console.log(HELP);
  const enrollments = whole(values.enrollments);
  const pace = values.gap === undefined ? { dailySendCap: whole(values.cap) } : { minGapSeconds: whole(values.gap) };
  ensureBuilt();
  const dataDir = await mkdtemp(join(tmpdir(), "drafthook-mailbox-"));
  const local = await startLocal({
    dataDir,
    port: 0,
    cronEverySeconds: 0,
    onLog: (level, line) => level === "problem" && console.error(line),
  });
  try {
    const api = openApi(local.url, local.key);
    const mailbox = { provider: "sandbox", email: "full@drafthook.localhost", ...pace };
    const { id: mailboxId } = await api.post("/v1/mailboxes", mailbox, Id);
    const settings = { mailboxId, businessHoursOnly: false, dailySendCap: 100_000 };
    const made = await api.post(
      "/v1/cadences",
      { name: "Many", publish: true, steps: [STATIC], ...settings },
      z.object({ cadence: Id }),
    );
    const from = performance.now();
    const dueAt = Date.now() + (enrollments / 100 + 30) * 1_000;
    const ids = await inTurn(enrollments, async (n) => {
      const lead = {
        leadExternalId: `lead-${n}`,
        leadEmail: `lead-${n}@lead.example`,
        startAt: new Date(dueAt + (n % 60_000)).toISOString(),
      };
      const answer = await api.post(`/v1/cadences/${made.cadence.id}/enrollments`, lead, z.object({ enrollment: Id }));
      return answer.enrollment.id;
    });
    const enrolledSeconds = Math.round((performance.now() - from) / 1_000);
    if (Date.now() > dueAt)
      console.error(
        `enrolling took longer than thought: ${enrolledSeconds} s; the first were due before the last came`,
      );
    const see = (id: string) => api.get(`/v1/enrollments/${id}`, Seen);
    const seen = await settled(ids, see, dueAt);
    const leaves = seen.map((one) => (one.waitingFor === null ? "sent" : one.waitingFor.until.slice(0, 10)));
    const byDay: Record<string, number> = {};
    for (const day of leaves) byDay[day] = (byDay[day] ?? 0) + 1;
    const days = Object.entries(byDay).toSorted(([a], [b]) => (a === "sent" ? -1 : b === "sent" ? 1 : a < b ? -1 : 1));
    const today = new Date().toISOString().slice(0, 10);
    const over = ids.find((_id, n) => leaves[n] !== "sent" && leaves[n] !== today) ?? ids[0] ?? "";
    const { summary } = await api.get(`/v1/enrollments/${over}/decision`, Decision);
    const seconds = Math.round((performance.now() - from) / 1_000);
    console.log(
      JSON.stringify({
        enrollments,
        ...pace,
        days: days.length,
        first: days.slice(0, 5),
        last: days.slice(-2),
        over: summary,
        enrolledSeconds,
        seconds,
      }),
    );
  } finally {
    await local.stop();
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
  }
});

function whole(text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new PlainError(`a whole number from 1 to 999999 is wanted, not "${text}".`);
}

/** Each of so many, some at once, in order. */
async function inTurn<Value>(count: number, make: (n: number) => Promise<Value>): Promise<Value[]> {
  const all: Value[] = [];
  for (let start = 0; start < count; start += AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, count - start) }, (_, n) => make(start + n));
    all.push(...(await Promise.all(some)));
  }
  return all;
}

/** How all of them stand once each was sent or has its own time. */
async function settled(
  ids: readonly string[],
  see: (id: string) => Promise<z.infer<typeof Seen>>,
  dueAt: number,
): Promise<readonly z.infer<typeof Seen>[]> {
  await wait(Math.max(dueAt + 60_000 - Date.now(), 0));
  for (const until = Date.now() + SETTLED_WITHIN_MS; Date.now() < until; ) {
    const seen = await inTurn(ids.length, (n) => see(ids[n] ?? ""));
    const open = seen.filter(({ state, waitingFor }) => state === "active" && waitingFor === null);
    if (open.length === 0) return seen;
    console.error(`${open.length} have no word yet`);
    await wait(10_000);
  }
  throw new PlainError("some had no word from the mailbox after twenty minutes.");
}
