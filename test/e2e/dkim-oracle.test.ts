import { generateKeyPairSync } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { buffer } from "node:stream/consumers";
import DKIM from "nodemailer/lib/dkim";
import { expect, test } from "vitest";
import { verifyDkim } from "../../adapters/mail/dkim/verify-dkim.ts";

const FOLDER = new URL("../support/mails/", import.meta.url).pathname;
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith(".eml"));
const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const RECORD = `v=DKIM1; p=${publicKey.export({ type: "spki", format: "der" }).toString("base64")}`;

async function signed(raw: Buffer): Promise<Buffer> {
  const signer = new DKIM({
    domainName: "lead.example",
    keySelector: "s1",
    privateKey: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  });
  return buffer(signer.sign(raw));
}

async function verify(raw: Buffer) {
  const lookUp = async (name: string) =>
    name === "s1._domainkey.lead.example" ? { kind: "found" as const, texts: [RECORD] } : { kind: "absent" as const };
  return verifyDkim(new Uint8Array(raw), "lead.example", lookUp, 0);
}

/** nodemailer's signer shares no code with our verifier: what it signs must be right to us, in Node as in workerd. */
test.each(FILES)("%s, signed by nodemailer, is a pass, and with one bit flipped it is none", async (name) => {
  const mail = Buffer.from(
    readFileSync(FOLDER + name)
      .toString("latin1")
      .replace(/\r?\n/g, "\r\n"),
    "latin1",
  );
  const raw = await signed(mail);
  expect(raw.subarray(-mail.length).equals(mail)).toBe(true);
  expect(await verify(raw)).toMatchObject({ dkim: "pass", domain: "lead.example" });

  const start = raw.length - mail.length;
  const inBody = raw.indexOf("\r\n\r\n", start) + 5;
  const inSubject = raw.toString("latin1").search(/\r\nsubject:.*\S/i) + 12;
  for (const place of [inBody, inSubject]) {
    const flipped = Buffer.from(raw);
    flipped.writeUInt8(raw.readUInt8(place) ^ 1, place);
    expect((await verify(flipped)).dkim, `byte ${place}`).not.toBe("pass");
  }
});

test("there are mails to compare", () => {
  expect(FILES.length).toBeGreaterThanOrEqual(11);
});
