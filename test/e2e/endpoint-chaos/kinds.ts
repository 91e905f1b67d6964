import {
  atTime,
  bytes,
  drip,
  either,
  gzipBomb,
  head,
  headerBomb,
  hundredMib,
  POISON,
  response,
  rightAnswer,
} from "./answers.ts";
import { ASKED_ONCE, ASKED_THRICE, ENDS_ALL, type Kind } from "./kind.ts";

type Answer = Kind["answer"];

/** R6 of security.md: how to answer badly, and how to answer well, which must not suffer from it. */
export const KINDS: readonly Kind[] = [
  taken("well", "answered", well()),
  taken("well_at_the_second_try", ["answered", "http_500"], either(isWellAtOnce, well(), response(500))),

  // The line.
  { ...bad("refused_connection", "network", () => undefined), isRefused: true },
  bad("reset_before_headers", "network", bytes("", "reset")),
  bad("reset_mid_header", "network", bytes("HTTP/1.1 200 OK\r\nContent-Ty", "reset")),
  bad("reset_mid_body", "network", bytes(cutShort(), "reset")),
  bad("chunks_without_end", "network", bytes(chunksWithoutEnd(), "end")),
  bad("http_garbage", "network", bytes("\0\u0001\u0002 what? \r\n\r\n", "end")),
  bad("header_bomb", "network", headerBomb()),
  bad("content_length_too_long", "network", response(200, POISON, { "Content-Length": "5000" }, "end")),
  bad("content_length_too_short", "draft_invalid", response(200, POISON, { "Content-Length": "20" }, "end")),
  bad("two_content_lengths", ["network", "draft_invalid"], bytes(twoLengths(), "end")),
  bad("gzip_that_is_none", "network", response(200, POISON, { "Content-Encoding": "gzip" })),

  // The status.
  ...[301, 302, 303, 307, 308].map(redirect),
  ...[401, 404, 422].map((status) => bad(`status_${status}`, `http_${status}`, response(status))),
  { ...bad("status_410", "http_410", response(410)), spread: ENDS_ALL, attemptsMin: 1 },
  ...[500, 503].map((status) => bad(`status_${status}`, `http_${status}`, response(status))),
  once(bad("busy_for_some_seconds", "http_429", response(429, POISON, { "Retry-After": "3" }))),
  once(
    bad(
      "busy_until_a_date",
      "http_429",
      response(429, POISON, () => ({ "Retry-After": inAMinute() })),
    ),
  ),
  once(bad("away_for_a_million_years", "http_503", response(503, POISON, { "Retry-After": "31536000000000" }))),

  // The words.
  invalid("html", "<!doctype html><p>POISON</p>"),
  invalid("json_that_is_none", '{"subject":"Poison","body":"POISON",}'),
  invalid("empty", ""),
  bad("no_content", "draft_invalid", bytes("HTTP/1.1 204 No Content\r\n\r\n")),
  invalid("utf_16", Buffer.from(`\uFEFF${POISON}`, "utf16le")),
  invalid("latin_1", Buffer.from('{"body":"POISON für Zoë"}', "latin1")),
  invalid("defer_for_ever", '{"defer":{"untilSeconds":99999999999}}'),
  invalid("two_verbs", '{"skip":true,"body":"POISON"}'),
  invalid("an_unknown_verb", '{"send":"POISON"}'),
  invalid("subject_with_a_line_break", '{"subject":"Hi\\r\\nBcc: x@y.example","body":"POISON"}'),
  invalid("nul_in_the_words", '{"subject":"Hi","body":"POI\\u0000SON"}'),
  // JSON leaves open which of two counts; the platform's parser takes the last.
  { ...taken("duplicate_keys", ["answered", "draft_invalid"], response(200, twoBodies)), mails: "any" },
  bad("meta_50_000_deep", "draft_invalid", response(200, deepMeta)),

  // The size.
  { ...bad("a_hundred_mib", "too_large", hundredMib()), wave: "large" },
  { ...bad("gzip_bomb", "too_large", gzipBomb()), wave: "large" },

  // The time.
  slow(bad("no_answer_at_all", "timeout", bytes(""))),
  slow(bad("headers_a_byte_a_second", "timeout", drip("HTTP/1.1 200 OK\r\nX-Slow: "))),
  slow(bad("a_byte_a_second", "timeout", drip(beginning()))),
  slow({ ...taken("in_the_last_two_seconds", ["answered", "timeout"], atTime(almostDue, well())), mails: "any" }),
  slow(bad("a_tenth_of_a_second_late", "timeout", atTime(overdue, response(200)))),
];

/** An answer that must lead to no mail. */
function bad(name: string, outcome: string | readonly string[], answer: Answer): Kind {
  return {
    name,
    wave: "quick",
    outcomes: [outcome].flat(),
    mails: "none",
    spread: ASKED_THRICE,
    attemptsMin: 50,
    answer,
  };
}

/** A whole response that isn't within the contract. */
function invalid(name: string, body: string | Buffer): Kind {
  return bad(name, "draft_invalid", response(200, body));
}

function redirect(status: number): Kind {
  const answer = response(status, POISON, ({ tripwireUrl }) => ({ Location: tripwireUrl }));
  return bad(`redirect_${status}`, `http_${status}`, answer);
}

function taken(name: string, outcome: string | readonly string[], answer: Answer): Kind {
  return once({ ...bad(name, outcome, answer), mails: "all" });
}

function once(kind: Kind): Kind {
  return { ...kind, spread: ASKED_ONCE };
}

function slow(kind: Kind): Kind {
  return once({ ...kind, wave: "slow" });
}

function well(): Answer {
  return response(200, (asked) => rightAnswer(asked));
}

function isWellAtOnce({ attempt, number }: { readonly attempt: number; readonly number: number }): boolean {
  return attempt > 1 || number % 2 === 0;
}

/** A whole answer, of which the headers say that it isn't. */
function cutShort(): Buffer {
  return Buffer.concat([head(200, { "Content-Length": String(POISON.length + 100) }), Buffer.from(POISON)]);
}

/** As much, and time to come for the rest. */
function beginning(): Buffer {
  return Buffer.concat([head(200, { "Content-Length": "4000" }), Buffer.from(POISON)]);
}

function chunksWithoutEnd(): Buffer {
  const chunk = `${POISON.length.toString(16)}\r\n${POISON}\r\n`;
  return Buffer.concat([head(200, { "Transfer-Encoding": "chunked" }), Buffer.from(chunk)]);
}

function twoLengths(): string {
  return `HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: ${POISON.length}\r\n\r\n${POISON}`;
}

function twoBodies(asked: Parameters<Answer>[1]): string {
  return `{"subject":"Right","body":"POISON","body":${JSON.stringify(asked.right())}}`;
}

function deepMeta(asked: Parameters<Answer>[1]): string {
  const deep = "[".repeat(50_000) + "]".repeat(50_000);
  return `{"subject":"Right","body":${JSON.stringify(asked.right())},"meta":{"deep":${deep}}}`;
}

function inAMinute(): string {
  return new Date(Date.now() + 60_000).toUTCString();
}

/** After 27.9 to 29.9 s by the product's clock, which began before the request came here: a busy machine hits some of it. */
function almostDue({ deadline, number }: { readonly deadline: number; readonly number: number }): number {
  return deadline - 100 - 40 * number;
}

function overdue(): number {
  return Date.now() + 30_100;
}
