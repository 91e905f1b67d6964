import { env } from "cloudflare:workers";
import { afterEach, expect, test, vi } from "vitest";
import { handOverReports } from "../../../worker/delivery-events/hand-over-reports.ts";
import { consume } from "../../../worker/queue.ts";
import { enroll, makeWorld, ring, START, setClock, type World } from "../../support/enrollment.ts";

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** Jane got the first of two messages by Cloudflare Email Service, under the id `messageId`. */
async function janeGotOne() {
  setClock(START);
  const world = await makeWorld();
  const sender = `ana@${world.tenantId.replace("_", "-")}.example`;
  await env.DB.prepare("UPDATE mailboxes SET provider = 'cloudflare', email = ? WHERE id = ?")
    .bind(sender, world.mailboxId)
    .run();
  const messageId = `cf-${world.tenantId}`;
  vi.spyOn(env.EMAIL, "send").mockImplementation(async () => ({ messageId }));
  const { id, stub } = await enroll(world);
  await ring(stub);
  return { world, id, stub, sender, messageId };
}

type Jane = Awaited<ReturnType<typeof janeGotOne>>;

function event({ sender, messageId }: Jane, kind: string, payload: object = {}, n = 1): unknown {
  return {
    type: `cf.email.sending.message.${kind}`,
    payload: {
      eventId: `${messageId}-${kind}-${n}`,
      messageId,
      sender,
      recipient: "jane@lead.example",
      subject: "A question",
      ...payload,
    },
    metadata: { eventTimestamp: new Date(Date.now()).toISOString() },
  };
}

async function feed(...bodies: readonly unknown[]): Promise<void> {
  const messages = bodies.map((body, n) => ({ id: `${n}`, timestamp: new Date(), attempts: 1, body }));
  await consume({ queue: "drafthook-delivery", messages } as unknown as MessageBatch<unknown>, env);
}

/** The log has the message: from here on a report finds it. */
async function logged({ id }: Jane): Promise<void> {
  await vi.waitUntil(
    async () =>
      (await env.DB.prepare("SELECT 1 FROM messages WHERE enrollment_id = ? AND direction = 'out'")
        .bind(id)
        .first()) !== null,
    { timeout: 10_000 },
  );
}

async function suppressed({ tenantId }: World): Promise<number> {
  const row = await env.DB.prepare("SELECT count(*) AS n FROM suppressions WHERE tenant_id = ?")
    .bind(tenantId)
    .first<{ n: number }>();
  return row?.n ?? 0;
}

const HARD = {
  delivery: { smtpEnhancedStatusCode: "5.1.1", smtpResponse: "550 5.1.1 User unknown" },
  bounce: { type: "hard" },
};

test("a bounce that the queue brings ends the enrollment and closes the address", async () => {
  const jane = await janeGotOne();
  await logged(jane);
  await feed(event(jane, "bounced", HARD));
  expect((await jane.stub.read())?.phase).toMatchObject({ name: "finished", exit: { reason: "bounced" } });
  expect(await vi.waitUntil(() => suppressed(jane.world), { timeout: 10_000 })).toBe(1);
});

test("a report that comes before the log has its message is handed over by the next run, and only once", async () => {
  const jane = await janeGotOne();
  await logged(jane);
  const out = await env.DB.prepare("SELECT detail FROM messages WHERE enrollment_id = ?")
    .bind(jane.id)
    .first<{ detail: string }>();
  await env.DB.prepare("UPDATE messages SET detail = '{}' WHERE enrollment_id = ?").bind(jane.id).run();
  await feed(event(jane, "complained"));
  expect((await jane.stub.read())?.phase.name).toBe("waiting");
  await env.DB.prepare("UPDATE messages SET detail = ? WHERE enrollment_id = ?")
    .bind(out?.detail ?? "", jane.id)
    .run();
  expect(await handOverReports(env, Date.now())).toBeGreaterThanOrEqual(1);
  expect((await jane.stub.read())?.phase).toMatchObject({ exit: { reason: "complained" } });
  const waiting = await env.DB.prepare(
    "SELECT count(*) AS n FROM delivery_reports WHERE handed_over = 0 AND message_id = ?",
  )
    .bind(jane.messageId)
    .first<{ n: number }>();
  expect(waiting?.n).toBe(0);
});

test("the same events twice and in another order end the same way", async () => {
  const jane = await janeGotOne();
  await logged(jane);
  const told = [
    event(jane, "deferred"),
    event(jane, "delivered"),
    event(jane, "complained"),
    event(jane, "deferred", {}, 2),
  ];
  await feed(...told.toReversed(), ...told);
  await feed(...told);
  const state = await jane.stub.read();
  expect(state?.phase).toMatchObject({ exit: { reason: "complained" } });
  expect(state?.reported).toHaveLength(3);
});

test("mail of somebody else by the same service changes nothing", async () => {
  const jane = await janeGotOne();
  await logged(jane);
  await feed(event({ ...jane, messageId: "cf-of-another-program" }, "complained"));
  await feed(event(jane, "complained", { sender: "newsletter@acme.example" }, 3));
  expect((await jane.stub.read())?.phase.name).toBe("waiting");
});

test("reports are looked up by what they name, and not by walking over all messages", async () => {
  const asked: string[] = [];
  const prepare = env.DB.prepare.bind(env.DB);
  vi.spyOn(env.DB, "prepare").mockImplementation((sql) => {
    asked.push(sql);
    return prepare(sql);
  });
  await handOverReports(env, Date.now(), ["none"]);
  await handOverReports(env, Date.now());
  vi.restoreAllMocks();
  for (const sql of asked.filter((text) => text.includes("delivery_reports r"))) {
    const values = sql.includes("?3") ? [0, 1, "[]"] : [0, 1];
    const { results } = await env.DB.prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .bind(...values)
      .all<{ detail: string }>();
    const plan = results.map(({ detail }) => detail).join("; ");
    expect(plan).toContain("SEARCH m USING INDEX messages_provider_id");
    expect(plan).not.toMatch(/SCAN [meb]\b/);
  }
  expect(asked.length).toBeGreaterThanOrEqual(2);
});
