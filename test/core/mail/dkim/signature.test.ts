import { expect, test } from "vitest";
import { readKeyRecord } from "../../../../core/mail/dkim/key-record.ts";
import { type DkimSignature, readSignature } from "../../../../core/mail/dkim/signature.ts";

const TAGS = "v=1; a=rsa-sha256; c=relaxed/simple; d=Lead.Example; s=s1; h=From : to; bh=AAAA; b=BBBB\r\n BBBB";

function read(tags: string) {
  return readSignature({ name: "dkim-signature", text: `DKIM-Signature: ${tags}` });
}

test("a signature is read with its folds, cases and defaults", () => {
  expect(read(`${TAGS}; t=100; x=200; l=7`)).toMatchObject({
    ok: true,
    signature: {
      algorithm: "rsa",
      signature: "BBBBBBBB",
      headerForm: "relaxed",
      bodyForm: "simple",
      domain: "lead.example",
      identityDomain: "lead.example",
      signedNames: ["from", "to"],
      bodyBytes: 7,
      expiresAt: 200_000,
    },
  });
  expect(read(TAGS.replace("c=relaxed/simple; ", ""))).toMatchObject({
    signature: { headerForm: "simple", bodyForm: "simple" },
  });
  expect(read(TAGS.replace("c=relaxed/simple", "c=relaxed"))).toMatchObject({
    signature: { headerForm: "relaxed", bodyForm: "simple" },
  });
});

test.each([
  ["signature_version", TAGS.replace("v=1", "v=2")],
  ["signature_version", TAGS.replace("v=1", "V=1")],
  ["algorithm_weak", TAGS.replace("sha256", "sha1")],
  ["algorithm_unknown", TAGS.replace("rsa-sha256", "none")],
  ["algorithm_unknown", `${TAGS}; q=ldap`],
  ["signature_version", ""],
  ["signature_syntax", "no tags at all"],
  ["signature_syntax", `${TAGS}; ; `],
  ["signature_syntax", `${TAGS}; d=evil.example`],
  ["signature_syntax", TAGS.replace("Lead.Example", "example")],
  ["signature_syntax", TAGS.replace("Lead.Example", "lead.example/x?y")],
  ["signature_syntax", TAGS.replace("s=s1", "s=s1..x")],
  ["signature_syntax", TAGS.replace("s=s1", `s=${"a.".repeat(120)}a`)],
  ["signature_syntax", TAGS.replace("From : to", "to")],
  ["signature_syntax", TAGS.replace("AAAA", "AAA")],
  ["signature_syntax", TAGS.replace("AAAA", "")],
  ["signature_syntax", `${TAGS}; i=jane@evil.example`],
  ["signature_syntax", `${TAGS}; l=-1`],
  ["signature_syntax", `${TAGS}; l=1e3`],
  ["signature_syntax", `${TAGS}; t=200; x=100`],
  ["signature_syntax", `${TAGS}; n=${"a".repeat(16_384)}`],
])("%s: %j is no signature for us", (reason, tags) => {
  expect(read(tags)).toMatchObject({ ok: false, reason });
});

function signature(): DkimSignature {
  const parsed = read(`${TAGS}; i=@post.lead.example`);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.signature;
}

test.each([
  [[], "key_missing"],
  [["hello"], "key_syntax"],
  [["v=DKIM1; p="], "key_revoked"],
  [["v=DKIM1; p=!!!!"], "key_syntax"],
  [["v=DKIM2; p=AAAA"], "key_syntax"],
  [["k=ed25519; p=AAAA"], "key_unsuitable"],
  [["h=sha1; p=AAAA"], "key_unsuitable"],
  [["s=tlsrpt; p=AAAA"], "key_unsuitable"],
  [["t=s; p=AAAA"], "key_unsuitable"],
])("the key records %j are refused: %s", (texts, reason) => {
  expect(readKeyRecord(texts, signature())).toEqual({ ok: false, reason });
});

test.each([
  [["p=AAAA"], false],
  [["v=DKIM1; k=rsa; h=sha1 : sha256; s=other:email; t=y; p=AA\t AA; n=a note"], true],
  [["v=spf1 -all", "v=DKIM1; p=AAAA"], false],
])("the key records %j hold a key", (texts, testing) => {
  expect(readKeyRecord(texts, signature())).toEqual({ ok: true, keyBase64: "AAAA", testing });
});
