import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseDraftAnswer, parseReplyAnswer } from "../../../core/contract/draft-answer.ts";
import { DEFER_SECONDS_MAX, DRAFT_BODY_BYTES_MAX } from "../../../core/contract/limits.ts";

const WIDE = "中".repeat(DRAFT_BODY_BYTES_MAX / 3 + 1);

test.each([
  [{ body: "Hello" }],
  [
    {
      body: "Hello",
      subject: "A question",
      html: "<p>Hello</p>",
      meta: { model: "m", usage: { costUsd: 0.01 } },
      review: true,
    },
  ],
  [{ skip: true }],
  [{ skip: true, reason: "no fit" }],
  [{ defer: { untilSeconds: 60 } }],
  [{ defer: { untilSeconds: DEFER_SECONDS_MAX } }],
  [{ stop: true }],
  [{ body: "x".repeat(DRAFT_BODY_BYTES_MAX) }],
  [{ body: "Hello", subject: "é".repeat(255) }],
])("%# is an answer", (value) => {
  expect(parseDraftAnswer(value)).toEqual({ ok: true, answer: value });
});

test("keys that we don't know are ignored, so that an endpoint may say more than we asked", () => {
  expect(parseDraftAnswer({ body: "Hello", model: "m", to: "someone@else.example", action: "stop" })).toEqual({
    ok: true,
    answer: { body: "Hello" },
  });
});

test("a meta so deep that it couldn't be written down is refused, and a reasonable one isn't", () => {
  const nested = (levels: number): unknown => (levels === 0 ? 1 : { in: nested(levels - 1) });
  let abyss: unknown = 1;
  for (let level = 0; level < 50_000; level += 1) abyss = [abyss];
  expect(parseDraftAnswer({ body: "Hello", meta: { usage: nested(20) } }).ok).toBe(true);
  expect(parseDraftAnswer({ body: "Hello", meta: { deep: abyss } })).toEqual({
    ok: false,
    issues: ["meta: is nested deeper than 32 levels"],
  });
});

test.each([
  ["nothing", {}, "exactly one of body, skip, defer, stop is expected, found none"],
  ["two verbs", { body: "Hello", skip: true }, "found body and skip"],
  ["two verbs, one of them false", { body: "Hello", stop: false }, "found body and stop"],
  ["no object", "Hello", "must be a JSON object"],
  ["null", null, "must be a JSON object"],
  ["a list", [{ body: "Hello" }], "must be a JSON object"],
  ["no JSON at all", undefined, "must be a JSON object"],
  ["an empty body", { body: "" }, "body: must not be empty"],
  ["a body of white space", { body: " \n\t" }, "body: must not be empty"],
  ["a body that is no text", { body: 7 }, "body:"],
  ["a body with NUL", { body: "a\u0000b" }, "body: must not contain NUL"],
  ["a body over 100 KiB", { body: "x".repeat(DRAFT_BODY_BYTES_MAX + 1) }, "body: must be at most 102400 bytes"],
  ["a body over 100 KiB in UTF-8 alone", { body: WIDE }, "body: must be at most 102400 bytes"],
  ["a subject with CR", { body: "Hi", subject: "a\rBcc: x" }, "subject: must be one line"],
  ["a subject with LF", { body: "Hi", subject: "a\nBcc: x" }, "subject: must be one line"],
  ["a subject with a line separator", { body: "Hi", subject: "a\u2028b" }, "subject: must be one line"],
  ["a subject with NUL", { body: "Hi", subject: "a\u0000" }, "subject: must be one line"],
  ["a subject of 256 characters", { body: "Hi", subject: "x".repeat(256) }, "subject:"],
  ["an empty subject", { body: "Hi", subject: "" }, "subject:"],
  ["skip: false", { skip: false }, "skip:"],
  ["stop: 1", { stop: 1 }, "stop:"],
  ["a defer of 59 s", { defer: { untilSeconds: 59 } }, "defer.untilSeconds:"],
  ["a defer of over 30 days", { defer: { untilSeconds: DEFER_SECONDS_MAX + 1 } }, "defer.untilSeconds:"],
  ["a defer of a fraction", { defer: { untilSeconds: 90.5 } }, "defer.untilSeconds:"],
  ["a defer without a time", { defer: {} }, "defer.untilSeconds:"],
  ["a reason without an end", { skip: true, reason: "x".repeat(1001) }, "reason:"],
  ["a review that is no boolean", { body: "Hi", review: "yes" }, "review:"],
])("%s is not, and the log says why", (_name, value, why) => {
  const parsed = parseDraftAnswer(value);
  expect(parsed.ok).toBe(false);
  expect(parsed.ok ? "" : parsed.issues.join("; ")).toContain(why);
});

test("whatever comes, it is an answer with exactly one verb, or a reason why not", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const parsed = parseDraftAnswer(value);
      if (parsed.ok) expect(["body", "skip", "defer", "stop"].filter((verb) => verb in parsed.answer)).toHaveLength(1);
      else expect(parsed.issues.length).toBeGreaterThan(0);
    }),
  );
});

describe("the answer to a reply", () => {
  test.each([
    [{ body: "Thanks" }],
    [{ action: "stop", reason: "no" }],
    [{ action: "pause" }],
    [{ action: "continue" }],
    [{ defer: { untilSeconds: 600 } }],
  ])("%j is one", (value) => {
    expect(parseReplyAnswer(value)).toEqual({ ok: true, answer: value });
  });

  test.each([[{}], [null], [undefined], ["ok"], [[]], [{ received: true }], [{ skip: true }]])(
    "%j is a mere receipt",
    (value) => {
      expect(parseReplyAnswer(value)).toEqual({ ok: "none" });
    },
  );

  test.each([[{ action: "go" }], [{ body: "Hi", action: "stop" }], [{ body: "" }], [{ defer: { untilSeconds: 1 } }]])(
    "%j is wrong, and the log says so",
    (value) => {
      expect(parseReplyAnswer(value)).toMatchObject({ ok: false });
    },
  );
});
