import { expect, test } from "vitest";
import { hurryOf } from "../../durable-objects/hurry.ts";

test("retries hurry only in local mode, and by LOCAL_SPEED", () => {
  expect(hurryOf({ LOCAL_MODE: "on", LOCAL_SPEED: "20" })).toBe(20);
  expect(hurryOf({ LOCAL_MODE: "off", LOCAL_SPEED: "20" })).toBe(1);
});

test.each(["", "0", "-5", "fast", "Infinity", "0.5"])("a LOCAL_SPEED of %j changes nothing", (speed) => {
  expect(hurryOf({ LOCAL_MODE: "on", LOCAL_SPEED: speed })).toBe(1);
});
