import { expect, test } from "vitest";
import { verifyDkim } from "../../../../adapters/mail/dkim/verify-dkim.ts";
import { dnsWith } from "../../../support/dkim/dns.ts";
import verdicts from "../../../support/dkim/mailauth-verdicts.json";

/**
 * mailauth 7.1.0 in its strict mode verified these mails in Node, most of them signed by its own signer; its words are
 * stored with them, since it brings 39 packages and calls everything neutral inside workerd. Where ours is another word
 * it stands here.
 */
const OTHER_WORDS: Readonly<Record<string, string>> = {
  // A part that isn't signed, and a key in test (RFC 6376 section 3.6.1), are no pass to us.
  "l= of a part": "policy",
  "l= of what was the whole, and more added": "policy",
  "l=0": "policy",
  "key in test": "neutral",
  expired: "policy",
  // RFC 8601 has a word for what no later attempt will mend; mailauth says neutral.
  "no such key": "permerror",
  "another domain": "permerror",
  "revoked key": "permerror",
  "key of another kind": "permerror",
  "key record that is none": "permerror",
  "key that is no key": "permerror",
  "key for another service": "permerror",
  "key for sha1 only": "permerror",
  "key of another version": "permerror",
  "identity below the domain, key for the domain only": "permerror",
  // Base64 of a wrong length or alphabet is a fault of writing; mailauth takes it for a wrong value.
  "a character of the body hash is lost": "neutral",
  "its own base64 broken": "neutral",
};

test.each(verdicts.mails)("$name: the same as another verifier says", async ({ name, mailauth, keys, raw }) => {
  const records = Object.entries(keys).map(([at, key]) => [at, textOf(key)]);
  const evidence = await verifyDkim(
    new TextEncoder().encode(raw),
    "lead.example",
    dnsWith(Object.fromEntries(records)).lookUp,
    verdicts.checkedAt,
  );
  expect(evidence.dkim).toBe(OTHER_WORDS[name] ?? mailauth);
});

test("there are a hundred of them, of which we call no fewer than half a pass, and none that mailauth doesn't", () => {
  const passes = verdicts.mails.filter(({ mailauth }) => mailauth === "pass");
  expect(verdicts.mails.length).toBeGreaterThanOrEqual(100);
  expect(passes.length).toBeGreaterThanOrEqual(50);
  expect(Object.values(OTHER_WORDS)).not.toContain("pass");
});

function textOf(key: string): string {
  const found = Object.entries(verdicts.records).find(([id]) => id === key);
  if (found === undefined) throw new Error(`no record ${key}`);
  return found[1];
}

/** The signed example of RFC 8463 appendix A.3 with its published keys. */
const RFC_8463 = `DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;
 d=football.example.com; i=@football.example.com;
 q=dns/txt; s=brisbane; t=1528637909; h=from : to :
 subject : date : message-id : from : subject : date;
 bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
 b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus
 Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==
From: Joe SixPack <joe@football.example.com>
To: Suzie Q <suzie@shopping.example.net>
Subject: Is dinner ready?
Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)
Message-ID: <20030712040037.46341.5F8J@football.example.com>

Hi.

We lost the game.  Are you hungry yet?

Joe.
`.replaceAll("\n", "\r\n");

test("the example of RFC 8463 is right, and with another word it is wrong", async () => {
  const dns = dnsWith({
    "brisbane._domainkey.football.example.com": "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
  });
  const check = (mail: string) =>
    verifyDkim(new TextEncoder().encode(mail), "football.example.com", dns.lookUp, verdicts.checkedAt);
  expect(await check(RFC_8463)).toMatchObject({ dkim: "pass", aligned: true });
  expect(await check(RFC_8463.replace("lost", "won"))).toMatchObject({ dkim: "fail" });
  expect(await check(RFC_8463.replace("Is dinner", "Was dinner"))).toMatchObject({ dkim: "fail" });
});
