import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { matchCandidates } from "../../../core/mail/match.ts";
import { decodeBase32, encodeBase32, findReplyTokens, formatReplyAddress } from "../../../core/mail/reply-address.ts";
import { inboundMail } from "../../support/inbound-mail.ts";

const ID = "aebagbafaydqqcik";
const MAC = "mfrggzdfmztwq2lk";
const ADDRESS = `r1${ID}${MAC}@reply.drafthook.test`;
const NOWHERE = { envelopeTo: "catchall@reply.drafthook.test" };

test("base32 is that of RFC 4648 in lower case, and comes back", () => {
  const bytes = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));
  // The vectors of RFC 4648 section 10, without padding.
  const vectors = [
    ["", ""],
    ["f", "my"],
    ["fo", "mzxq"],
    ["foo", "mzxw6"],
    ["foob", "mzxw6yq"],
    ["fooba", "mzxw6ytb"],
    ["foobar", "mzxw6ytboi"],
  ];
  for (const [plain = "", encoded = ""] of vectors) {
    expect(encodeBase32(bytes(plain))).toBe(encoded);
    expect(decodeBase32(encoded.toUpperCase())).toEqual(bytes(plain));
  }
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (value) => {
      expect(decodeBase32(encodeBase32(value))).toEqual(value);
    }),
  );
});

test("a text that is no base32 is refused", () => {
  for (const wrong of ["a", "1", "my=", "mz", "a b", "aaa"]) expect(decodeBase32(wrong), wrong).toBeNull();
});

test("a reply address is 34 characters and a domain, and says which enrollment it is for", () => {
  expect(formatReplyAddress({ kid: "1", idBase32: ID, macBase32: MAC, domain: "reply.drafthook.test" })).toBe(ADDRESS);
  expect(findReplyTokens(inboundMail({ envelopeTo: ADDRESS }))).toEqual([
    {
      kid: "1",
      idBase32: ID,
      macBase32: MAC,
      enrollmentId: `enr_${ID}`,
      domain: "reply.drafthook.test",
      place: "envelope_to",
    },
  ]);
});

describe("a token is found where it may be, and the place is told", () => {
  test.each([
    ["envelope_to", { envelopeTo: ADDRESS.toUpperCase() }],
    ["envelope_to", { envelopeTo: ADDRESS.replace("r1", "anna+r1") }],
    ["delivered_to", { ...NOWHERE, headers: { "delivered-to": [`<${ADDRESS}>`] } }],
    ["to", { ...NOWHERE, to: [{ name: "Anna", email: ADDRESS }] }],
    ["cc", { ...NOWHERE, cc: [{ name: "Anna", email: ADDRESS }] }],
    ["x_original_to", { ...NOWHERE, headers: { "x-original-to": [ADDRESS] } }],
    [
      "returned_headers",
      { ...NOWHERE, returnedHeaders: `From: Anna <anna@outreach.drafthook.test>\nReply-To: <${ADDRESS}>` },
    ],
  ])("%s", (place, changes) => {
    expect(findReplyTokens(inboundMail(changes))).toMatchObject([
      { place, idBase32: ID, domain: "reply.drafthook.test" },
    ]);
  });

  test("the envelope wins over a header that says the same", () => {
    expect(findReplyTokens(inboundMail({ envelopeTo: ADDRESS, to: [{ name: null, email: ADDRESS }] }))).toHaveLength(1);
  });

  test.each([
    ["one character short", ADDRESS.replace(MAC, MAC.slice(1))],
    ["one character long", ADDRESS.replace(MAC, `${MAC}a`)],
    ["a letter that base32 has not", ADDRESS.replace(ID, ID.replace("a", "0"))],
    ["the end of a longer name", `peter${ADDRESS}`],
    ["no domain part", ADDRESS.replace("@", " ")],
  ])("%s: no token", (_name, envelopeTo) => {
    expect(findReplyTokens(inboundMail({ envelopeTo }))).toEqual([]);
  });

  test("a mail can't make us check more than ten", () => {
    const to = Array.from({ length: 500 }, (_, index) => ({
      name: null,
      email: `r1${ID}${encodeBase32(Uint8Array.from({ length: 10 }, (_byte, at) => (at === 0 ? index & 255 : index >> 8)))}@x.example`,
    }));
    expect(findReplyTokens(inboundMail({ ...NOWHERE, to }))).toHaveLength(10);
  });
});

test("hints come in the order of their worth: token, In-Reply-To, References from the newest, what a bounce returned", () => {
  const mail = inboundMail({
    envelopeTo: ADDRESS,
    inReplyTo: ["<two@x.example>"],
    references: ["<zero@x.example>", "<one@x.example>", "<two@x.example>"],
    returnedHeaders: "Subject: s\nMessage-ID:\n <three@x.example>",
    text: "> Message-Id: <four@x.example>",
  });
  expect(matchCandidates(mail).map(({ by, value }) => [by, value])).toEqual([
    ["token", `r1${ID}${MAC}`],
    ["in_reply_to", "<two@x.example>"],
    ["references", "<one@x.example>"],
    ["references", "<zero@x.example>"],
    ["returned_message", "<three@x.example>"],
    ["returned_message", "<four@x.example>"],
  ]);
});
