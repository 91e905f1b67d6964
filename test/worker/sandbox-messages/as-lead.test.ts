import { env } from "cloudflare:workers";
import { afterEach, expect, test, vi } from "vitest";
import { keyFor } from "../../support/cadences.ts";
import {
  enroll,
  JANE,
  makeWorld,
  ring,
  START,
  sandboxMail,
  setClock,
  type World,
  type WorldOptions,
} from "../../support/enrollment.ts";
import { projectAtOnce } from "../../support/project-at-once.ts";
import { api } from "../../support/worker.ts";

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** A lead who got the first message. */
async function written(options: WorldOptions = {}) {
  setClock(START);
  const world = await makeWorld(options);
  projectAtOnce();
  const { id, stub } = await enroll(world);
  await ring(stub);
  const [mail] = await sandboxMail(id);
  const ask = api(await keyFor(world.tenantId));
  return { world, id, stub, ask, path: `/v1/sandbox/messages/${mail?.send_key}`, raw: mail?.raw ?? "" };
}

const told = (world: World) => world.requests.map(({ json }) => json["type"]);
const state = async ({ stub }: Awaited<ReturnType<typeof written>>) => (await stub.read())?.phase;

test("a reply stops the cadence and is told, by the way that every mail takes", async () => {
  const lead = await written();
  const { status, body } = await lead.ask.post(`${lead.path}/reply`, { text: "Sounds good, call me tomorrow." });
  expect([status, body]).toMatchObject([200, { ok: true, status: "matched", kind: "human" }]);
  expect(await state(lead)).toMatchObject({ name: "finished", exit: { reason: "replied" } });
  await ring(lead.stub);
  expect(told(lead.world)).toContain("cadence.lead.replied");
  const mail = (await lead.ask.get(`/v1/inbound/${body.inboundId}`)).body;
  expect(mail).toMatchObject({
    enrollmentId: lead.id,
    fromEmail: JANE.email,
    subject: "Re: A question",
    cleanText: "Sounds good, call me tomorrow.",
    auth: { tokenValid: true },
  });
  expect(mail.quotedText).toContain("Hello");
});

test("who is away doesn't stop it, and one's own subject and HTML come along", async () => {
  const lead = await written();
  const away = await lead.ask.post(`${lead.path}/reply`, { text: "I am out of the office.", kind: "out_of_office" });
  expect(away.body.kind).toBe("auto_reply");
  expect((await state(lead))?.name).toBe("waiting");
  const reply = await lead.ask.post(`${lead.path}/reply`, {
    text: "Yes",
    html: "<p>Yes</p>",
    subject: "Something else",
  });
  expect((await lead.ask.get(`/v1/inbound/${reply.body.inboundId}`)).body.subject).toBe("Something else");
});

test("the same words twice are two mails", async () => {
  const { ask, path } = await written();
  const [one, two] = [await ask.post(`${path}/reply`, { text: "Hm" }), await ask.post(`${path}/reply`, { text: "Hm" })];
  expect(one.body.inboundId).not.toBe(two.body.inboundId);
});

test("a hard bounce ends the enrollment and suppresses the address; a soft one does neither", async () => {
  const soft = await written();
  const full = await soft.ask.post(`${soft.path}/bounce`, { kind: "soft" });
  expect([full.status, full.body.kind, full.body.status]).toEqual([200, "bounce", "matched"]);
  expect((await state(soft))?.name).toBe("waiting");
  expect((await soft.ask.get("/v1/suppressions")).body.data).toEqual([]);
  const hard = await written();
  expect((await hard.ask.post(`${hard.path}/bounce`)).body.kind).toBe("bounce");
  expect(await state(hard)).toMatchObject({ name: "finished", exit: { reason: "bounced" } });
  await ring(hard.stub);
  const [suppressed] = (await hard.ask.get("/v1/suppressions")).body.data;
  expect(suppressed).toMatchObject({ value: JANE.email, reason: "bounced" });
});

test("one click unsubscribes by the message's own header", async () => {
  const lead = await written();
  expect(lead.raw).toMatch(/^List-Unsubscribe:/im);
  const { status, body } = await lead.ask.post(`${lead.path}/unsubscribe`);
  expect([status, body]).toEqual([200, { ok: true }]);
  expect(await state(lead)).toMatchObject({ name: "finished", exit: { reason: "unsubscribed" } });
  expect((await lead.ask.get("/v1/suppressions")).body.data).toMatchObject([{ value: JANE.email }]);
});

test("a message without such a header, or with one that was tampered with, unsubscribes nobody", async () => {
  const lead = await written();
  const forged = lead.raw.replace(/\/u\/(.{12})/g, "/u/aaaaaaaaaaaa");
  for (const raw of [lead.raw.replace(/^List-Unsubscribe:/gim, "X-Was:"), forged]) {
    await env.DB.prepare("UPDATE sandbox_mail SET raw = ? WHERE enrollment_id = ?").bind(raw, lead.id).run();
    expect((await lead.ask.post(`${lead.path}/unsubscribe`)).body.code).toBe("conflict");
  }
  expect((await state(lead))?.name).toBe("waiting");
});

test("nobody speaks for a real lead: a live key is told so, another's finds nothing", async () => {
  const { world, id, path } = await written();
  await env.DB.prepare("UPDATE enrollments SET mode = 'live' WHERE id = ?").bind(id).run();
  const live = api(await keyFor(world.tenantId, "live"));
  for (const [verb, body] of [
    ["reply", { text: "Yes" }],
    ["bounce", {}],
    ["unsubscribe", {}],
  ] as const) {
    const answer = await live.post(`${path}/${verb}`, body);
    expect([answer.status, answer.body.detail]).toEqual([409, expect.stringContaining("Only a test key")]);
    const stranger = api(await keyFor((await makeWorld()).tenantId));
    expect((await stranger.post(`${path}/${verb}`, body)).status).toBe(404);
  }
});

test.each([
  [{}],
  [{ text: "" }],
  [{ text: "x", subject: "a\r\nBcc: b@c.example" }],
  [{ text: "x", from: "y@z.example" }],
])("a reply of %j is refused", async (body) => {
  const { ask, path } = await written();
  expect((await ask.post(`${path}/reply`, body)).status).toBe(422);
});
