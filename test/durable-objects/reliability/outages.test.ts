import { env } from "cloudflare:workers";
import { afterEach, describe, expect, test, vi } from "vitest";
import { mailboxSecretContext } from "../../../adapters/mail/mailbox-secret.ts";
import { EnrollmentObject } from "../../../durable-objects/enrollment.ts";
import { EnrollmentStore } from "../../../durable-objects/enrollment-store.ts";
import type { EnrollmentStub } from "../../../durable-objects/stub.ts";
import {
  alarmOf,
  drafts,
  enroll,
  makeWorld,
  ring,
  runUntil,
  START,
  sandboxMail,
  setClock,
  type World,
} from "../../support/enrollment.ts";
import { sealed } from "../../support/sealed.ts";
import { passWaits } from "../../support/waits.ts";

const HOUR = 3_600_000;
const MAIL_API = "https://api.resend.com";

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** Never answers. */
function hang(): Promise<never> {
  return new Promise(() => undefined);
}

/** A request that is never answered, and ends as the platform's own do when their signal says so. */
function hangingRequest(init: RequestInit | undefined): Promise<never> {
  return new Promise((_resolve, reject) => {
    init?.signal?.addEventListener("abort", () => reject(new Error("the request was aborted")));
  });
}

function hangD1(isHanging: (sql: string) => boolean = () => true): void {
  const { prepare } = env.DB;
  const statement = { bind: () => statement, first: hang, run: hang, all: hang, raw: hang };
  vi.spyOn(env.DB, "prepare").mockImplementation((sql) =>
    isHanging(sql) ? (statement as unknown as D1PreparedStatement) : prepare.call(env.DB, sql),
  );
  // What the log queue's consumer writes; it has no patience of its own, and nobody's step waits for it.
  if (isHanging("")) vi.spyOn(env.DB, "batch").mockRejectedValue(new Error("D1 is gone"));
}

/** Each statement takes so long, and is answered. */
function slowD1(ms: number): void {
  const { prepare, batch } = env.DB;
  const slow = (statement: D1PreparedStatement): D1PreparedStatement =>
    ({
      bind: (...values: unknown[]) => slow(statement.bind(...values)),
      first: () => scheduler.wait(ms).then(() => statement.first()),
      run: () => scheduler.wait(ms).then(() => statement.run()),
    }) as D1PreparedStatement;
  vi.spyOn(env.DB, "prepare").mockImplementation((sql) => {
    const statement = prepare.call(env.DB, sql);
    return /^\s*(select t\.enabled|insert into sandbox_mail|update endpoints)/i.test(sql) ? slow(statement) : statement;
  });
  vi.spyOn(env.DB, "batch").mockImplementation((statements) =>
    scheduler.wait(ms).then(() => batch.call(env.DB, statements)),
  );
}

function hangObjects(namespace: { get: unknown }): void {
  vi.spyOn(namespace as typeof env.ENDPOINT_BREAKERS, "get").mockImplementation(
    () => ({ fetch: hang }) as unknown as DurableObjectStub<undefined>,
  );
}

/** The mailbox's provider, which isn't the sandbox then; what the endpoint is asked goes on as before. */
function mailApi(answer: (init: RequestInit | undefined) => Promise<Response>): void {
  const toTheCustomer = vi.mocked(globalThis.fetch).getMockImplementation();
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) =>
    String(input).startsWith(MAIL_API)
      ? answer(init)
      : ((await toTheCustomer?.(input, init)) ?? new Response(null, { status: 599 })),
  );
}

async function sendsByApi({ tenantId, mailboxId }: World): Promise<void> {
  const secret = await sealed("re_key", mailboxSecretContext(tenantId, mailboxId));
  await env.DB.prepare("UPDATE mailboxes SET provider = 'resend', settings = ?, secret = ? WHERE id = ?")
    .bind(JSON.stringify({ apiUrl: MAIL_API }), secret, mailboxId)
    .run();
}

const TAKEN: QueueSendBatchResponse = { metadata: { metrics: { backlogBytes: 0, backlogCount: 0 } } };

interface Outage {
  readonly name: string;
  readonly begin: (world: World) => void | Promise<void>;
  /** How often an enrollment may look at it in the day. */
  readonly runsMax: number;
}

/** More than 94 KB in the log, where each quotation mark takes four bytes: the object itself puts it to R2. */
const LARGE = '"'.repeat(48_000);

/** Only a mailbox that has something to keep to is asked for a place. */
async function withGap({ mailboxId }: World): Promise<void> {
  await env.DB.prepare("UPDATE mailboxes SET min_gap_seconds = 1 WHERE id = ?").bind(mailboxId).run();
}

const REFUSING: readonly Outage[] = [
  {
    name: "D1",
    begin: () =>
      void vi.spyOn(env.DB, "prepare").mockImplementation(() => {
        throw new Error("D1 is gone");
      }),
    // Half of them for the log lines of the other half, which a single machine looks after. The spread of the waits gives 391 to 402.
    runsMax: 450,
  },
  {
    name: "the log queue",
    begin: () => void vi.spyOn(env.LOG_QUEUE, "sendBatch").mockRejectedValue(new Error("no queue")),
    runsMax: 250,
  },
  {
    name: "R2",
    begin: (world) => {
      world.answer = () => Response.json({ subject: "A question", body: LARGE });
      vi.spyOn(env.BODIES, "put").mockRejectedValue(new Error("no bucket"));
    },
    runsMax: 250,
  },
  {
    name: "the daily count",
    begin: () =>
      void vi.spyOn(env.DAILY_CAPS, "getByName").mockImplementation(() => {
        throw new Error("no counter");
      }),
    runsMax: 450,
  },
  {
    name: "the count of a person",
    begin: () =>
      void vi.spyOn(env.CONTACTS, "getByName").mockImplementation(() => {
        throw new Error("no count");
      }),
    runsMax: 450,
  },
  {
    name: "the mailbox's pace",
    begin: async (world) => {
      await withGap(world);
      vi.spyOn(env.MAILBOX_PACES, "getByName").mockImplementation(() => {
        throw new Error("no pace");
      });
    },
    runsMax: 450,
  },
  {
    name: "the endpoint",
    begin: (world) => {
      world.answer = () => new Response("", { status: 500 });
    },
    runsMax: 60,
  },
  {
    name: "the mail provider",
    begin: () => mailApi(async () => new Response("try later", { status: 503 })),
    runsMax: 60,
  },
  {
    name: "the object's own disk",
    begin: () =>
      void vi.spyOn(EnrollmentStore.prototype, "commit").mockImplementation(() => {
        throw new Error("disk trouble");
      }),
    runsMax: 250,
  },
];

const HANGING: readonly Outage[] = [
  { name: "D1", begin: () => hangD1(), runsMax: 450 },
  {
    name: "the log queue",
    begin: () => void vi.spyOn(env.LOG_QUEUE, "sendBatch").mockImplementation(hang),
    runsMax: 250,
  },
  {
    name: "R2",
    begin: (world) => {
      world.answer = () => Response.json({ subject: "A question", body: LARGE });
      const { put } = env.BODIES;
      const hangs = (key: string) => key.startsWith(world.tenantId);
      vi.spyOn(env.BODIES, "put").mockImplementation(((key: string, body: string) =>
        hangs(key) ? hang() : put.call(env.BODIES, key, body)) as R2Bucket["put"]);
      // Its consumer writes to R2 too, with no patience but the platform's.
      vi.spyOn(env.LOG_QUEUE, "sendBatch").mockImplementation(async () => TAKEN);
    },
    runsMax: 250,
  },
  {
    name: "the daily count",
    begin: () =>
      void vi
        .spyOn(env.DAILY_CAPS, "getByName")
        .mockImplementation(() => ({ reserve: hang, release: hang }) as unknown as never),
    runsMax: 450,
  },
  {
    name: "the count of a person",
    begin: () =>
      void vi
        .spyOn(env.CONTACTS, "getByName")
        .mockImplementation(() => ({ claim: hang, release: hang }) as unknown as never),
    runsMax: 450,
  },
  {
    name: "the mailbox's pace",
    begin: async (world) => {
      await withGap(world);
      vi.spyOn(env.MAILBOX_PACES, "getByName").mockImplementation(
        () => ({ ask: hang, release: hang }) as unknown as never,
      );
    },
    runsMax: 450,
  },
  {
    name: "the endpoint's breaker",
    begin: (world) => {
      hangObjects(env.ENDPOINT_BREAKERS);
      world.answer = () => new Response("", { status: 500 });
    },
    runsMax: 60,
  },
  {
    name: "the endpoint",
    begin: (world) => {
      const answers = vi.mocked(globalThis.fetch).getMockImplementation();
      vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
        await answers?.(input, init); // so that what it was asked is counted
        return hangingRequest(init);
      });
      world.answer = () => new Response(null, { status: 599 });
    },
    runsMax: 60,
  },
  { name: "the mail provider", begin: () => mailApi(hangingRequest), runsMax: 60 },
];

/** Passes a day of outage by the alarms; answers how often each enrollment ran, and which ones were left without an alarm. */
async function aDay(stubs: readonly EnrollmentStub[]): Promise<{ runs: number; dead: number }> {
  let runs = 0;
  for (;;) {
    const alarms = await Promise.all(stubs.map(alarmOf));
    const next = Math.min(...alarms.map((at) => at ?? Number.POSITIVE_INFINITY));
    if (next > START + 24 * HOUR) break;
    vi.setSystemTime(Math.max(Date.now(), next));
    const due = stubs.filter((_stub, n) => (alarms[n] ?? Number.POSITIVE_INFINITY) <= next);
    await Promise.all(due.map((stub) => ring(stub).catch(() => undefined)));
    runs += due.length;
  }
  const live = await Promise.all(
    stubs.map(async (stub) => ({ phase: (await stub.read())?.phase.name, at: await alarmOf(stub) })),
  );
  const dead = live.filter(({ phase, at }) => phase !== "held" && phase !== "finished" && (at ?? 0) <= Date.now());
  return { runs: runs / stubs.length, dead: dead.length };
}

async function outlives({ name, begin, runsMax }: Outage, enrollments: number): Promise<void> {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const world = await makeWorld({ steps: [{ kind: "email" }] });
  await env.DB.prepare("UPDATE tenants SET frequency_limits = ? WHERE id = ?")
    .bind('{"person":{"messages":1000,"days":1},"company":null}', world.tenantId)
    .run();
  const byApi = name === "the mail provider";
  if (byApi) await sendsByApi(world);
  const enrolled = await Promise.all(Array.from({ length: enrollments }, () => enroll(world)));
  const stubs = enrolled.map(({ stub }) => stub);
  const toTheCustomer = vi.mocked(globalThis.fetch).getMockImplementation();
  await begin(world);
  const { runs, dead } = await aDay(stubs);
  console.info(`${name}: ${Math.round(runs)} runs in 24 h`);
  expect(dead).toBe(0);
  expect(runs).toBeGreaterThan(5);
  expect(runs).toBeLessThan(runsMax);
  // And when it is over, each step is sent, once; or it was held for a person, as the contract says of endpoint and provider.
  vi.restoreAllMocks();
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  vi.spyOn(globalThis, "fetch").mockImplementation(toTheCustomer ?? (async () => new Response()));
  mailApi(async () => Response.json({ id: "sent-1" }));
  world.answer = () => Response.json({ body: "Hello", subject: "A question" });
  for (const { id, stub } of enrolled) {
    if ((await stub.read())?.phase.name === "held") continue;
    await runUntil(stub, async () => (await stub.read())?.phase.name === "finished");
    expect((await stub.read())?.outcomes).toMatchObject([{ outcome: "sent" }]);
    if (!byApi) expect(await sandboxMail(id)).toHaveLength(1);
  }
}

describe("R3: what fails for 24 hours leaves no enrollment without an alarm, and is not hammered", {
  timeout: 60_000,
}, () => {
  test.each(REFUSING)("$name, which refuses", async (outage) => {
    setClock(START);
    await outlives(outage, 2);
  });

  test.each(HANGING)("$name, which never answers", async (outage) => {
    setClock(START);
    passWaits();
    await outlives(outage, 1);
  });

  test("the judge sees an engine that doesn't come back", async () => {
    setClock(START);
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    const world = await makeWorld({ steps: [{ kind: "email" }] });
    const { stub } = await enroll(world);
    vi.spyOn(env.DB, "prepare").mockImplementation(() => {
      throw new Error("D1 is gone");
    });
    // Its handler throws, as one would that is written without care.
    vi.spyOn(EnrollmentObject.prototype, "alarm").mockRejectedValue(new Error("thrown"));
    expect((await aDay([stub])).dead).toBe(1);
  });
});

test("D1 slow, nine seconds for each answer: the step is sent, and its customer asked once", async () => {
  setClock(START);
  passWaits();
  const world = await makeWorld({ steps: [{ kind: "email" }] });
  const { id, stub } = await enroll(world);
  slowD1(9_000);
  await ring(stub);
  expect((await stub.read())?.outcomes).toMatchObject([{ outcome: "sent" }]);
  expect(drafts(world)).toHaveLength(1);
  expect(Date.now() - START).toBeGreaterThanOrEqual(27_000); // two looks and the sandbox's own row
  expect(await sandboxMail(id)).toHaveLength(1);
});

test("where health can't be noted and the breaker hangs, a good answer still counts: nobody is asked again", async () => {
  setClock(START);
  passWaits();
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const world = await makeWorld({ steps: [{ kind: "email" }] });
  // So that the answer is something to note.
  await env.DB.prepare("UPDATE endpoints SET failing_since = ?, failing_days = 1, failing_day = 1 WHERE id = ?")
    .bind(START - HOUR, world.endpointId)
    .run();
  const { id, stub } = await enroll(world);
  hangObjects(env.ENDPOINT_BREAKERS);
  hangD1((sql) => sql.startsWith("UPDATE endpoints"));
  await ring(stub);
  expect((await stub.read())?.outcomes).toMatchObject([{ outcome: "sent" }]);
  expect(drafts(world)).toHaveLength(1);
  expect(await sandboxMail(id)).toHaveLength(1);
  // Below a lease and what a wait of the test before, which ends in this one, may have passed.
  expect(Date.now() - START).toBeLessThan(60_000);
});
