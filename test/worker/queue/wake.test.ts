import { env } from "cloudflare:workers";
import { afterEach, describe, expect, test, vi } from "vitest";
import { liveEnrollments } from "../../../adapters/d1/live-enrollments.ts";
import type { WakeJob } from "../../../core/jobs.ts";
import { wakePage } from "../../../worker/jobs.ts";
import { enroll, makeWorld, ring, runUntil, START, sandboxMail, setClock } from "../../support/enrollment.ts";
import { projectAtOnce } from "../../support/project-at-once.ts";
import { humanReply } from "../../support/replies.ts";

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const MINUTE = 60_000;

/** Jane's first message is out, and Ana's mailbox is switched off. */
async function written(settings: { exitOnReply?: boolean } = {}) {
  setClock(START);
  projectAtOnce();
  const world = await makeWorld({ settings });
  const { id, stub } = await enroll(world);
  await runUntil(stub, async () => (await sandboxMail(id)).length === 1);
  const mailbox = (enabled: 0 | 1) =>
    env.DB.prepare("UPDATE mailboxes SET enabled = ? WHERE id = ?").bind(enabled, world.mailboxId).run();
  const job: WakeJob = {
    type: "wake",
    tenantId: world.tenantId,
    mode: "sandbox",
    where: { mailboxId: world.mailboxId },
    cause: "switch_on",
    afterSeq: 0,
  };
  await mailbox(0);
  return { world, id, stub, mailbox, job };
}

describe("an answer to a reply that waits for a mailbox which is off", () => {
  test.each([
    ["finished", true],
    ["waiting", false],
  ])("leaves as soon as the mailbox is on again: the enrollment is %s", async (phase, exitOnReply) => {
    const { world, id, stub, mailbox, job } = await written({ exitOnReply });
    world.answerReply = () => Response.json({ body: "It is free." });
    await stub.receive(humanReply("What does it cost?"));
    await runUntil(stub, async () => (await stub.read())?.answers[0]?.phase.wakeAt === Date.now() + 5 * MINUTE);
    expect((await stub.read())?.phase.name).toBe(phase);
    await mailbox(1);
    // The control: nobody is woken, and nothing is looked at before the gate's own time.
    vi.setSystemTime(Date.now() + MINUTE);
    await ring(stub);
    expect((await sandboxMail(id)).length).toBe(1);
    await wakePage(env, job);
    vi.setSystemTime(Date.now() + 1_000);
    await ring(stub);
    expect((await sandboxMail(id)).map(({ send_key }) => send_key.split("-").slice(2).join("-"))).toEqual([
      "0-0",
      "r1-0",
    ]);
  });
});

test("whoever is paused is woken too, and does nothing before they are resumed", async () => {
  const { id, stub, mailbox, job } = await written();
  vi.setSystemTime(START + 2 * 24 * 60 * MINUTE);
  await runUntil(stub, async () => (await stub.read())?.phase.wakeAt === Date.now() + 5 * MINUTE);
  await stub.request({ type: "pause_requested", by: "test" });
  await mailbox(1);
  await wakePage(env, job);
  vi.setSystemTime(Date.now() + MINUTE);
  await ring(stub);
  expect((await sandboxMail(id)).length).toBe(1);
  await stub.request({ type: "resume_requested", by: "test" });
  vi.setSystemTime(Date.now() + 1_000);
  await ring(stub);
  expect((await sandboxMail(id)).length).toBe(2);
});

test("whoever has ended and waits for nothing is left alone", async () => {
  const { stub, job, id } = await written();
  const woken = async () => (await liveEnrollments(env.DB, job, job.where, 0, 10)).map((row) => row.id);
  expect(await woken()).toEqual([id]);
  await stub.request({ type: "unenroll_requested", by: "test", reason: "asked to" });
  await runUntil(stub, async () => (await stub.read())?.deliveries.length === 0);
  await vi.waitFor(async () => expect(await woken()).toEqual([]));
});
