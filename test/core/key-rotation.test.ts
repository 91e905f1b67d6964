import { describe, expect, test } from "vitest";
import { versionToMoveTo, versionToSealUnder } from "../../core/key-rotation.ts";

const GRACE = 10;
const seen = (version: number, firstSeenAt: number, doneAt: number | null = null) => ({ version, firstSeenAt, doneAt });

describe("something new is sealed", () => {
  test("under the only key there is, known or not", () => {
    expect(versionToSealUnder([3], [], 0, GRACE)).toBe(3);
  });

  test("under the old one until every isolate has the new one", () => {
    const known = [seen(1, 0), seen(2, 100)];
    expect(versionToSealUnder([1, 2], known, 109, GRACE)).toBe(1);
    expect(versionToSealUnder([1, 2], known, 110, GRACE)).toBe(2);
  });

  test("under the old one where nobody has seen the new one yet", () => {
    expect(versionToSealUnder([1, 2], [], 1_000, GRACE)).toBe(1);
    expect(versionToSealUnder([1, 2], [seen(1, 0)], 1_000, GRACE)).toBe(1);
  });

  test("never under one that is gone", () => {
    expect(versionToSealUnder([1], [seen(1, 0), seen(2, 0)], 1_000, GRACE)).toBe(1);
    expect(versionToSealUnder([2], [seen(1, 0)], 1_000, GRACE)).toBe(2);
  });
});

describe("all secrets move to the newest", () => {
  test("not before nobody seals under an older one any more", () => {
    const known = [seen(1, 0, 5), seen(2, 100)];
    expect(versionToMoveTo([1, 2], known, 119, GRACE)).toBeNull();
    expect(versionToMoveTo([1, 2], known, 120, GRACE)).toBe(2);
  });

  test("once", () => {
    expect(versionToMoveTo([1, 2], [seen(1, 0), seen(2, 100, 130)], 1_000, GRACE)).toBeNull();
  });

  test("not to one that was never noted, nor back to an older one", () => {
    expect(versionToMoveTo([1, 2], [seen(1, 0)], 1_000, GRACE)).toBeNull();
  });
});
