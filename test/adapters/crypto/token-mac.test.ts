import { expect, test } from "vitest";
import { mintMac, verifyMac } from "../../../adapters/crypto/token-mac.ts";

const ENROLLMENT = "enr_aebagbafaydqqcik";

async function keyOf(secret: string): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", new TextEncoder().encode(secret), { name: "HMAC", hash: "SHA-256" }, false, [
    "sign",
  ]);
}

test("a reply address proves the tenant and the enrollment it was made for, and no other", async () => {
  const key = await keyOf("0123456789abcdef0123456789abcdef");
  const mac = await mintMac(key, "reply", "ten_one", ENROLLMENT);
  expect(mac).toMatch(/^[a-z2-7]{16}$/);
  expect(await verifyMac(key, "reply", "ten_one", ENROLLMENT, mac)).toBe(true);
  expect(await verifyMac(key, "reply", "ten_one", ENROLLMENT, mac.toUpperCase())).toBe(true);

  expect(await verifyMac(key, "reply", "ten_two", ENROLLMENT, mac)).toBe(false);
  expect(await verifyMac(key, "reply", "ten_one", "enr_aebagbafaydqqcil", mac)).toBe(false);
  expect(await verifyMac(await keyOf("another key of another year......"), "reply", "ten_one", ENROLLMENT, mac)).toBe(
    false,
  );
});

test("a guessed, cut or lengthened proof is refused", async () => {
  const key = await keyOf("0123456789abcdef0123456789abcdef");
  const mac = await mintMac(key, "reply", "ten_one", ENROLLMENT);
  const changed = (mac.startsWith("a") ? "b" : "a") + mac.slice(1);
  for (const wrong of ["", mac.slice(0, 15), `${mac}a`, changed, "a".repeat(16)]) {
    expect(await verifyMac(key, "reply", "ten_one", ENROLLMENT, wrong)).toBe(false);
  }
});

test("the proof is the first 80 bits of the standard HMAC-SHA256", async () => {
  const key = await keyOf("key");
  const full = new Uint8Array(await crypto.subtle.sign("HMAC", key, new TextEncoder().encode("reply|t|e")));
  let bits = "";
  for (const byte of full.slice(0, 10)) bits += byte.toString(2).padStart(8, "0");
  const spelled = (bits.match(/.{5}/g) ?? [])
    .map((five) => "abcdefghijklmnopqrstuvwxyz234567".charAt(Number.parseInt(five, 2)))
    .join("");
  expect(await mintMac(key, "reply", "t", "e")).toBe(spelled);
});
