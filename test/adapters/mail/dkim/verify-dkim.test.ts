import { beforeAll, describe, expect, test } from "vitest";
import { verifyDkim } from "../../../../adapters/mail/dkim/verify-dkim.ts";
import { dnsWith } from "../../../support/dkim/dns.ts";
import { type DkimKey, makeKey, type SignOptions, signMail } from "../../../support/dkim/sign.ts";

const NOW = Date.parse("2026-11-23T10:00:00Z");
const MAIL = [
  "Received: from mx.lead.example by mx.acme.example;",
  "\tMon, 23 Nov 2026 10:00:01 +0000",
  'From: "Jane  Doe" <jane@lead.example>',
  "To: Ana <ana@acme.example>,",
  "  Bob\t<bob@acme.example> ",
  "Comments: first",
  "Comments: second",
  "Subject:   Re: A   question",
  "Message-ID: <a1@lead.example>",
  "Date: Mon, 23 Nov 2026 10:00:00 +0000",
  "",
  "Sounds \t good, call me. ",
  "",
  " On Monday?",
  "",
  "",
  "",
].join("\r\n");
const NAMES = "From:To:Comments:Comments:Subject:Message-ID:Date";

let rsa: DkimKey;
let ed25519: DkimKey;
beforeAll(async () => {
  [rsa, ed25519] = await Promise.all([makeKey("rsa"), makeKey("ed25519")]);
});

function keyOf(algorithm: "rsa" | "ed25519"): DkimKey {
  return algorithm === "rsa" ? rsa : ed25519;
}

function sign(key: DkimKey, options: SignOptions = {}, mail = MAIL): Promise<string> {
  return signMail(mail, key, { names: NAMES, ...options });
}

async function verify(mail: string | Uint8Array, record: string | null, author = "lead.example") {
  const raw = typeof mail === "string" ? new TextEncoder().encode(mail) : mail;
  const dns = dnsWith(record === null ? {} : { "s1._domainkey.lead.example": record });
  return verifyDkim(raw, author, dns.lookUp, NOW);
}

const PAIRS = (["rsa", "ed25519"] as const).flatMap((algorithm) =>
  (["simple", "relaxed"] as const).flatMap((headerForm) =>
    (["simple", "relaxed"] as const).map((bodyForm) => ({ algorithm, headerForm, bodyForm })),
  ),
);

describe.each(PAIRS)("$algorithm, $headerForm/$bodyForm", ({ algorithm, ...forms }) => {
  test("what the lead's domain signed is by the lead's domain", async () => {
    const key = keyOf(algorithm);
    expect(await verify(await sign(key, forms), key.record)).toEqual({
      dkim: "pass",
      aligned: true,
      domain: "lead.example",
      reason: null,
    });
  });

  test("one flipped bit anywhere in what was signed is never a pass", async () => {
    const key = keyOf(algorithm);
    const signed = new TextEncoder().encode(await sign(key, forms));
    const text = new TextDecoder().decode(signed);
    const places = {
      signature: [text.indexOf("b=", text.indexOf("bh=") + 3) + 4, text.indexOf("Received:") - 12],
      bodyHash: [text.indexOf("bh=") + 5],
      tags: [text.indexOf("d=lead"), text.indexOf("s=s1") + 3, text.indexOf("h=From") + 3],
      header: ["jane@", "Bob", "first", "second", "question", "<a1", "Nov 2026 10:00:00"].map((word) =>
        text.indexOf(word),
      ),
      body: [text.indexOf("Sounds"), text.indexOf("On Monday"), text.indexOf("Monday?") + 6],
    };
    for (const [place, offsets] of Object.entries(places))
      for (const offset of offsets)
        for (const bit of [1, 2, 4, 8, 16, 32, 64, 128]) {
          const flipped = signed.slice();
          flipped[offset] = (flipped[offset] ?? 0) ^ bit;
          const where = `${place} ${offset} ${bit}: ${JSON.stringify(text.slice(offset - 5, offset + 5))}`;
          expect((await verify(flipped, key.record)).dkim, where).not.toBe("pass");
        }
  });

  test("blank lines that a server adds at the end, or drops there, change nothing", async () => {
    const key = keyOf(algorithm);
    const signed = await sign(key, forms);
    expect(await verify(`${signed}\r\n\r\n`, key.record)).toMatchObject({ dkim: "pass" });
    expect(await verify(signed.trimEnd(), key.record)).toMatchObject({ dkim: "pass" });
    // The control: a blank line between others is a change.
    expect(await verify(signed.replace("\r\n On", "\r\n\r\n On"), key.record)).toMatchObject({
      dkim: "fail",
      reason: "body_changed",
    });
  });

  test("new folds and spaces are a change to simple and none to relaxed", async () => {
    const key = keyOf(algorithm);
    const signed = await sign(key, forms);
    const words = (form: string) => (form === "relaxed" ? "pass" : "fail");
    const refolded = signed.replace("Subject:   Re: A   question", "SUBJECT : Re:\r\n\tA question ");
    expect(await verify(refolded, key.record)).toMatchObject({ dkim: words(forms.headerForm) });
    const respaced = signed.replace("Sounds \t good", "Sounds good\t").replace("good\t,", "good,");
    expect(await verify(respaced, key.record)).toMatchObject({ dkim: words(forms.bodyForm) });
  });
});

test("of several fields with one name the lowest is the one that was signed first", async () => {
  const signed = await sign(rsa, { names: "From:Comments:Subject" });
  expect(await verify(signed.replace("Comments: first", "Comments: other"), rsa.record)).toMatchObject({
    dkim: "pass",
  });
  expect(await verify(signed.replace("Comments: second", "Comments: other"), rsa.record)).toMatchObject({
    dkim: "fail",
    reason: "header_changed",
  });
});

test("a second From speaks for nobody, although what was signed is unchanged", async () => {
  const signed = await sign(rsa);
  expect(await verify(`From: Eve <eve@evil.example>\r\n${signed}`, rsa.record)).toMatchObject({
    dkim: "pass",
    aligned: false,
  });
});

test("what the mail says of its own signatures is not believed", async () => {
  const claims =
    "Authentication-Results: mx.acme.example; dkim=pass header.d=lead.example\r\nARC-Seal: i=1; cv=none\r\n";
  expect(await verify(claims + MAIL, rsa.record)).toEqual({ dkim: "none", aligned: null, domain: null, reason: null });
});

describe("a key", () => {
  test.each([
    ["isn't there", () => null, "permerror", "key_missing"],
    ["was revoked", () => "v=DKIM1; p=", "permerror", "key_revoked"],
    ["is another's", async () => (await makeKey("rsa")).record, "fail", "header_changed"],
    ["is of the other kind", () => ed25519.record, "permerror", "key_unsuitable"],
    ["is no key", () => "v=DKIM1; p=AAAA", "permerror", "key_syntax"],
    ["is only tried out", () => `${rsa.record}; t=y`, "neutral", "key_testing"],
  ])("that %s: %s %s", async (_name, record, dkim, reason) => {
    expect(await verify(await sign(rsa), await record())).toEqual({
      dkim,
      aligned: false,
      domain: "lead.example",
      reason,
    });
  });

  test("of fewer than 1,024 bits proves nothing, one of 1,024 does", async () => {
    for (const [bits, word] of [
      [512, "policy"],
      [768, "policy"],
      [1024, "pass"],
    ] as const) {
      const key = await makeKey("rsa", bits);
      expect((await verify(await sign(key), key.record)).dkim, `${bits} bits`).toBe(word);
    }
  });

  test("of Ed25519 of another length, or with a signature of another length, is refused and nothing is thrown", async () => {
    const signed = await sign(ed25519);
    expect(await verify(signed, "k=ed25519; p=AAAA")).toMatchObject({ dkim: "permerror", reason: "key_syntax" });
    const short = signed.replace(/ b=.*\r\n .*\r\n/, " b=AAAA\r\n");
    expect(await verify(short, ed25519.record)).toMatchObject({ dkim: "fail", reason: "header_changed" });
  });

  test("that DNS can't tell is a temporary error", async () => {
    const raw = new TextEncoder().encode(await sign(rsa));
    expect(await verifyDkim(raw, "lead.example", async () => ({ kind: "unavailable" }), NOW)).toMatchObject({
      dkim: "temperror",
      reason: "key_unavailable",
      aligned: false,
    });
  });
});

test("a signature by another domain is right, and speaks for nobody but that", async () => {
  const signed = await sign(rsa);
  expect(await verify(signed, rsa.record, "victim.example")).toMatchObject({
    dkim: "pass",
    aligned: false,
    domain: "lead.example",
  });
  expect(await verify(signed, rsa.record, "sales.lead.example")).toMatchObject({ dkim: "pass", aligned: true });
});

test("a signature counts until its x= and not after", async () => {
  const at = NOW / 1000;
  expect(await verify(await sign(rsa, { tags: ` t=${at - 60}; x=${at + 1};` }), rsa.record)).toMatchObject({
    dkim: "pass",
  });
  expect(await verify(await sign(rsa, { tags: ` t=${at - 60}; x=${at};` }), rsa.record)).toMatchObject({
    dkim: "policy",
    reason: "expired",
  });
});

test("a signature over a part of the body is no pass once there is more", async () => {
  const body = "Sounds good.\r\n";
  const mail = MAIL.slice(0, MAIL.indexOf("\r\n\r\n") + 4) + body;
  const signed = await sign(rsa, { bodyBytes: body.length }, mail);
  expect(await verify(signed, rsa.record)).toMatchObject({ dkim: "pass", aligned: true });
  expect(await verify(`${signed}Buy this now.\r\n`, rsa.record)).toMatchObject({
    dkim: "policy",
    reason: "body_not_covered",
    aligned: false,
  });
  expect(await verify(await sign(rsa, { bodyBytes: 0 }, mail), rsa.record)).toMatchObject({ dkim: "policy" });
});

describe("several signatures", () => {
  const records = () => ({
    "s1._domainkey.lead.example": rsa.record,
    "s1._domainkey.list.example": ed25519.record,
  });
  const check = async (mail: string, lookUp = dnsWith(records()).lookUp) =>
    verifyDkim(new TextEncoder().encode(mail), "lead.example", lookUp, NOW);

  test("the author's counts, wherever it stands", async () => {
    const listAbove = await sign(ed25519, { domain: "list.example" }, await sign(rsa));
    const listBelow = await sign(rsa, {}, await sign(ed25519, { domain: "list.example" }));
    for (const mail of [listAbove, listBelow])
      expect(await check(mail)).toEqual({ dkim: "pass", aligned: true, domain: "lead.example", reason: null });
  });

  test("a list that changed the text and signed it anew is shown as the list", async () => {
    const changed = (await sign(rsa)).replace("Sounds", "[list] Sounds");
    expect(await check(await sign(ed25519, { domain: "list.example" }, changed))).toEqual({
      dkim: "pass",
      aligned: false,
      domain: "list.example",
      reason: null,
    });
  });

  test("five are looked at and two names are asked for, the author's first", async () => {
    let mail = await sign(rsa);
    for (const domain of ["a.example", "b.example", "c.example", "list.example"])
      mail = await sign(ed25519, { domain }, mail);
    const dns = dnsWith(records());
    expect(await check(mail, dns.lookUp)).toMatchObject({ dkim: "pass", aligned: true });
    expect(dns.asked).toEqual(["s1._domainkey.lead.example", "s1._domainkey.list.example"]);
    const sixth = dnsWith(records());
    expect(await check(await sign(ed25519, { domain: "d.example" }, mail), sixth.lookUp)).toMatchObject({
      dkim: "pass",
      aligned: false,
    });
    expect(sixth.asked).toHaveLength(2);
  });

  test("a body that was changed costs no question to DNS", async () => {
    const dns = dnsWith(records());
    expect(await check((await sign(rsa)).replace("Sounds", "Looks"), dns.lookUp)).toMatchObject({ dkim: "fail" });
    expect(dns.asked).toEqual([]);
  });
});
