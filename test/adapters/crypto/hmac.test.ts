import { expect, test } from "vitest";
import { equalInConstantTime } from "../../../adapters/crypto/hmac.ts";

test.each([
  ["secret", "secret", true],
  ["secret", "secreu", false],
  ["secret", "tecret", false],
  ["secret", "secre", false],
  ["secret", "", false],
  ["", "", true],
  ["ä", "a\u0308", false],
  ["x".repeat(100_000), "x".repeat(99_999), false],
])("%j and %j, of whatever lengths, are compared without a throw", async (left, right, expected) => {
  expect(await equalInConstantTime(left, right)).toBe(expected);
});
