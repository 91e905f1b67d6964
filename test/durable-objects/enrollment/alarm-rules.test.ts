import { abortAllDurableObjects, evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, expect, test, vi } from "vitest";
import type { EnrollmentObject } from "../../../durable-objects/enrollment.ts";
import { EnrollmentStore } from "../../../durable-objects/enrollment-store.ts";
import { enrollmentStub } from "../../../durable-objects/stub.ts";
import { sweep } from "../../../worker/cron.ts";
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
} from "../../support/enrollment.ts";
import { Gate } from "../../support/gate.ts";
import { humanReply } from "../../support/replies.ts";

/** Holds up the sandbox provider where it writes its mail: the moment when a message is on its way. */
function holdSandbox(gate: Gate) {
  const prepare = env.DB.prepare.bind(env.DB);
  const watch = { reached: 0, restore: () => spy.mockRestore() };
  const spy = vi.spyOn(env.DB, "prepare").mockImplementation((sql) => {
    const statement = prepare(sql);
    if (!/^\s*insert into sandbox_mail/i.test(sql)) return statement;
    const bind = statement.bind.bind(statement);
    const held = async (values: unknown[]) => {
      watch.reached += 1;
      await gate.passed();
      return bind(...values).run();
    };
    return { bind: (...values: unknown[]) => ({ run: () => held(values) }) } as unknown as D1PreparedStatement;
  });
  return watch;
}

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

test("rule 1: an alarm whose world falls apart does not throw, and comes back", async () => {
  setClock(START);
  const world = await makeWorld();
  const { stub } = await enroll(world);
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  vi.spyOn(env.DB, "prepare").mockImplementation(() => {
    throw new Error("D1 is gone");
  });
  for (let run = 0; run < 12; run++) {
    expect(await ring(stub)).toBe(true);
    const next = await alarmOf(stub);
    expect(next).toBeGreaterThan(Date.now());
    vi.setSystemTime(next ?? 0);
  }
  expect(world.requests).toHaveLength(0);
  vi.mocked(env.DB.prepare).mockRestore();
  await runUntil(stub, async () => (await stub.read())?.phase.name === "finished");
  expect((await stub.read())?.outcomes).toHaveLength(2);
});

test("rule 1: when the object's own storage fails, it comes back ever less often, and then goes on", async () => {
  setClock(START);
  const world = await makeWorld({ steps: [{ kind: "email" }] });
  const { id, stub } = await enroll(world);
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const commit = vi.spyOn(EnrollmentStore.prototype, "commit").mockImplementation(() => {
    throw new Error("disk trouble");
  });
  const waits: number[] = [];
  for (let run = 0; run < 4; run++) {
    await ring(stub);
    const next = (await alarmOf(stub)) ?? 0;
    waits.push(Math.round((next - Date.now()) / 1000));
    vi.setSystemTime(next);
  }
  expect(waits).toEqual([5, 10, 20, 40]);
  commit.mockRestore();
  await runUntil(stub, async () => (await stub.read())?.phase.name === "finished");
  expect(await sandboxMail(id)).toHaveLength(1);
});

test("rule 2: the claim and its lease are stored before the request leaves", async () => {
  setClock(START);
  const world = await makeWorld();
  const { stub } = await enroll(world);
  const gate = new Gate();
  world.answer = async () => {
    await gate.passed();
    return Response.json({ subject: "Hi", body: "Hello" });
  };
  const first = ring(stub);
  await vi.waitFor(() => expect(drafts(world)).toHaveLength(1));
  const stored = await runInDurableObject(
    stub,
    (_object, ctx) => ctx.storage.sql.exec<{ json: string }>("SELECT json FROM head WHERE id = 1").one().json,
  );
  expect(JSON.parse(stored)).toMatchObject({ state: { phase: { name: "drafting", draft: { attempt: 1 } } } });
  const { wakeAt } = (JSON.parse(stored) as { state: { phase: { wakeAt: number } } }).state.phase;
  expect(wakeAt).toBeGreaterThanOrEqual(START + 45_000);
  expect(wakeAt).toBeLessThan(START + 46_000);
  expect(await alarmOf(stub)).toBeLessThanOrEqual(wakeAt);
  gate.open();
  await first;
});

test("rule 3: a crash while the customer is asked loses nothing: the same draft is asked again, and one mail goes out", async () => {
  setClock(START);
  const world = await makeWorld({ steps: [{ kind: "email" }] });
  const { id, stub } = await enroll(world);
  world.answer = async ({ n }) => {
    if (n === 1) await new Gate().passed();
    return Response.json({ subject: "Hi", body: `asked ${n}` });
  };
  const first = ring(stub).catch(() => undefined);
  await vi.waitFor(() => expect(drafts(world)).toHaveLength(1));
  await abortAllDurableObjects();
  await first;
  const again = enrollmentStub(env, world.tenantId, id);
  await runUntil(again, async () => (await again.read())?.phase.name === "finished");
  const asked = drafts(world);
  expect(new Set(asked.map(({ headers }) => headers.get("webhook-id"))).size).toBe(1);
  expect(asked.map(({ json }) => json.attempt)).toEqual([1, 2]);
  expect(await sandboxMail(id)).toHaveLength(1);
});

test("rule 3: a crash between the intent and the outcome of a send ends with exactly one mail at a provider that knows the key", async () => {
  setClock(START);
  const world = await makeWorld({ steps: [{ kind: "email" }] });
  const { id, stub } = await enroll(world);
  const kept = holdSandbox(new Gate());
  const first = ring(stub).catch(() => undefined);
  await vi.waitFor(() => expect(kept.reached).toBe(1));
  await abortAllDurableObjects();
  await first;
  kept.restore();
  const again = enrollmentStub(env, world.tenantId, id);
  expect((await again.read())?.phase.name).toBe("sending");
  await runUntil(again, async () => (await again.read())?.phase.name === "finished");
  expect((await again.read())?.outcomes.map(({ outcome }) => outcome)).toEqual(["sent"]);
  expect(await sandboxMail(id)).toHaveLength(1);
});

test("rule 3: an alarm that rings twice, or too early, does nothing more", async () => {
  setClock(START);
  const world = await makeWorld();
  const { id, stub } = await enroll(world);
  await ring(stub);
  expect(drafts(world)).toHaveLength(1);
  await runInDurableObject(stub, (object) => (object as EnrollmentObject).alarm());
  await runInDurableObject(stub, (object) => (object as EnrollmentObject).alarm());
  expect(drafts(world)).toHaveLength(1);
  expect(await sandboxMail(id)).toHaveLength(1);
});

test("rule 4: a reply that comes while the customer writes wins: the answer is logged and not sent", async () => {
  setClock(START);
  const world = await makeWorld();
  const { id, stub } = await enroll(world);
  const gate = new Gate();
  world.answer = async () => {
    await gate.passed();
    return Response.json({ subject: "Hi", body: "Too late" });
  };
  const first = ring(stub);
  await vi.waitFor(() => expect(drafts(world)).toHaveLength(1));
  await stub.receive(humanReply("Please call me"));
  gate.open();
  await first;
  const state = await stub.read();
  expect(state?.phase).toMatchObject({ name: "finished", exit: { state: "exited", reason: "replied" } });
  expect(await sandboxMail(id)).toHaveLength(0);
});

test("rule 4: a reply that comes while a message is on its way lets that one finish, marked as crossed, and none after it", async () => {
  setClock(START);
  const world = await makeWorld();
  const { id, stub } = await enroll(world);
  const gate = new Gate();
  const kept = holdSandbox(gate);
  const first = ring(stub);
  await vi.waitFor(() => expect(kept.reached).toBe(1));
  await stub.receive(humanReply("I saw your first mail"));
  gate.open();
  await first;
  kept.restore();
  await runUntil(stub, async () => (await alarmOf(stub)) === null || (await stub.read())?.deliveries.length === 0);
  const state = await stub.read();
  expect(state?.phase).toMatchObject({ name: "finished", exit: { reason: "replied" } });
  expect(state?.outcomes).toMatchObject([{ outcome: "sent" }]);
  expect(await sandboxMail(id)).toHaveLength(1);
});

test("rule 5: a first answer that comes after its lease does not race the second request", async () => {
  setClock(START);
  const world = await makeWorld({ steps: [{ kind: "email" }] });
  const { id, stub } = await enroll(world);
  const gate = new Gate();
  world.answer = async ({ n }) => {
    if (n === 1) await gate.passed();
    return Response.json({ subject: "Hi", body: n === 1 ? "first" : "second" });
  };
  const first = ring(stub);
  await vi.waitFor(() => expect(drafts(world)).toHaveLength(1));
  vi.setSystemTime(START + 46_000);
  const second = runInDurableObject(stub, (object) => (object as EnrollmentObject).alarm());
  await vi.waitFor(async () => expect((await stub.read())?.phase.name).toBe("resting"));
  gate.open();
  await Promise.all([first, second]);
  await runUntil(stub, async () => (await stub.read())?.phase.name === "finished");
  const mails = await sandboxMail(id);
  expect(mails).toHaveLength(1);
  expect(mails[0]?.raw).toContain("second");
});

test("rule 6: starting an object again and again does not push its alarm ahead", async () => {
  setClock(START);
  const world = await makeWorld({ steps: [{ kind: "email", delayDays: 3 }] });
  const { stub } = await enroll(world);
  const before = await alarmOf(stub);
  for (let start = 0; start < 5; start++) {
    vi.setSystemTime(Date.now() + 3_600_000);
    await evictDurableObject(stub);
    expect((await stub.read())?.phase.name).toBe("waiting");
  }
  expect(await alarmOf(stub)).toBe(before);
});

test("rule 7: an enrollment whose alarm was lost is found by the sweeper", async () => {
  setClock(START);
  const world = await makeWorld({ steps: [{ kind: "email" }] });
  const { id, stub } = await enroll(world);
  await runInDurableObject(stub, (_object, ctx) => ctx.storage.deleteAlarm());
  vi.setSystemTime(START + 10 * 60_000);
  expect(await alarmOf(stub)).toBeNull();
  expect(await sweep(env, Date.now())).toBeGreaterThan(0);
  await runUntil(stub, async () => (await stub.read())?.phase.name === "finished");
  expect(await sandboxMail(id)).toHaveLength(1);
});

test("rule 8: when the grace for late replies is over the object is emptied, and a poke leaves it empty", async () => {
  setClock(START);
  const world = await makeWorld({ steps: [{ kind: "email" }] });
  const { stub } = await enroll(world);
  await runUntil(stub, async () => (await stub.read()) === null);
  expect(Date.now()).toBeGreaterThanOrEqual(START + 90 * 24 * 3_600_000);
  await stub.wake("swept");
  expect(await stub.request({ type: "pause_requested", by: "test" })).toMatchObject({ ok: false, code: "not_found" });
  const tables = await runInDurableObject(stub, (_object, ctx) =>
    ctx.storage.sql.exec("SELECT name FROM sqlite_master WHERE name NOT LIKE '\\_cf\\_%' ESCAPE '\\'").toArray(),
  );
  expect(tables).toEqual([]);
  expect(await alarmOf(stub)).toBeNull();
});

test("rule 8: the sweeper doesn't begin anew what was emptied, and doesn't come back to it", async () => {
  setClock(START);
  const world = await makeWorld({ steps: [{ kind: "email" }] });
  const { id, stub } = await enroll(world);
  await runUntil(stub, async () => (await stub.read()) === null);
  const overdue = env.DB.prepare("UPDATE enrollments SET next_due_at = ?2 WHERE id = ?1").bind(id, START);
  await overdue.run();
  await sweep(env, Date.now());
  expect(await stub.read()).toBeNull();
  const row = env.DB.prepare("SELECT next_due_at AS dueAt FROM enrollments WHERE id = ?").bind(id);
  expect(await row.first("dueAt")).toBeNull();
  expect(await sandboxMail(id)).toHaveLength(1);
});

test("an enrollment whose object was never begun is begun by the sweeper", async () => {
  setClock(START);
  const world = await makeWorld({ steps: [{ kind: "email" }] });
  const { id, stub } = await enroll(world, {}, { begin: false });
  expect(await stub.read()).toBeNull();
  vi.setSystemTime(START + 10 * 60_000);
  await sweep(env, Date.now());
  await runUntil(stub, async () => (await stub.read())?.phase.name === "finished");
  expect(await sandboxMail(id)).toHaveLength(1);
});

test("nothing keeps an object in memory after its step: it can be evicted, and goes on from what is stored", async () => {
  setClock(START);
  const world = await makeWorld();
  const { id, stub } = await enroll(world);
  await ring(stub);
  await evictDurableObject(stub);
  await runUntil(stub, async () => (await stub.read())?.phase.name === "finished");
  expect((await sandboxMail(id)).map(({ subject }) => subject)).toEqual(["A question", "Re: A question"]);
});
