import fc from "fast-check";
import { expect, test } from "vitest";
import { API_KEY_BODY_LENGTH, BASE62, checkApiKey, crc32, formatApiKey } from "../../core/api-key.ts";

const BODY = "0123456789ABCDEFGHIJabcdefghij";
const body = fc.string({
  unit: fc.constantFrom(...BASE62),
  minLength: API_KEY_BODY_LENGTH,
  maxLength: API_KEY_BODY_LENGTH,
});
const mode = fc.constantFrom("live" as const, "test" as const);

test("the checksum is the CRC-32 that zip and PNG use", () => {
  expect(crc32("123456789")).toBe(0xcbf4_3926);
  expect(crc32("")).toBe(0);
});

test("a key says at its start whether it is live or test", () => {
  expect(formatApiKey("live", BODY)).toMatch(/^dh_live_0123456789ABCDEFGHIJabcdefghij[0-9A-Za-z]{6}$/);
  expect(formatApiKey("test", BODY)).toMatch(/^dh_test_0123456789ABCDEFGHIJabcdefghij[0-9A-Za-z]{6}$/);
});

test("a key that we wrote reads back as itself, whatever the dice gave", () => {
  fc.assert(
    fc.property(mode, body, (mode, body) => {
      expect(checkApiKey(formatApiKey(mode, body))).toEqual({ ok: true, mode });
    }),
  );
});

test("a key with one mistyped character is refused before anyone looks it up", () => {
  fc.assert(
    fc.property(body, fc.nat(API_KEY_BODY_LENGTH + 5), fc.constantFrom(...BASE62), (body, at, other) => {
      const key = formatApiKey("test", body);
      const index = "dh_test_".length + at;
      fc.pre(key[index] !== other);
      const mistyped = key.slice(0, index) + other + key.slice(index + 1);
      expect(checkApiKey(mistyped)).toEqual({ ok: false, reason: "wrong_checksum" });
    }),
  );
});

test("a test key can't be turned into a live one by renaming it", () => {
  const renamed = formatApiKey("test", BODY).replace("dh_test_", "dh_live_");
  expect(checkApiKey(renamed)).toEqual({ ok: false, reason: "wrong_checksum" });
});

test.each([
  ["", "unknown_prefix"],
  ["sk_live_0123456789", "unknown_prefix"],
  ["DH_LIVE_0123456789", "unknown_prefix"],
  ["dh_live_", "wrong_length"],
  [`${formatApiKey("live", BODY)} `, "wrong_length"],
  [formatApiKey("live", BODY).slice(0, -1), "wrong_length"],
  [`dh_live_${"-".repeat(36)}`, "wrong_character"],
  [`dh_live_${"é".repeat(36)}`, "wrong_character"],
])("%j is no key: %s", (text, reason) => {
  expect(checkApiKey(text)).toEqual({ ok: false, reason });
});

test("a body of another form is our bug, so it throws", () => {
  expect(() => formatApiKey("live", "short")).toThrow("30 base62");
});
