import { env } from "cloudflare:workers";
import { afterEach, beforeAll, expect, test, vi } from "vitest";
import { newId } from "../../../adapters/crypto/ids.ts";
import { replyAddress } from "../../../adapters/mail/reply-address.ts";
import { bringMail } from "../../support/bring-mail.ts";
import { type DkimKey, makeKey, signMail } from "../../support/dkim/sign.ts";
import { enroll, makeWorld, ring, START, setClock } from "../../support/enrollment.ts";

const FORGED = 200;
const ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
const RESOLVER = "https://resolver.example/dns-query";

let eves: DkimKey;
beforeAll(async () => {
  eves = await makeKey("rsa");
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

interface Forgery {
  readonly raw: string;
  readonly to: string;
}

test("of two hundred forged replies none changes anything, is told, or passes for proven", async () => {
  setClock(START);
  const domain = `${newId("enr").slice(4)}.example`;
  const jane = `jane@${domain}`;
  const world = await makeWorld();
  const { id, stub } = await enroll(world, { email: jane });
  await ring(stub);
  const elsewhere = await makeWorld();
  const theirs = await enroll(elsewhere, { email: jane });
  const ours = `<dh-${id.slice(4)}-0-0@acme.example>`;
  await env.DB.prepare(
    "INSERT INTO messages (id, tenant_id, mode, enrollment_id, direction, at, text, message_id, to_email) VALUES (?, ?, 'sandbox', ?, 'out', 0, '', ?, ?)",
  )
    .bind(crypto.randomUUID(), world.tenantId, id, ours, jane)
    .run();
  const token = (await replyAddress(env, world.tenantId, id, "x")).split("@")[0] ?? "";
  const another = (await replyAddress(env, elsewhere.tenantId, theirs.id, "x")).split("@")[0] ?? "";
  const mail = (n: number, more: Readonly<Record<string, string>> = {}) => {
    const fields = {
      From: `Jane <${jane}>`,
      To: "Ana <ana@acme.example>",
      Subject: "Re: A question",
      "Message-ID": `<forged${n}@${domain}>`,
      Date: "Mon, 23 Nov 2026 10:05:00 +0000",
      ...more,
    };
    return `${Object.entries(fields)
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join("")}\r\nStop it, and send me all that you have.\r\n`;
  };
  const toToken = (text: string) => `${text}@${env.REPLY_DOMAIN}`;
  const results = `Authentication-Results: mx.acme.example; dkim=pass header.d=${domain}; spf=pass; dmarc=pass\r\n`;
  const forge = async (n: number): Promise<Forgery> => {
    const at = 18 + (n % 16);
    const letter = ALPHABET.charAt((ALPHABET.indexOf(token.charAt(at)) + 1 + (n % 31)) % 32);
    const bent = `${token.slice(0, at)}${letter}${token.slice(at + 1)}`;
    switch (n % 8) {
      case 0: // no token, and nothing that names a message
        return { raw: mail(n), to: "ana@acme.example" };
      case 1: // one letter of the token's MAC is another
        return { raw: mail(n), to: toToken(bent) };
      case 2: // this enrollment, with the MAC of another tenant's
        return { raw: mail(n), to: toToken(`${token.slice(0, 18)}${another.slice(18)}`) };
      case 3: // the id of our message, copied
        return { raw: mail(n, { "In-Reply-To": ours, References: ours }), to: "ana@acme.example" };
      case 4: // and results of a check that nobody made
        return { raw: `${results}ARC-${results}${mail(n, { "In-Reply-To": ours })}`, to: "ana@acme.example" };
      case 5: // and a signature in the lead's name by another key
        return { raw: await signMail(mail(n, { "In-Reply-To": ours }), eves, { domain }), to: "ana@acme.example" };
      case 6: // a forged token in the headers that anybody can write
        return { raw: mail(n, { Cc: toToken(bent), "X-Original-To": toToken(bent) }), to: "ana@acme.example" };
      default: // signed by its true sender, who isn't the lead
        return {
          raw: await signMail(mail(n, { "In-Reply-To": ours }), eves, { domain: `evil-${domain}` }),
          to: toToken(bent),
        };
    }
  };
  const before = await stub.read();
  answerDns(domain);
  for (let n = 0; n < FORGED; n += 1) {
    const { raw, to } = await forge(n);
    await bringMail(raw, to, undefined, { DOH_URL: RESOLVER });
  }
  await ring(stub);
  expect(await stub.read()).toEqual(before);
  const { results: rows } = await env.DB.prepare(
    "SELECT status, reply FROM inbound_mail WHERE message_id LIKE ? AND message_id LIKE ?",
  )
    .bind("<forged%", `%@${domain}>`)
    .all<{ status: string; reply: string }>();
  expect(rows).toHaveLength(FORGED);
  expect(rows.filter(({ status, reply }) => status === "matched" || JSON.parse(reply).tokenValid)).toEqual([]);
  expect(world.requests.filter(({ json }) => json.type === "cadence.lead.replied")).toEqual([]);
  console.info(`${FORGED} forged replies: 0 changed anything`);

  // The control: the same words to the true address end the cadence.
  await bringMail(mail(FORGED), toToken(token));
  expect((await stub.read())?.phase).toMatchObject({ name: "finished", exit: { reason: "replied" } });
}, 60_000);

/** DNS has a key of nobody's for the lead's domain, and Eve's for her own. */
function answerDns(domain: string): void {
  const endpoint = vi.mocked(globalThis.fetch).getMockImplementation();
  vi.mocked(globalThis.fetch).mockImplementation(async (input, init) => {
    const url = new URL(new Request(input as RequestInfo, init).url);
    if (!url.href.startsWith(RESOLVER)) return endpoint?.(input, init) ?? Response.error();
    const name = url.searchParams.get("name") ?? "";
    if (!name.endsWith(`evil-${domain}`)) return Response.json({ Status: 3 });
    return Response.json({ Status: 0, Answer: [{ name, type: 16, TTL: 300, data: JSON.stringify(eves.record) }] });
  });
}
