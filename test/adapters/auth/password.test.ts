import { expect, test } from "vitest";
import { hashPassword, verifyPassword } from "../../../adapters/auth/password.ts";

const PASSWORD = "correct horse battery staple";

test("a hash opens by its password and by no other; two of one password differ", async () => {
  const [hash, other] = [await hashPassword(PASSWORD), await hashPassword(PASSWORD)];
  expect(hash).toMatch(/^scrypt\$16384\$8\$5\$/);
  expect(hash).not.toBe(other);
  expect(await verifyPassword({ hash, password: PASSWORD })).toBe(true);
  for (const wrong of ["", `${PASSWORD} `, PASSWORD.toUpperCase()])
    expect(await verifyPassword({ hash, password: wrong })).toBe(false);
});

test("the same letters by another keyboard are the same password", async () => {
  const hash = await hashPassword("Zürich\u00a0im Frühling");
  expect(await verifyPassword({ hash, password: "Zu\u0308rich im Fru\u0308hling" })).toBe(true);
});

test("a hash that says what it was made with opens, also when new ones are made with more", async () => {
  const [, , , , salt = ""] = (await hashPassword(PASSWORD)).split("$");
  const { scryptSync } = await import("node:crypto");
  const key = scryptSync(PASSWORD, Buffer.from(salt, "base64"), 32, { N: 1024, r: 8, p: 1 }).toString("base64");
  expect(await verifyPassword({ hash: `scrypt$1024$8$1$${salt}$${key}`, password: PASSWORD })).toBe(true);
});

test.each(["", "scrypt", "scrypt$16384$8$5$$", "plain$1$1$1$eA==$eA==", PASSWORD])(
  "%j is the hash of nothing",
  async (hash) => {
    expect(await verifyPassword({ hash, password: PASSWORD })).toBe(false);
  },
);
