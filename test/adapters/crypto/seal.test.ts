import { expect, test } from "vitest";
import { mintCompletionToken, verifyCompletionToken } from "../../../adapters/crypto/completion-token.ts";
import { seal, unseal } from "../../../adapters/crypto/seal.ts";

const KEK = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

test("what is sealed opens only with the same key in the same row", async () => {
  const sealed = await seal(KEK, "whsec_secret", "ten_a|endpoints|secret|end_1");
  expect(sealed).not.toContain("whsec");
  expect(await unseal(KEK, sealed, "ten_a|endpoints|secret|end_1")).toBe("whsec_secret");
  await expect(unseal(KEK, sealed, "ten_b|endpoints|secret|end_1")).rejects.toThrow();
  await expect(unseal(btoa("f".repeat(32)), sealed, "ten_a|endpoints|secret|end_1")).rejects.toThrow();
});

test("sealing the same text twice gives two texts", async () => {
  expect(await seal(KEK, "x", "c")).not.toBe(await seal(KEK, "x", "c"));
});

test("a completion token opens its own draft of its own tenant and nothing else", async () => {
  const token = await mintCompletionToken(KEK, "ten_a", "drf_x_0_1");
  expect(await verifyCompletionToken(KEK, "drf_x_0_1", token)).toEqual({ tenantId: "ten_a" });
  expect(await verifyCompletionToken(KEK, "drf_x_0_2", token)).toBeNull();
  expect(await verifyCompletionToken(KEK, "drf_x_0_1", token.replace("ten_a", "ten_b"))).toBeNull();
  for (const forged of ["", ".", "ten_a.", `${token}0`, token.slice(0, -1)])
    expect(await verifyCompletionToken(KEK, "drf_x_0_1", forged)).toBeNull();
});
