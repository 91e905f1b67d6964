import { expect, test } from "vitest";
import { bytesOf, HEX_BYTES, hexDump } from "../../../dashboard/src/features/log/hex-dump.ts";

test("Bytes that are no text are shown by their place, their hex and what ASCII makes of them", () => {
  const bytes = new Uint8Array([0x00, 0x41, 0x7f, 0xff, ...new Array(13).fill(0x20)]);
  expect(hexDump(bytes).split("\n")).toEqual([
    "0000  00 41 7f ff 20 20 20 20 20 20 20 20 20 20 20 20  .A..            ",
    "0010  20                                                ",
  ]);
});

test("A large one is shown by its beginning, and broken base64 as nothing rather than as a broken page", () => {
  expect(hexDump(new Uint8Array(100_000)).split("\n")).toHaveLength(HEX_BYTES / 16);
  expect(bytesOf("%%%")).toHaveLength(0);
  expect([...bytesOf("AP8=")]).toEqual([0, 255]);
});
