import { env } from "cloudflare:workers";
import { afterEach, describe, expect, test, vi } from "vitest";
import { enrollmentStub } from "../../../../durable-objects/stub.ts";
import { customer, LEAD, publishedCadence } from "../../../support/cadences.ts";
import { alarmOf } from "../../../support/enrollment.ts";
import { humanReply } from "../../../support/replies.ts";

const DAY = 24 * 3600_000;

afterEach(() => vi.useRealTimers());

/** A cadence with this policy, and one lead in it whose enrollment has ended. */
async function ended(reenroll: unknown, more: object = {}) {
  const { ask, tenantId } = await customer();
  const cadence = await publishedCadence(ask, { reenroll });
  const enroll = (lead: object = {}) => ask.post(`/v1/cadences/${cadence}/enrollments`, { ...LEAD, ...more, ...lead });
  const first = (await enroll()).body.enrollment.id as string;
  await ask.post(`/v1/enrollments/${first}/unenroll`, {});
  const endedAt = (await enrollmentStub(env, tenantId, first).read())?.phase;
  return { ask, tenantId, enroll, first, endedAt: endedAt?.name === "finished" ? endedAt.at : 0 };
}

describe("somebody whose enrollment in the cadence has ended", () => {
  test("is answered with it, as ever, where the cadence says nothing; and addresses aren't compared", async () => {
    const { enroll, first } = await ended(null);
    const again = await enroll();
    expect([again.status, again.body.created, again.body.enrollment.id]).toEqual([200, false, first]);
    expect((await enroll({ leadExternalId: "other" })).status).toBe(201);
  });

  test.each([{}, { leadExternalId: "other" }, { leadExternalId: "other", leadEmail: "JANE@lead.example" }])(
    "isn't enrolled again by %j where the cadence says never",
    async (lead) => {
      const { enroll, first } = await ended("never");
      const { status, body } = await enroll(lead);
      expect([status, body.code]).toEqual([409, "already_enrolled"]);
      expect(body.detail).toContain(first);
      expect(body.detail).toContain('"never"');
    },
  );

  test.each([{}, { leadExternalId: "other" }])("is enrolled again by %j where it says always", async (lead) => {
    const { enroll, first } = await ended("always");
    const { status, body } = await enroll(lead);
    expect([status, body.created]).toEqual([201, true]);
    expect(body.enrollment.id).not.toBe(first);
    expect(body.enrollment.state).toBe("active");
    // From here on that is the one: the same lead is answered with it.
    const repeat = await enroll(lead);
    expect([repeat.status, repeat.body.created, repeat.body.enrollment.id]).toEqual([200, false, body.enrollment.id]);
  });

  test("is enrolled again after so many days, and until then is told when", async () => {
    const { enroll, endedAt } = await ended({ afterDays: 30 });
    const allowed = new Date(endedAt + 30 * DAY).toISOString();
    const { status, body } = await enroll();
    expect([status, body.code]).toEqual([409, "already_enrolled"]);
    expect(body.detail).toContain(allowed);
    vi.useFakeTimers({ toFake: ["Date"] });
    vi.setSystemTime(endedAt + 30 * DAY - 1);
    expect((await enroll({ startAt: null })).status).toBe(409);
    vi.setSystemTime(endedAt + 30 * DAY);
    expect((await enroll({ startAt: null })).status).toBe(201);
  });

  test("isn't enrolled again while another lead with the same address runs", async () => {
    const { enroll, first } = await ended("always");
    const other = await enroll({ leadExternalId: "other" });
    expect(other.status).toBe(201);
    const { status, body } = await enroll();
    expect([status, body.code]).toEqual([409, "already_enrolled"]);
    expect(body.detail).toContain(other.body.enrollment.id);
    expect(body.detail).not.toContain(first);
  });

  test("is enrolled once, however many ask at the same time", async () => {
    const { enroll } = await ended("always");
    const answers = await Promise.all(Array.from({ length: 8 }, () => enroll()));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(new Set(answers.map(({ body }) => body.enrollment.id)).size).toBe(1);
  });
});

test("whoever still is in the cadence stays as they are, whatever it says", async () => {
  const { ask } = await customer();
  const cadence = await publishedCadence(ask, { reenroll: "always" });
  const enroll = (lead: object) => ask.post(`/v1/cadences/${cadence}/enrollments`, { ...LEAD, ...lead });
  const first = (await enroll({})).body.enrollment.id;
  const same = await enroll({});
  expect([same.status, same.body.enrollment.id]).toEqual([200, first]);
  const other = await enroll({ leadExternalId: "other" });
  expect([other.status, other.body.code]).toEqual([409, "already_enrolled"]);
  expect(other.body.detail).toContain(first);
});

test("an end by a reply can't be taken back once the lead is enrolled anew: never do two run", async () => {
  const { ask, tenantId } = await customer();
  const cadence = await publishedCadence(ask, { reenroll: "always" });
  const enroll = () => ask.post(`/v1/cadences/${cadence}/enrollments`, LEAD);
  const stub = enrollmentStub(env, tenantId, (await enroll()).body.enrollment.id);
  await stub.receive(humanReply("Call me"));
  expect((await stub.read())?.phase).toMatchObject({ exit: { reason: "replied" } });
  expect((await enroll()).status).toBe(201);
  expect((await stub.read())?.phase).toMatchObject({ exit: { reason: "replied", isFinal: true } });
  expect(await alarmOf(stub)).not.toBeNull();
});

test.each([
  ["sometimes", "sometimes"],
  ["no days", { afterDays: 0 }],
  ["too many days", { afterDays: 3_651 }],
  ["half a day", { afterDays: 0.5 }],
  ["a word for days", { afterDays: "30" }],
  ["more than is known", { afterDays: 3, after: 4 }],
])("%s is no policy", async (_name, reenroll) => {
  const { ask } = await customer();
  const { status, body } = await ask.post("/v1/cadences", { name: "A", reenroll });
  expect([status, body.code]).toEqual([422, "invalid_request"]);
  expect(body.errors[0].pointer).toMatch(/^\/reenroll/);
});
