import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { ContactQuestion } from "../../core/gates/contact.ts";
import { askContacts, noteReply, personStub, releaseContact } from "../../durable-objects/ask-contacts.ts";
import { setClock } from "../support/enrollment.ts";

const T = Date.parse("2026-11-23T10:00:00Z");
const DAY = 24 * 3600_000;
const LIMIT = { messages: 2, days: 7 };
const WHOSE = { tenantId: "ten_contact", mode: "live", id: "enr_a" };

afterEach(() => vi.useRealTimers());

const about = (to: string, more: Partial<ContactQuestion> = {}): ContactQuestion => ({
  to,
  person: LIMIT,
  company: null,
  repliesFrom: null,
  ...more,
});
const claim = (to: string, sendKey: string | null, more: Partial<ContactQuestion> = {}, whose = WHOSE) =>
  askContacts(env, whose, about(to, more), sendKey);

describe("a person", () => {
  test("is written to so often and no more, until the oldest message is so many days old", async () => {
    setClock(T);
    const to = "often@lead.example";
    expect(await claim(to, "a")).toEqual({ kind: "free" });
    vi.setSystemTime(T + DAY);
    // The same address in other letters is the same person.
    expect(await claim("Often@LEAD.example", "b")).toEqual({ kind: "free" });
    const full = { kind: "limit", of: "person", counted: 2, freeAt: T + 7 * DAY };
    expect([await claim(to, "c"), await claim(to, null)]).toEqual([full, full]);
    // The same message asked about again is one message, at its latest time.
    expect(await claim(to, "a")).toEqual({ kind: "free" });
    vi.setSystemTime(T + 7 * DAY);
    expect(await claim(to, "c")).toMatchObject({ kind: "limit", freeAt: T + 8 * DAY });
    vi.setSystemTime(T + 8 * DAY);
    expect(await claim(to, "c")).toEqual({ kind: "free" });
  });

  test("isn't counted by a look, and a message that is given back makes room", async () => {
    setClock(T);
    const to = "back@lead.example";
    for (let look = 0; look < 5; look += 1) expect(await claim(to, null)).toEqual({ kind: "free" });
    await claim(to, "a");
    await claim(to, "b");
    await releaseContact(env, WHOSE, { sendKey: "nobody's", to });
    expect(await claim(to, "c")).toMatchObject({ kind: "limit" });
    await releaseContact(env, WHOSE, { sendKey: "a", to });
    expect(await claim(to, "c")).toEqual({ kind: "free" });
  });

  test("is another one to another tenant, and in test mode", async () => {
    setClock(T);
    const to = "both@lead.example";
    await claim(to, "a");
    await claim(to, "b");
    expect(await claim(to, "c", {}, { ...WHOSE, tenantId: "ten_other" })).toEqual({ kind: "free" });
    expect(await claim(to, "c", {}, { ...WHOSE, mode: "sandbox" })).toEqual({ kind: "free" });
    expect(await claim(to, "c")).toMatchObject({ kind: "limit" });
  });

  test("who is asked about by fifty at once is written to twice", async () => {
    setClock(T);
    const answers = await Promise.all(Array.from({ length: 50 }, (_, n) => claim("rush@lead.example", `k${n}`)));
    expect(answers.filter(({ kind }) => kind === "free")).toHaveLength(2);
  });

  test("is remembered when the object was put out of memory", async () => {
    setClock(T);
    const to = "memory@lead.example";
    await claim(to, "a");
    await claim(to, "b");
    await evictDurableObject(await personStub(env, WHOSE, to));
    expect(await claim(to, "c")).toMatchObject({ kind: "limit", counted: 2 });
  });

  test("has one count for the addresses that they had before, too, and the same one in other letters counts once", async () => {
    setClock(T);
    const [to, former] = ["now@lead.example", "before@lead.example"];
    const formerly = { formerly: [former, "Now@Lead.example", "BEFORE@lead.example"] };
    await claim(former, "a");
    vi.setSystemTime(T + DAY);
    expect(await claim(to, "b", formerly)).toEqual({ kind: "free" });
    const full = { kind: "limit", of: "person", counted: 2, freeAt: T + 7 * DAY };
    expect([await claim(to, "c", formerly), await claim(to, null, formerly)]).toEqual([full, full]);
    // The very message that was counted there doesn't stand in its own way.
    expect(await claim(to, "a", formerly)).toEqual({ kind: "free" });
    // The control: nobody says that it is one person.
    await releaseContact(env, WHOSE, { sendKey: "a", to });
    expect(await claim(to, "c")).toEqual({ kind: "free" });
  });

  test("has no name in the name of the object", async () => {
    const { name } = (await personStub(env, WHOSE, "jane@lead.example")) as unknown as { name: string };
    expect(name).toMatch(/^ten_contact\/live\/[0-9a-f]{64}$/);
  });

  test("is forgotten a year after the last word, and not before", async () => {
    setClock(T);
    const to = "old@lead.example";
    await claim(to, "a");
    const stub = await personStub(env, WHOSE, to);
    vi.setSystemTime(T + 200 * DAY);
    await claim(to, "b");
    vi.setSystemTime(T + 365 * DAY);
    expect(await runDurableObjectAlarm(stub)).toBe(true);
    expect(await rows(stub)).toBe(2);
    vi.setSystemTime(T + 565 * DAY);
    expect(await runDurableObjectAlarm(stub)).toBe(true);
    expect(await rows(stub)).toBe(0);
  });
});

describe("a company", () => {
  const acme = { domain: "acme.example", messages: 2, days: 7 };

  test("has one count for all its people, and takes nothing from a person whom it refuses", async () => {
    setClock(T);
    const to = (name: string) => `${name}@acme.example`;
    await claim(to("a"), "a", { company: acme });
    await claim(to("b"), "b", { company: acme });
    expect(await claim(to("c"), "c", { company: acme })).toEqual({
      kind: "limit",
      of: "company",
      counted: 2,
      freeAt: T + 7 * DAY,
    });
    // What the person's object took for it was given back: there is room for two.
    expect([await claim(to("c"), "d"), await claim(to("c"), "e")]).toEqual([{ kind: "free" }, { kind: "free" }]);
    await releaseContact(env, WHOSE, { sendKey: "a", to: to("a") });
    expect(await claim(to("f"), "f", { company: acme })).toEqual({ kind: "free" });
  });
});

test("a message that may be out stays counted with the person when the company refuses its repeat", async () => {
  setClock(T);
  const to = "doubt@repeat.example";
  const company = (messages: number) => ({ company: { domain: "repeat.example", messages, days: 7 } });
  const refused = { kind: "limit", of: "company" };
  const one = { person: { messages: 1, days: 7 } };
  await claim(to, "doubtful", { ...one, ...company(2) });
  await claim("other@repeat.example", "other", { ...one, ...company(2) });
  // Since then the company may get fewer.
  expect(await claim(to, "doubtful", { ...one, ...company(1) })).toMatchObject(refused);
  expect(await claim(to, "next", one)).toMatchObject({ kind: "limit", of: "person", counted: 1 });
  // The control: what is new is given back.
  const fresh = "fresh@repeat.example";
  expect(await claim(fresh, "new", { ...one, ...company(1) })).toMatchObject(refused);
  expect(await claim(fresh, "next", one)).toEqual({ kind: "free" });
});

describe("a reply", () => {
  test("is known to the person's other enrollments that began before it, and to no other", async () => {
    setClock(T);
    const [to, a, b] = ["replied@lead.example", WHOSE, { ...WHOSE, id: "enr_b" }];
    const asked = { person: null, repliesFrom: T };
    expect(await claim(to, null, asked, b)).toEqual({ kind: "free" });
    await noteReply(env, a, [to, "former@lead.example"], T + 5);
    const elsewhere = { kind: "replied", enrollmentId: "enr_a", repliedAt: T + 5 };
    expect(await claim(to, null, asked, b)).toEqual(elsewhere);
    expect(await claim("former@lead.example", null, asked, b)).toEqual(elsewhere);
    expect(await claim(to, null, asked, a)).toEqual({ kind: "free" });
    expect(await claim(to, null, { ...asked, repliesFrom: T + 6 }, b)).toEqual({ kind: "free" });
    expect(await claim("other@lead.example", null, asked, b)).toEqual({ kind: "free" });
  });
});

async function rows(stub: Awaited<ReturnType<typeof personStub>>): Promise<number> {
  return runInDurableObject(stub, (_object, { storage }) => {
    const tables = storage.sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'messages'").toArray();
    return tables.length === 0 ? 0 : storage.sql.exec<{ n: number }>("SELECT count(*) AS n FROM messages").one().n;
  });
}
