import { describe, expect, test } from "vitest";
import { mintCompletionToken, verifyCompletionToken } from "../../../adapters/crypto/completion-token.ts";
import { keyEncryptionKeys, rewrap, seal, unseal } from "../../../adapters/crypto/seal.ts";

const KEK = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
const NEXT = btoa("n".repeat(32));
const OTHER = btoa("f".repeat(32));
const ROW = "ten_a|endpoints|secret|end_1";

const before = new Map([[1, KEK]]);
const both = new Map([
  [1, KEK],
  [2, NEXT],
]);
const after = new Map([[2, NEXT]]);

describe("a sealed secret", () => {
  test("opens only with the same key in the same row", async () => {
    const sealed = await seal(before, 1, "whsec_secret", ROW);
    expect(sealed).not.toContain("whsec");
    expect(await unseal(before, sealed, ROW)).toBe("whsec_secret");
    for (const elsewhere of [
      "ten_b|endpoints|secret|end_1",
      "ten_a|mailboxes|secret|end_1",
      "ten_a|endpoints|secret|end_2",
    ])
      await expect(unseal(before, sealed, elsewhere)).rejects.toThrow();
    await expect(unseal(new Map([[1, OTHER]]), sealed, ROW)).rejects.toThrow();
    await expect(unseal(after, sealed, ROW)).rejects.toThrow("KEK_V1");
  });

  test("is another text each time, under a data key of its own", async () => {
    const [one, two] = [await seal(before, 1, "x", "c"), await seal(before, 1, "x", "c")];
    expect(one).not.toBe(two);
    // The data key of the one doesn't open the other.
    const [form, version, wrapped] = one.split(".");
    const mixed = [form, version, wrapped, two.split(".")[3]].join(".");
    await expect(unseal(before, mixed, "c")).rejects.toThrow();
  });

  test("is told from a changed one, whichever character was changed", async () => {
    const sealed = await seal(before, 1, "whsec_secret", ROW);
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = `${sealed.slice(0, at)}${sealed[at] === "A" ? "B" : "A"}${sealed.slice(at + 1)}`;
      // The last character of a base64 text may hold bits that mean nothing.
      if (sealed[at + 1] === "=" || sealed[at] === "=") continue;
      await expect(unseal(before, changed, ROW)).rejects.toThrow();
    }
  });
});

describe("a key-encryption key takes the place of another", () => {
  test("the same secret, then opened without the old one", async () => {
    const sealed = await seal(both, 1, "whsec_secret", ROW);
    const moved = (await rewrap(both, 2, sealed, ROW)) ?? "";
    expect(await unseal(after, moved, ROW)).toBe("whsec_secret");
    // Only the data key is wrapped anew.
    expect(moved.split(".")[3]).toBe(sealed.split(".")[3]);
    expect(await rewrap(both, 2, moved, ROW)).toBeNull();
    // The control: without it, it doesn't.
    await expect(unseal(after, sealed, ROW)).rejects.toThrow();
  });

  test("not for a row that it wasn't made for, and not for a version that isn't there", async () => {
    const sealed = await seal(both, 1, "x", ROW);
    await expect(rewrap(both, 2, sealed, "ten_b|endpoints|secret|end_1")).rejects.toThrow();
    await expect(rewrap(before, 2, sealed, ROW)).rejects.toThrow("KEK_V2");
  });

  test("what was sealed in the first form opens, and moves too", async () => {
    // Made by the release before data keys: "whsec_old" under KEK_V1 itself.
    const key = await crypto.subtle.importKey(
      "raw",
      Uint8Array.from(atob(KEK), (c) => c.charCodeAt(0)),
      "AES-GCM",
      false,
      ["encrypt"],
    );
    const iv = new Uint8Array(12).fill(7);
    const additionalData = new TextEncoder().encode(`v1|${ROW}`);
    const bytes = await crypto.subtle.encrypt(
      { name: "AES-GCM", iv, additionalData },
      key,
      new TextEncoder().encode("whsec_old"),
    );
    const old = `v1.${btoa(String.fromCharCode(...iv, ...new Uint8Array(bytes)))}`;
    expect(await unseal(before, old, ROW)).toBe("whsec_old");
    const moved = (await rewrap(both, 2, old, ROW)) ?? "";
    expect(await unseal(after, moved, ROW)).toBe("whsec_old");
    await expect(unseal(before, old, "ten_b|endpoints|secret|end_1")).rejects.toThrow();
  });
});

test("the keys are those named KEK_V and a number; without any nothing starts", () => {
  expect([
    ...keyEncryptionKeys({ KEK_V1: KEK, KEK_V12: NEXT, KEK_V3: "", KEK_OLD: OTHER, KEK_V1X: OTHER, DB: {} }),
  ]).toEqual([
    [1, KEK],
    [12, NEXT],
  ]);
  expect(() => keyEncryptionKeys({ TOKEN_KEY_V1: KEK })).toThrow("KEK_V1");
});

test("a completion token opens its own draft of its own tenant and nothing else", async () => {
  const token = await mintCompletionToken(KEK, "ten_a", "drf_x_0_1");
  expect(await verifyCompletionToken(KEK, "drf_x_0_1", token)).toEqual({ tenantId: "ten_a" });
  expect(await verifyCompletionToken(KEK, "drf_x_0_2", token)).toBeNull();
  expect(await verifyCompletionToken(KEK, "drf_x_0_1", token.replace("ten_a", "ten_b"))).toBeNull();
  for (const forged of ["", ".", "ten_a.", `${token}0`, token.slice(0, -1)])
    expect(await verifyCompletionToken(KEK, "drf_x_0_1", forged)).toBeNull();
});
