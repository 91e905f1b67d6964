import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, expect, test, vi } from "vitest";
import { BODIES } from "../../../../adapters/r2/holdings.ts";
import { askContacts } from "../../../../durable-objects/ask-contacts.ts";
import type { EnrollmentObject } from "../../../../durable-objects/enrollment.ts";
import { LATER, LEAD } from "../../../support/cadences.ts";
import { enroll, JANE, ring, runUntil, sandboxMail } from "../../../support/enrollment.ts";
import { placesOf } from "../../../support/everything-stored.ts";
import { knownPerson } from "../../../support/person.ts";

afterEach(() => vi.restoreAllMocks());

/** Waits for the log queue, which writes in batches. */
async function logged(enrollmentId: string, lines: number): Promise<void> {
  const count = () =>
    env.DB.prepare("SELECT count(*) AS n FROM journal WHERE enrollment_id = ?").bind(enrollmentId).first("n");
  await expect.poll(count, { timeout: 15_000 }).toBeGreaterThanOrEqual(lines);
}

test("of an erased person nothing is left: no row, no stored body, no object", { timeout: 60_000 }, async () => {
  const { ask, id, stub, world, person, traces } = await knownPerson();
  await logged(id, (await stub.readWithLines())?.lines ?? 99);
  const lead = {
    leadExternalId: person.word,
    leadName: person.name,
    leadEmail: person.email,
    inboxId: world.mailboxId,
    startAt: LATER,
  };
  const key = { "idempotency-key": person.word };
  expect((await ask.post(`/v1/cadences/${world.cadence.id}/enrollments`, lead, key)).status).toBe(201);
  // Or the rest would prove nothing.
  const before = await traces();
  const tables = [
    "enrollments",
    "idempotency_keys",
    "inbound_mail",
    "journal",
    "messages",
    "sandbox_mail",
    "suppressions",
  ];
  expect(before.filter((place) => place.startsWith("table "))).toEqual(
    expect.arrayContaining(tables.map((table) => `table ${table}`)),
  );
  const keys = before.flatMap((place) => (place.startsWith("body ") ? place.slice("body ".length) : []));
  expect(keys.length).toBeGreaterThanOrEqual(4);
  expect(keys.filter((bodyKey) => !BODIES.some(({ form }) => form.test(bodyKey)))).toEqual([]);
  expect(before.filter((place) => place.startsWith("object "))).toHaveLength(2);

  const { status, body } = await ask.post("/v1/erasures", { email: person.email.toUpperCase() });
  console.info("the report of an erasure", JSON.stringify(body));
  expect(status).toBe(200);
  expect(body).toMatchObject({ state: "done", removed: { enrollments: 2, inboundMails: 2, suppressions: 1 } });
  expect(await traces()).toEqual([]);
  // That it happened is known, and to whom only to who knows the address.
  expect((await ask.get("/v1/erasures")).body.data).toEqual([body.erasure]);
  // What doesn't tell of anybody stays.
  const seen = (await ask.get(`/v1/enrollments/${id}`)).body;
  expect(seen).toMatchObject({ state: "exited", exitReason: "erased", leadEmail: null, leadName: null });
  expect((await ask.get(`/v1/enrollments/${id}/timeline`)).status).toBe(200);
  expect((await ask.get(`/v1/enrollments/${id}/messages`)).body.data.length).toBeGreaterThan(0);
});

test("what the person was sent counts no longer, and nobody knows any more where they replied", async () => {
  const { ask, id, world, person } = await knownPerson();
  const whose = { tenantId: world.tenantId, mode: "sandbox", id: "enr_other" };
  const question = { to: person.email, person: { messages: 1, days: 365 }, company: null, repliesFrom: null };
  await askContacts(env, whose, question, `dh-${id.slice(4)}-0-0`);
  const word = () => askContacts(env, whose, question, null);
  const reply = () => askContacts(env, whose, { ...question, person: null, repliesFrom: 0 }, null);
  expect([await word(), await reply()]).toMatchObject([{ kind: "limit" }, { kind: "replied", enrollmentId: id }]);
  expect((await ask.post("/v1/erasures", { email: person.email })).status).toBe(200);
  expect([await word(), await reply()]).toEqual([{ kind: "free" }, { kind: "free" }]);
});

test("erasing twice finds nothing more, and a repeat of the first answer names nobody", async () => {
  const { ask, person } = await knownPerson();
  const key = { "idempotency-key": "e-1" };
  const first = await ask.post("/v1/erasures", { email: person.email }, key);
  expect(first.body.otherAddresses).toEqual([]);
  expect((await ask.post("/v1/erasures", { email: person.email }, key)).body.otherAddresses).toBeNull();
  const again = await ask.post("/v1/erasures", { email: person.email });
  expect(again.body.erasure).toEqual(first.body.erasure);
  expect(Object.values(again.body.removed)).toEqual([0, 0, 0, 0, 0, 0, 0]);
});

test("an erasure that was cut off half-way has stopped everything, and is finished by the next one", async () => {
  const { ask, person, id, world, traces } = await knownPerson();
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const cut = vi.spyOn(env.BODIES, "delete").mockRejectedValue(new Error("R2 is away"));
  expect((await ask.post("/v1/erasures", { email: person.email })).status).toBe(500);
  expect((await ask.get(`/v1/enrollments/${id}`)).body).toMatchObject({ state: "exited", nextDueAt: null });
  const again = { ...LEAD, leadEmail: person.email, inboxId: world.mailboxId };
  const refused = await ask.post(`/v1/cadences/${world.cadence.id}/enrollments`, again);
  expect(refused.body.code).toBe("person_erased");
  expect(await traces()).not.toEqual([]);
  cut.mockRestore();
  expect((await ask.post("/v1/erasures", { email: person.email })).status).toBe(200);
  expect(await traces()).toEqual([]);
});

test("a cadence under way ends at once: nothing more is asked or sent, whatever rings", async () => {
  const { ask, id, stub, world, person } = await knownPerson();
  const asked = world.requests.length;
  await ask.post("/v1/erasures", { email: person.email });
  expect(await runInDurableObject(stub, (_object, ctx) => ctx.storage.getAlarm())).toBeNull();
  await runInDurableObject(stub, (object) => (object as EnrollmentObject).alarm());
  await ring(stub);
  expect(await stub.wake("swept")).toBe(false);
  expect(world.requests.length).toBe(asked);
  expect(await sandboxMail(id)).toEqual([]);
});

test("an erased enrollment is not begun again by who meant to begin it when it was erased", async () => {
  const { world, ask, person } = await knownPerson();
  const { stub, id } = await enroll(world, { email: person.email }, { begin: false });
  await ask.post("/v1/erasures", { email: person.email });
  const beginning = { id, tenantId: world.tenantId, mode: "sandbox", lead: JANE, mailboxId: null, startAt: 0 } as const;
  expect(await stub.begin(beginning, world.cadence)).toEqual({ created: false });
  expect(await stub.read()).toBeNull();
});

test("the gate before each send refuses an erased person, should an enrollment have slipped through", async () => {
  const { world, ask, person } = await knownPerson();
  const { id } = (await ask.post("/v1/erasures", { email: person.email })).body.erasure;
  const { stub, id: slipped } = await enroll(world, { email: person.email });
  const asked = world.requests.length;
  await ring(stub);
  // Ended by the gate, or emptied already because the log had heard of it.
  expect((await stub.read())?.phase ?? null).toSatisfy(
    (phase) => phase === null || phase.exit.detail === "the lead's address is suppressed: erased",
  );
  expect(await sandboxMail(slipped)).toEqual([]);
  expect(world.requests.slice(asked).filter(({ json }) => json["type"] === "cadence.step.draft.requested")).toEqual([]);
  // The control: lifted, the same lead is written to.
  await ask.delete(`/v1/erasures/${id}`);
  const later = await enroll(world, { email: person.email });
  await runUntil(later.stub, async () => (await sandboxMail(later.id)).length > 0, 5);
  expect((await sandboxMail(later.id)).length).toBe(1);
});

test("an address that the lead had before is erased with the lead, and barred too", { timeout: 60_000 }, async () => {
  const { ask, id, person, world, traces } = await knownPerson();
  const newer = `new@${person.word}.example`;
  await ask.patch(`/v1/enrollments/${id}`, { lead: { email: newer } });
  const former = () => env.DB.prepare("SELECT former_emails AS f FROM enrollments WHERE id = ?").bind(id).first("f");
  await expect.poll(former, { timeout: 15_000 }).toBe(JSON.stringify([person.email]));
  const { body } = await ask.post("/v1/erasures", { email: person.email });
  expect(body).toMatchObject({ removed: { enrollments: 1 }, otherAddresses: [newer] });
  expect(await traces()).toEqual([]);
  const again = await ask.post(`/v1/cadences/${world.cadence.id}/enrollments`, { ...LEAD, leadEmail: newer });
  expect(again.body.code).toBe("person_erased");
});

test("who has very many enrollments is stopped at once and emptied by the queue", { timeout: 60_000 }, async () => {
  const { ask, world, person, traces } = await knownPerson();
  const lead = { email: person.email, name: person.name };
  const stubs = await Promise.all(Array.from({ length: 7 }, async () => (await enroll(world, lead)).stub));
  const { status, body } = await ask.post("/v1/erasures", { email: person.email });
  expect([status, body.state, body.removed.enrollments]).toEqual([202, "going_on", 8]);
  const isEmpty = async () => (await Promise.all(stubs.map((stub) => stub.read()))).every((state) => state === null);
  await expect.poll(isEmpty, { timeout: 15_000 }).toBe(true);
  await expect.poll(traces, { timeout: 15_000 }).toEqual([]);
});

test("what stands in base64, in JSON and in other letters is found by this test too", async () => {
  const word = `nadel${crypto.randomUUID().slice(0, 8)}`;
  for (const [n, text] of [word, btoa(`x${word}`), btoa(`xy${word} `), word.toUpperCase()].entries())
    await env.BODIES.put(`ten_needle/${n}`, text);
  expect(await placesOf(word.toUpperCase())).toEqual(
    expect.arrayContaining(["body ten_needle/0", "body ten_needle/3"]),
  );
  expect(await placesOf(word)).toEqual(["body ten_needle/0", "body ten_needle/1", "body ten_needle/2"]);
  await env.BODIES.delete([0, 1, 2, 3].map((n) => `ten_needle/${n}`));
});
