import { env } from "cloudflare:workers";
import { afterEach, describe, expect, test, vi } from "vitest";
import { customer, publishedCadence, STATIC_STEP } from "../../../support/cadences.ts";
import type { ApiClient } from "../../../support/worker.ts";

afterEach(() => void vi.restoreAllMocks());

const LATER = new Date(Date.now() + 30 * 24 * 3600_000).toISOString();

async function pool(ask: ApiClient, ...paces: readonly object[]): Promise<readonly string[]> {
  const ids: string[] = [];
  for (const [n, pace] of paces.entries())
    ids.push((await ask.post("/v1/mailboxes", { provider: "sandbox", email: `m${n}@acme.example`, ...pace })).body.id);
  return ids;
}

async function enroll(ask: ApiClient, cadence: string, n: number | string, more: object = {}) {
  const lead = { leadExternalId: `l${n}`, leadEmail: `lead${n}@x.example`, startAt: LATER, ...more };
  return (await ask.post(`/v1/cadences/${cadence}/enrollments`, lead)).body;
}

const counted = (ids: readonly string[], of: readonly string[]) =>
  ids.map((id) => of.filter((other) => other === id).length);

describe("a new lead goes to the mailbox with the most room left today", () => {
  test("so that many are spread evenly where all may send alike", async () => {
    const { ask } = await customer();
    const ids = await pool(ask, { dailySendCap: 50 }, { dailySendCap: 50 }, { dailySendCap: 50 });
    const cadence = await publishedCadence(ask, { mailboxIds: ids });
    const got: string[] = [];
    for (let n = 0; n < 60; n += 1) {
      const { mailbox, enrollment } = await enroll(ask, cadence, n);
      expect(mailbox.why).toBe("most_room");
      expect(enrollment.inboxId).toBe(mailbox.id);
      got.push(mailbox.id);
    }
    expect(counted(ids, got)).toEqual([20, 20, 20]);
  });

  test("by what each may send today, and beyond that by how long each is busy", async () => {
    const { ask } = await customer();
    const ids = await pool(
      ask,
      { dailySendCap: 30 },
      { dailySendCap: 100, ramp: { start: 10, step: 5, ceiling: 100 } },
    );
    const cadence = await publishedCadence(ask, { mailboxIds: ids });
    const got: string[] = [];
    for (let n = 0; n < 80; n += 1) got.push((await enroll(ask, cadence, n)).mailbox.id);
    // The ramp lets ten out today: 30 and 10, and then twice as much.
    expect(counted(ids, got.slice(0, 40))).toEqual([30, 10]);
    expect(counted(ids, got)).toEqual([60, 20]);
  });

  test("and a mailbox that is off gets none, unless all are", async () => {
    const { ask } = await customer();
    const ids = await pool(ask, {}, {});
    const cadence = await publishedCadence(ask, { mailboxIds: ids });
    await ask.patch(`/v1/mailboxes/${ids[0]}`, { enabled: false });
    for (let n = 0; n < 5; n += 1) expect((await enroll(ask, cadence, n)).mailbox.id).toBe(ids[1]);
    await ask.patch(`/v1/mailboxes/${ids[1]}`, { enabled: false });
    expect(ids).toContain((await enroll(ask, cadence, 9)).mailbox.id);
  });
});

describe("a lead", () => {
  test("stays with the mailbox that has written to it, in another cadence too, as long as that is on", async () => {
    const { ask } = await customer();
    const ids = await pool(ask, {}, {}, {});
    const [one, other] = [
      await publishedCadence(ask, { mailboxIds: ids }),
      await publishedCadence(ask, { mailboxIds: ids }),
    ];
    const first = (await enroll(ask, one, "x")).mailbox.id;
    for (let n = 0; n < 7; n += 1) await enroll(ask, one, n);
    const again = await enroll(ask, other, "x", { leadEmail: "LeadX@x.example" });
    expect(again.mailbox).toEqual({ id: first, why: "same_lead" });
    await ask.patch(`/v1/mailboxes/${first}`, { enabled: false });
    const third = await publishedCadence(ask, { mailboxIds: ids });
    expect((await enroll(ask, third, "x")).mailbox).toMatchObject({ why: "most_room" });
  });

  test("of another tenant says nothing about mine", async () => {
    const [{ ask }, { ask: theirs }] = [await customer(), await customer()];
    const ids = await pool(theirs, {});
    await enroll(theirs, await publishedCadence(theirs, { mailboxIds: ids }), "y");
    const mine = await pool(ask, {});
    expect((await enroll(ask, await publishedCadence(ask, { mailboxIds: mine }), "y")).mailbox.why).toBe("most_room");
  });

  test("that names its mailbox has that one, and one that is enrolled already keeps its own", async () => {
    const { ask } = await customer();
    const ids = await pool(ask, {}, {});
    const cadence = await publishedCadence(ask, { mailboxIds: ids });
    const named = await enroll(ask, cadence, "z", { inboxId: ids[1] });
    expect(named.mailbox).toEqual({ id: ids[1], why: "named" });
    const repeated = await enroll(ask, cadence, "z");
    expect(repeated).toMatchObject({ created: false, mailbox: null, enrollment: { inboxId: ids[1] } });
  });
});

test("mailboxes that can't say how much room they have are taken by chance, and that is logged", async () => {
  const { ask } = await customer();
  const ids = await pool(ask, { dailySendCap: 5 }, { dailySendCap: 5 });
  const cadence = await publishedCadence(ask, { mailboxIds: ids });
  const logged = vi.spyOn(console, "error").mockImplementation(() => undefined);
  vi.spyOn(env.MAILBOX_PACES, "getByName").mockImplementation(() => {
    throw new Error("it is away");
  });
  const got: string[] = [];
  for (let n = 0; n < 20; n += 1) {
    const { mailbox } = await enroll(ask, cadence, n);
    expect(mailbox.why).toBe("spread");
    got.push(mailbox.id);
  }
  expect(Math.min(...counted(ids, got))).toBeGreaterThan(2);
  expect(logged).toHaveBeenCalled();
});

describe("a cadence's pool", () => {
  const refused = async (more: object, ids: (of: readonly string[]) => unknown = (of) => of) => {
    const { ask } = await customer();
    const mine = await pool(ask, {}, {});
    const { status, body } = await ask.post("/v1/cadences", {
      name: "x",
      steps: [STATIC_STEP],
      mailboxIds: ids(mine),
      ...more,
    });
    return [status, body.errors?.[0].pointer];
  };

  test("is refused where it names one twice, one that isn't there, too many, or another besides", async () => {
    expect(await refused({}, ([one]) => [one, one])).toEqual([422, "/mailboxIds"]);
    expect(await refused({}, ([one]) => [one, "mbx_nobodysnobodysno"])).toEqual([422, "/mailboxIds/1"]);
    expect(await refused({}, () => Array.from({ length: 21 }, (_, n) => `mbx_${n}`))).toEqual([422, "/mailboxIds"]);
    expect(await refused({ mailboxId: "mbx_x" })).toEqual([422, "/mailboxIds"]);
    const { ask: stranger } = await customer();
    const theirs = await pool(stranger, {});
    expect(await refused({}, () => theirs)).toEqual([422, "/mailboxIds/0"]);
  });

  test("takes the place of its single mailbox only when that is taken away", async () => {
    const { ask, mailboxId } = await customer();
    const ids = await pool(ask, {}, {});
    const cadence = await publishedCadence(ask, { mailboxId });
    const both = await ask.patch(`/v1/cadences/${cadence}`, { mailboxIds: ids });
    expect([both.status, both.body.errors[0].pointer]).toEqual([422, "/mailboxIds"]);
    const changed = await ask.patch(`/v1/cadences/${cadence}`, { mailboxIds: ids, mailboxId: null });
    expect(changed.body).toMatchObject({ mailboxIds: ids, mailboxId: null, unpublishedChanges: true });
    expect((await ask.patch(`/v1/cadences/${cadence}`, { mailboxId })).status).toBe(422);
    // What was published keeps what it had.
    expect((await enroll(ask, cadence, 1)).mailbox).toEqual({ id: mailboxId, why: "cadence" });
    await ask.post(`/v1/cadences/${cadence}/publish`, {});
    expect((await enroll(ask, cadence, 2)).mailbox.why).toBe("most_room");
    expect(
      (await ask.get(`/v1/cadences/${cadence}/versions`)).body.data.map((v: { mailboxIds: unknown }) => v.mailboxIds),
    ).toEqual([ids, []]);
    // And none of it can be deleted.
    expect((await ask.delete(`/v1/mailboxes/${ids[0]}`)).status).toBe(409);
  });
});
