import { env } from "cloudflare:workers";
import { afterEach, describe, expect, test, vi } from "vitest";
import { pollLinkedin } from "../../../worker/linkedin/poll.ts";
import { rowsOfTenant } from "../../support/audit-rows.ts";
import { drafts, runUntil, sandboxMail } from "../../support/enrollment.ts";
import { enrollOnLinkedin, type LinkedinWorld, read, settle } from "../../support/linkedin.ts";
import { begun, later } from "../../support/linkedin-scene.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const CONNECT = [{ kind: "linkedin_connect" }];
const THEN_MAIL = [{ kind: "linkedin_connect" }, { kind: "email" }];
const THEN_WRITE = [{ kind: "linkedin_connect" }, { kind: "linkedin_message", condition: "after_accept" }];

describe("an account that can't act", () => {
  test.each([
    ["disconnected", { status: 401, type: "disconnected_account" }],
    ["disconnected", { status: 401, type: "expired_credentials" }],
    ["restricted", { status: 403, type: "account_restricted" }],
  ] as const)(
    "%s is switched off with the reason, told once, and what waited goes out once when it is on again",
    async (state, how) => {
      const jobs = vi.spyOn(env.JOB_QUEUE, "send").mockResolvedValue({ metadata: {} } as never);
      const { world, stub, far } = await begun({ steps: CONNECT }, (far) => far.meet(how));
      expect((await read(stub)).phase).toMatchObject({
        name: "ready",
        waitingFor: { gate: "account", reason: "account_troubled" },
      });
      await later(stub, 2 * MINUTE_MS);
      expect((await read(stub)).phase).toMatchObject({
        waitingFor: {
          gate: "switches",
          reason: "account_paused",
          read: { pausedReason: expect.stringContaining(how.type) },
        },
      });
      expect(await accountRow(world)).toMatchObject({
        enabled: 0,
        state,
        paused_reason: expect.stringContaining(`${how.status} ${how.type}`),
      });
      expect(
        (await rowsOfTenant(world.tenantId)).filter(({ action }) => action === "linkedin_account.pause"),
      ).toHaveLength(1);
      const told = jobs.mock.calls
        .map(([job]) => job)
        .filter((job) => (job as { type: string }).type === "tell_account");
      expect(told).toMatchObject([{ data: { accountId: world.accountId, state, enabled: false } }]);
      expect(await far.invitations()).toEqual([]);

      if (state === "disconnected") await pollLinkedin(env, { type: "poll_linkedin", ...world });
      else await env.DB.prepare("UPDATE linkedin_accounts SET enabled = 1 WHERE id = ?").bind(world.accountId).run();
      await later(stub, 10 * MINUTE_MS);
      await settle(stub);
      expect(await far.invitations()).toEqual(["Hello"]);
      expect((await read(stub)).outcomes).toMatchObject([{ step: 0, outcome: "sent" }]);
      expect(drafts(world)).toHaveLength(1);
    },
  );

  test("that shows at the look at the lead's profile stops it just so", async () => {
    const { world, stub, far } = await begun({ steps: CONNECT }, (far) =>
      far.order("account", { state: "disconnected" }),
    );
    expect((await read(stub)).phase).toMatchObject({ name: "waiting", waitingFor: { reason: "account_troubled" } });
    expect(await accountRow(world)).toMatchObject({ enabled: 0, state: "disconnected" });
    expect(drafts(world)).toEqual([]);
    await world.double?.order("account", { state: "ok" });
    await pollLinkedin(env, { type: "poll_linkedin", ...world });
    await later(stub, 10 * MINUTE_MS);
    await settle(stub);
    expect(await far.invitations()).toEqual(["Hello"]);
  });

  test("a restricted account stays off, however well its provider says it is", async () => {
    const { world, stub, far } = await begun({ steps: CONNECT }, (far) =>
      far.meet({ status: 403, type: "account_restricted" }),
    );
    await pollLinkedin(env, { type: "poll_linkedin", ...world });
    await later(stub, DAY_MS);
    expect(await accountRow(world)).toMatchObject({ enabled: 0 });
    expect(await far.invitations()).toEqual([]);
  });
});

describe("what is refused", () => {
  test.each([
    ["cannot_resend_yet", 422, 7 * DAY_MS],
    ["cannot_resend_within_24hrs", 422, DAY_MS],
    ["too_many_requests", 429, 15 * MINUTE_MS],
  ])("%s puts the step off, says why, and it is sent in its time", async (type, status, waitMs) => {
    const { stub, far } = await begun({ steps: CONNECT }, (far) => far.meet({ status, type }));
    const at = Date.now();
    const { phase } = await read(stub);
    expect(phase).toMatchObject({
      name: "ready",
      waitingFor: { gate: "account", verdict: "wait", reason: "linkedin_too_early", read: { code: type } },
    });
    expect(phase.wakeAt).toBeGreaterThanOrEqual(at + waitMs);
    await runUntil(stub, async () => (await far.invitations()).length > 0);
    expect(Date.now()).toBeGreaterThanOrEqual(at + waitMs);
    expect(Date.now()).toBeLessThan(at + waitMs + HOUR_MS);
    expect((await read(stub)).outcomes).toMatchObject([{ outcome: "sent" }]);
  });

  test("429 with a time of its own is obeyed", async () => {
    const { stub } = await begun({ steps: CONNECT }, (far) =>
      far.meet({ status: 429, type: "too_many_requests", retryAfter: "7200" }),
    );
    const at = Date.now();
    expect((await read(stub)).phase.wakeAt).toBeGreaterThanOrEqual(at + 2 * HOUR_MS);
  });

  test.each(["limit_exceeded", "connection_limit_reached"])(
    "%s rests all of the account's invitations, and asks for none of them",
    async (type) => {
      const { world, stub, far } = await begun({ steps: CONNECT }, (far) => far.meet({ status: 422, type }));
      const another = await enrollOnLinkedin(world, { linkedinUrl: "https://www.linkedin.com/in/ben-hill" });
      await settle(another.stub);
      expect((await read(another.stub)).phase).toMatchObject({
        waitingFor: { gate: "account", reason: "linkedin_limit_reached" },
      });
      expect(await far.tries("POST users/invite")).toBe(1);
      await runUntil(another.stub, async () => (await far.invitations()).length > 0);
      await runUntil(stub, async () => (await far.invitations()).length > 1);
      expect(await far.invitations()).toEqual(["Hello", "Hello"]);
    },
  );

  test.each(["already_invited_recently", "action_already_performed"])("%s counts as done", async (type) => {
    const { stub, far } = await begun({ steps: CONNECT }, (far) => far.meet({ status: 422, type }));
    expect((await read(stub)).outcomes).toMatchObject([{ step: 0, outcome: "sent" }]);
    expect(await far.tries("POST users/invite")).toBe(1);
  });

  test("who turns out to be connected is not invited, and written to at once", async () => {
    const { stub, far } = await begun({ steps: THEN_WRITE }, (far) => far.accept());
    expect((await read(stub)).outcomes).toMatchObject([
      { step: 0, outcome: "skipped", reason: "already_connected" },
      { step: 1, outcome: "sent" },
    ]);
    expect([await far.invitations(), await far.messages()]).toEqual([[], ["Hello"]]);
  });

  test("a message that isn't taken because the two aren't connected waits until they are", async () => {
    const { stub, far } = await begun({ steps: THEN_WRITE });
    await far.accept();
    await far.meet({ status: 422, type: "no_connection_with_recipient" });
    await far.poll(stub);
    await settle(stub);
    expect((await read(stub)).phase).toMatchObject({ waitingFor: { gate: "condition", reason: "not_accepted_yet" } });
    expect(await far.messages()).toEqual([]);
    await far.poll(stub);
    await settle(stub);
    expect(await far.messages()).toEqual(["Hello"]);
  });

  test.each(["invalid_recipient", "blocked_recipient", "user_unreachable"])(
    "%s ends the enrollment, or its LinkedIn steps only",
    async (type) => {
      const ending = await begun({ steps: THEN_MAIL }, (far) => far.meet({ status: 422, type }));
      expect((await read(ending.stub)).phase).toMatchObject({ name: "finished", exit: { reason: "unreachable" } });
      expect(await sandboxMail(ending.id)).toEqual([]);
      vi.restoreAllMocks();

      const goingOn = await begun({ steps: THEN_MAIL, settings: { onLinkedinUnreachable: "skip" } }, (far) =>
        far.meet({ status: 422, type }),
      );
      expect((await read(goingOn.stub)).outcomes).toMatchObject([
        { outcome: "skipped", reason: "linkedin_unreachable" },
        { outcome: "sent" },
      ]);
      expect(await sandboxMail(goingOn.id)).toHaveLength(1);
    },
  );

  test.each(["insufficient_credits", "not_allowed_inmail"])("%s is for a person to put right", async (type) => {
    const { world, stub, far } = await begun({ steps: CONNECT }, (far) => far.meet({ status: 422, type }));
    const { phase } = await read(stub);
    expect(phase).toMatchObject({
      name: "held",
      reason: "send_refused",
      detail: expect.stringContaining("configuration"),
    });
    expect(world.requests.filter(({ json }) => json["type"] === "cadence.step.failed")).toHaveLength(1);
    if (phase.name !== "held") return;
    await stub.request({ type: "draft_retried", by: "key_1", draftId: phase.draft?.id ?? "" });
    await settle(stub);
    expect(await far.invitations()).toEqual(["Hello"]);
  });
});

describe("a lead", () => {
  test.each([
    ["stop", []],
    ["skip", ["A question"]],
  ] as const)("who isn't on LinkedIn: %s", async (onLinkedinUnreachable, subjects) => {
    const double = { people: [], findsAnyone: false };
    const { id, stub } = await begun({ steps: THEN_MAIL, double, settings: { onLinkedinUnreachable } });
    expect((await sandboxMail(id)).map(({ subject }) => subject)).toEqual(subjects);
    expect((await read(stub)).linkedin).toMatchObject({ unreachable: expect.stringContaining("invalid_recipient") });
  });

  test("waits until tomorrow when the day's looks at profiles are used up", async () => {
    const { world, far } = await begun({ steps: CONNECT, account: { profile_views_per_day: 1 } });
    const at = Date.now();
    const another = await enrollOnLinkedin(world, { linkedinUrl: "https://www.linkedin.com/in/ben-hill" });
    await settle(another.stub);
    expect((await read(another.stub)).phase).toMatchObject({
      waitingFor: { gate: "account", reason: "profile_views_reached" },
    });
    expect(await far.tries("GET users/*")).toBe(1);
    await runUntil(another.stub, async () => (await far.invitations()).length > 1);
    expect(dayOf(Date.now())).not.toBe(dayOf(at));
    expect(await far.tries("GET users/*")).toBe(2);
  });
});

describe("an account's own pace", () => {
  test("a week that is full is waited for", async () => {
    const pace = { dailySendCap: 10, ramp: null, minGapSeconds: 0, gapSpreadSeconds: 0, spans: [{ days: 7, most: 1 }] };
    const { world, far } = await begun({
      steps: CONNECT,
      account: { invitations_pace: JSON.stringify(pace), time_zone: "UTC" },
    });
    const at = Date.now();
    const another = await enrollOnLinkedin(world, { linkedinUrl: "https://www.linkedin.com/in/ben-hill" });
    await settle(another.stub);
    expect((await read(another.stub)).phase).toMatchObject({ waitingFor: { gate: "mailbox_pace" } });
    await runUntil(another.stub, async () => (await far.invitations()).length > 1);
    expect(Date.now() - at).toBeGreaterThan(6 * DAY_MS);
    expect(Date.now() - at).toBeLessThanOrEqual(7 * DAY_MS + HOUR_MS);
  });

  test("it acts in its working hours", async () => {
    const windows = [{ days: ["mon", "tue", "wed", "thu", "fri"], from: "09:00", to: "17:00" }];
    const { stub, far } = await begun({
      steps: CONNECT,
      account: { working_hours: JSON.stringify(windows), time_zone: "Pacific/Auckland" },
      // A Sunday evening there.
      at: Date.parse("2026-11-22T08:00:00Z"),
    });
    expect((await read(stub)).phase).toMatchObject({
      waitingFor: { gate: "account", reason: "outside_account_hours" },
    });
    await runUntil(stub, async () => (await far.invitations()).length > 0);
    expect(new Date(Date.now()).toISOString()).toBe("2026-11-22T20:00:00.000Z");
  });
});

function accountRow({ accountId }: LinkedinWorld) {
  return env.DB.prepare("SELECT * FROM linkedin_accounts WHERE id = ?").bind(accountId).first();
}

function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
