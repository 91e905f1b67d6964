import fc from "fast-check";
import { expect, test } from "vitest";
import { logId, readLogId } from "../../core/log-id.ts";

const stem = fc.string({ unit: fc.constantFrom(..."abcdefghijklmnopqrstuvwxyz234567"), minLength: 16, maxLength: 16 });

test("every line of the log has an id that leads back to it", () => {
  fc.assert(
    fc.property(
      stem,
      fc.constantFrom("enr_", "ten_"),
      fc.integer({ min: -999_999, max: 999_999 }),
      (name, owner, entry) => {
        const place = { enrollmentId: owner + name, entry };
        expect(readLogId(logId(place))).toEqual(place);
      },
    ),
  );
});

test("the local tenant's name is shorter, and its notices have ids too", () => {
  const place = { enrollmentId: "ten_local", entry: -1 };
  expect(readLogId(logId(place))).toEqual(place);
});

test.each([
  "",
  "log_",
  "log_short_1",
  "log_aaaaaaaaaaaaaaaa",
  "log_aaaaaaaaaaaaaaaa_x1",
  "log_aaaaaaaaaaaaaaaa_1 ",
  "drf_aaaaaaaaaaaaaaaa_1",
  "log_AAAAAAAAAAAAAAAA_1",
])("%j is no id of a line", (text) => {
  expect(readLogId(text)).toBeNull();
});
