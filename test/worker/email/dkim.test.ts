import { env } from "cloudflare:workers";
import { afterEach, beforeAll, expect, test, vi } from "vitest";
import { sha256Hex } from "../../../adapters/crypto/bytes.ts";
import { newId } from "../../../adapters/crypto/ids.ts";
import { replyAddress } from "../../../adapters/mail/reply-address.ts";
import { formatApiKey } from "../../../core/api-key.ts";
import { bringMail } from "../../support/bring-mail.ts";
import { type DkimKey, makeKey, signMail } from "../../support/dkim/sign.ts";
import { enroll, makeWorld, ring, START, setClock } from "../../support/enrollment.ts";
import { api } from "../../support/worker.ts";

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

let leads: DkimKey;
let eves: DkimKey;
let forged: DkimKey;
beforeAll(async () => {
  [leads, eves, forged] = await Promise.all([makeKey("rsa"), makeKey("ed25519"), makeKey("rsa")]);
});

/** Domains of this test's own: the isolate keeps what DNS said. */
async function started() {
  setClock(START);
  const domain = `${newId("enr").slice(4)}.example`;
  const [jane, evil] = [`jane@${domain}`, `evil-${domain}`];
  const world = await makeWorld();
  const { id, stub } = await enroll(world, { email: jane });
  await ring(stub);
  const ours = `<dh-${id.slice(4)}-0-0@acme.example>`;
  await env.DB.prepare(
    "INSERT INTO messages (id, tenant_id, mode, enrollment_id, direction, at, text, message_id, to_email) VALUES (?, ?, 'sandbox', ?, 'out', 0, '', ?, ?)",
  )
    .bind(crypto.randomUUID(), world.tenantId, id, ours, jane)
    .run();
  const lookUps: string[] = [];
  const records = new Map([
    [`s1._domainkey.${domain}`, leads.record],
    [`s1._domainkey.${evil}`, eves.record],
  ]);
  const endpoint = vi.mocked(globalThis.fetch).getMockImplementation();
  vi.mocked(globalThis.fetch).mockImplementation(async (input, init) => {
    const url = new URL(new Request(input as RequestInfo, init).url);
    if (url.origin !== new URL(RESOLVER).origin) return endpoint?.(input, init) ?? Response.error();
    const name = url.searchParams.get("name") ?? "";
    lookUps.push(name);
    const record = records.get(name);
    if (record === undefined) return Response.json({ Status: 3 });
    return Response.json({ Status: 0, Answer: [{ name, type: 16, TTL: 300, data: JSON.stringify(record) }] });
  });
  const mail = (more: Readonly<Record<string, string>> = {}) => {
    const fields = {
      From: `Jane <${jane}>`,
      To: "Ana <ana@acme.example>",
      Subject: "Re: A question",
      "Message-ID": `<answer@${domain}>`,
      Date: "Mon, 23 Nov 2026 10:05:00 +0000",
      "In-Reply-To": ours,
      ...more,
    };
    const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
    return `${lines.join("")}\r\nSounds good, call me.\r\n`;
  };
  const state = async () => {
    const row = await env.DB.prepare(
      "SELECT id, status, enrollment_id AS enrollmentId, reason FROM inbound_mail WHERE message_id = ? ORDER BY seq DESC",
    )
      .bind(`<answer@${domain}>`)
      .first<{ id: string; status: string; enrollmentId: string | null; reason: string | null }>();
    return { row, phase: (await stub.read())?.phase.name };
  };
  return { world, id, stub, domain, evil, ours, jane, mail, state, lookUps };
}

const RESOLVER = "https://resolver.example/dns-query";

function bring(raw: string, more: { readonly to?: string; readonly env?: Partial<Env> } = {}): Promise<void> {
  return bringMail(raw, more.to ?? "ana@acme.example", undefined, { DOH_URL: RESOLVER, ...more.env });
}

test("an answer without a token ends the cadence when the lead's own domain signed it", async () => {
  const { world, id, stub, domain, mail, state } = await started();
  await bring(await signMail(mail(), leads, { domain }));
  expect(await state()).toMatchObject({ phase: "finished", row: { status: "matched", enrollmentId: id } });
  vi.setSystemTime(Date.now() + 1_000);
  await ring(stub);
  const replied = world.requests.find(({ json }) => json.type === "cadence.lead.replied");
  expect(replied?.json).toMatchObject({
    data: {
      reply: {
        matchedBy: "in_reply_to+dkim",
        auth: { tokenValid: false, dkim: "pass", aligned: true, domain, reason: null },
      },
    },
  });
});

test("so does one that names the message in its References alone", async () => {
  const { domain, ours, mail, state } = await started();
  const raw = mail({ "In-Reply-To": "<other@lead.example>", References: `<first@acme.example>\r\n ${ours}` });
  await bring(await signMail(raw, leads, { domain }));
  expect(await state()).toMatchObject({ phase: "finished", row: { status: "matched" } });
});

type Started = Awaited<ReturnType<typeof started>>;

/** Each knows the id of our message and says that it comes from the lead. */
const SPOOFS: readonly (readonly [name: string, dkim: string, make: (at: Started) => string | Promise<string>])[] = [
  ["has no signature", "none", ({ mail }) => mail()],
  [
    "has no signature, and says that it has a good one",
    "none",
    ({ mail, domain }) =>
      `Authentication-Results: mx.acme.example; dkim=pass header.d=${domain}\r\nARC-Authentication-Results: i=1; mx.acme.example; dkim=pass header.d=${domain}\r\n${mail()}`,
  ],
  ["is signed by its true sender", "pass", ({ mail, evil }) => signMail(mail(), eves, { domain: evil })],
  ["is signed in the lead's name with another key", "fail", ({ mail, domain }) => signMail(mail(), forged, { domain })],
  [
    "is a true mail of the lead's with other words",
    "fail",
    async ({ mail, domain }) => (await signMail(mail(), leads, { domain })).replace("Sounds good", "Sounds bad"),
  ],
  [
    "is a true mail of the lead's with words behind the signed part",
    "policy",
    async ({ mail, domain }) => `${await signMail(mail(), leads, { domain, bodyBytes: 23 })}Never write again.\r\n`,
  ],
  [
    "has a second From above the signed one",
    "pass",
    async ({ mail, evil, jane }) =>
      `From: Jane <${jane}>\r\n${await signMail(mail({ From: `Eve <eve@${evil}>` }), eves, { domain: evil })}`,
  ],
  [
    "is signed by a selector that isn't there",
    "permerror",
    ({ mail, domain }) => signMail(mail(), leads, { domain, selector: "s9" }),
  ],
];

test.each(SPOOFS)("a spoofed answer that %s (%s) changes nothing and is shown", async (_name, dkim, make) => {
  const at = await started();
  await bring(await make(at));
  const { row, phase } = await at.state();
  expect({ row, phase }).toMatchObject({
    phase: "waiting",
    row: { status: "unmatched", enrollmentId: at.id, reason: expect.stringContaining(dkim) },
  });
  const key = await keyOf(at.world.tenantId);
  const { body } = await api(key).get(`/v1/inbound/${row?.id}`);
  expect(body.auth).toMatchObject({ tokenValid: false, dkim, aligned: dkim === "none" ? null : false });
});

test("the lead's signature under another's answer, or under an answer to another's message, proves nothing", async () => {
  const at = await started();
  const [colleague, other] = [`bob@${at.domain}`, await started()];
  await bring(await signMail(at.mail({ From: `Bob <${colleague}>` }), leads, { domain: at.domain }));
  expect(await at.state()).toMatchObject({ phase: "waiting", row: { status: "unmatched", enrollmentId: at.id } });
  await bring(await signMail(other.mail({ "In-Reply-To": at.ours }), leads, { domain: other.domain }));
  expect(await other.state()).toMatchObject({ phase: "waiting", row: { status: "unmatched" } });
  expect((await at.state()).phase).toBe("waiting");
});

test.each([
  ["the lead's address was corrected", "UPDATE enrollments SET lead_email = ? WHERE id = ?"],
  [
    "the message went to an address that the lead had before",
    "UPDATE messages SET to_email = ? WHERE enrollment_id = ?",
  ],
])("where %s, the signature is only a suggestion", async (_name, change) => {
  const { id, domain, mail, state } = await started();
  await env.DB.prepare(change).bind(`june@${domain}`, id).run();
  await bring(await signMail(mail(), leads, { domain }));
  expect(await state()).toMatchObject({ phase: "waiting", row: { status: "unmatched", enrollmentId: id } });
});

test("a message of ours that is only pasted into the lead's mail is only a suggestion", async () => {
  const { id, domain, ours, mail, state } = await started();
  const raw = `${mail({ "In-Reply-To": "<other@lead.example>" })}\r\nMessage-ID: ${ours}\r\n`;
  await bring(await signMail(raw, leads, { domain }));
  expect(await state()).toMatchObject({ phase: "waiting", row: { status: "unmatched", enrollmentId: id } });
});

test("a valid token acts without any signature, and what DKIM says goes with it", async () => {
  const { world, id, stub, mail, state } = await started();
  await bring(mail(), { to: await replyAddress(env, world.tenantId, id, env.REPLY_DOMAIN) });
  expect(await state()).toMatchObject({ phase: "finished", row: { status: "matched" } });
  vi.setSystemTime(Date.now() + 1_000);
  await ring(stub);
  const replied = world.requests.find(({ json }) => json.type === "cadence.lead.replied");
  expect(replied?.json).toMatchObject({
    data: { reply: { matchedBy: "token", auth: { tokenValid: true, dkim: "none", aligned: null, domain: null } } },
  });
});

test("with DNS down a token still acts, and nothing else does", async () => {
  const { world, id, domain, mail, state } = await started();
  const endpoint = vi.mocked(globalThis.fetch).getMockImplementation();
  vi.mocked(globalThis.fetch).mockImplementation(async (input, init) => {
    const isDns = new Request(input as RequestInfo, init).url.startsWith(RESOLVER);
    if (isDns) throw new Error("no route");
    return endpoint?.(input, init) ?? Response.error();
  });
  const signed = await signMail(mail(), leads, { domain });
  await bring(signed);
  expect(await state()).toMatchObject({
    phase: "waiting",
    row: { status: "unmatched", reason: expect.stringContaining("temperror") },
  });
  await bring(signed, { to: await replyAddress(env, world.tenantId, id, env.REPLY_DOMAIN) });
  expect(await state()).toMatchObject({ phase: "finished" });
});

test("where no resolver is set nobody is asked, and nothing is proven by DKIM", async () => {
  const { domain, mail, state, lookUps } = await started();
  await bring(await signMail(mail(), leads, { domain }), { env: { DOH_URL: "" } });
  expect(await state()).toMatchObject({
    phase: "waiting",
    row: { status: "unmatched", reason: expect.stringContaining("not_checked") },
  });
  expect(lookUps).toEqual([]);
});

test("a mail without a signature asks DNS nothing", async () => {
  const { mail, lookUps } = await started();
  await bring(mail());
  expect(lookUps).toEqual([]);
});

async function keyOf(tenantId: string): Promise<string> {
  const key = formatApiKey("test", newId("key").slice(4).repeat(2).slice(0, 30));
  await env.DB.prepare(
    "INSERT INTO api_keys (id, tenant_id, mode, name, hash, last4, created_at) VALUES (?, ?, 'test', 'seeded', ?, ?, ?)",
  )
    .bind(newId("key"), tenantId, await sha256Hex(key), key.slice(-4), Date.now())
    .run();
  return key;
}

/** Another customer of this installation, with a mailbox of their own. */
async function otherCustomer() {
  const world = await makeWorld();
  const mailbox = `rep@${world.tenantId.replace("_", "-")}.example`;
  await env.DB.prepare("UPDATE mailboxes SET email = ? WHERE id = ?").bind(mailbox, world.mailboxId).run();
  return { tenantId: world.tenantId, mailbox };
}

async function kept(tenantId: string): Promise<number> {
  const row = await env.DB.prepare("SELECT count(*) AS n FROM inbound_mail WHERE tenant_id = ?")
    .bind(tenantId)
    .first<{ n: number }>();
  return row?.n ?? 0;
}

test("what the lead passes on to another customer is that one's mail, and stops nothing here", async () => {
  const other = await otherCustomer();
  const { world, domain, mail, state } = await started();
  await bring(await signMail(mail({ To: other.mailbox }), leads, { domain }), { to: other.mailbox });
  expect([await kept(world.tenantId), await kept(other.tenantId), (await state()).phase]).toEqual([0, 1, "waiting"]);
});

test("a mail to another customer that names a message of ours is shown to that one alone", async () => {
  const other = await otherCustomer();
  const { world, mail } = await started();
  await bring(mail({ From: "Bob <bob@third.example>", To: other.mailbox }), { to: other.mailbox });
  expect([await kept(world.tenantId), await kept(other.tenantId)]).toEqual([0, 1]);
});
