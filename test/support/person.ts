import { env } from "cloudflare:workers";
import { replyAddress } from "../../adapters/mail/reply-address.ts";
import { type IncomingMail, receiveMail } from "../../worker/email.ts";
import { keyFor } from "./cadences.ts";
import { enroll, makeWorld, ring, type World } from "./enrollment.ts";
import { placesOf } from "./everything-stored.ts";
import { type ApiClient, api } from "./worker.ts";

/** A person, and the word that stands in all that is stored of them and nowhere else. */
export interface Person {
  readonly word: string;
  readonly name: string;
  readonly email: string;
}

export interface KnownPerson {
  readonly person: Person;
  readonly world: World;
  readonly ask: ApiClient;
  readonly id: string;
  readonly stub: Awaited<ReturnType<typeof enroll>>["stub"];
  /** Every place in which something stands that gives the person away. */
  readonly traces: () => Promise<readonly string[]>;
}

/** A customer who wrote to the person, was answered in the thread and by a mail that nobody could place, and suppressed them. */
export async function knownPerson(): Promise<KnownPerson> {
  const world = await makeWorld({ settings: { exitOnReply: false } });
  const word = `quux${world.tenantId.slice("ten_".length)}`;
  const person = { word, name: `Philomena ${word}-Grünwald`, email: `p.${word}@widerruf.example` };
  const own = `ana@${world.tenantId.slice("ten_".length)}.example`;
  await env.DB.prepare("UPDATE mailboxes SET email = ? WHERE tenant_id = ?").bind(own, world.tenantId).run();
  world.answer = () => Response.json({ subject: `For ${word}`, body: `Your marzipan, ${word}`, meta: { model: word } });
  const ask = api(await keyFor(world.tenantId));
  const { id, stub } = await enroll(world, {
    externalId: `lead-${word}`,
    name: person.name,
    email: person.email,
    context: { note: `met ${word} at the zeppelin fair` },
  });
  await ring(stub);
  const address = await replyAddress(env, world.tenantId, id, env.REPLY_DOMAIN);
  await receiveMail(mailFrom(person, address, `My cousin ${word} has the gingerbread`), env, Date.now());
  await ring(stub);
  await receiveMail(mailFrom(person, own, `Where is the nougat of ${word}`), env, Date.now());
  await ask.post("/v1/suppressions", { entries: [{ value: person.email }] });
  return { person, world, ask, id, stub, traces: () => placesOf(word) };
}

/** A plain mail as it comes to our door; its words in base64, as many programs write it. */
function mailFrom({ name, email }: Person, to: string, text: string): IncomingMail {
  const raw = `From: ${name} <${email}>\r\nTo: <${to}>\r\nSubject: Hello\r\nMessage-ID: <${crypto.randomUUID()}@widerruf.example>\r\nDate: Mon, 23 Nov 2026 10:05:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=UTF-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${btoa(text)}\r\n`;
  const bytes = new TextEncoder().encode(raw);
  return {
    from: email,
    to,
    raw: new Response(bytes).body as ReadableStream,
    rawSize: bytes.length,
    setReject: () => undefined,
  };
}
