import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { copyAsCurl, quoteForShell } from "../../../dashboard/src/features/log/copy-as-curl.ts";

const HOSTILE = [
  "plain",
  "it's",
  `"double" and 'single'`,
  "$(touch pwned) `touch pwned` $HOME",
  "a\nb\n",
  "'; touch pwned; echo '",
  "\\'; touch pwned #",
  "!! !touch",
  "\u001b[201~\rtouch pwned\r",
  "tab\tbell\u0007 del\u007f c1\u0085",
  "\u202Eright to left\u2066\u2028line\uFEFF",
  "Zoë 日本 🚀",
  "%s %d \\x41 \\n",
  "@/etc/passwd",
  "-o pwned",
  "",
];

/** The words that bash makes of a command, where `curl` only says what it was given. */
function wordsOf(command: string) {
  const cwd = mkdtempSync(join(tmpdir(), "curl-"));
  const { stdout, status } = spawnSync("bash", ["-c", `curl() { printf '%s\\0' "$@"; }\n${command}`], {
    cwd,
    encoding: "utf8",
  });
  return { words: stdout.split("\0").slice(0, -1), status, leftBehind: readdirSync(cwd) };
}

describe("Copying a request as curl", () => {
  test.each(HOSTILE)("hands the body %j on as it was, and runs nothing of it", (body) => {
    const { words, status, leftBehind } = wordsOf(copyAsCurl({ url: "https://example.com/hook", headers: {}, body }));
    expect(status).toBe(0);
    expect(words.at(-2)).toBe("--data-raw");
    expect(words.at(-1)).toBe(body);
    expect(leftBehind).toEqual([]);
  });

  test.each(HOSTILE)("hands the URL and a header of %j on as they were", (text) => {
    const { words } = wordsOf(
      copyAsCurl({ url: `https://example.com/${text}`, headers: { "x-a": `v${text}` }, body: "{}" }),
    );
    expect(words).toContain(`https://example.com/${text}`);
    expect(words).toContain(`x-a: v${text}`);
  });

  test("puts nothing before a terminal that it could act on: no control but the line feed, no turned text", () => {
    for (const body of HOSTILE)
      expect(copyAsCurl({ url: body, headers: { a: body }, body })).not.toMatch(/[^\n\P{Cc}]|[\p{Cf}\p{Zl}\p{Zp}]/u);
  });

  test("finds the fault when quotes are only put around", () => {
    const careless = (text: string) => `'${text}'`;
    const broken = HOSTILE.filter((body) => wordsOf(`curl ${careless(body)}`).words.at(-1) !== body);
    expect(broken.length).toBeGreaterThan(2);
  });

  test("leaves out NUL, which no argument can hold, and halves of characters", () => {
    expect(wordsOf(`curl ${quoteForShell("a\0b\uD800c")}`).words).toEqual(["ab\uFFFDc"]);
  });

  test("keeps an empty header, and leaves out what is no header's name and what curl reckons itself", () => {
    const { words } = wordsOf(
      copyAsCurl({
        url: "https://example.com",
        headers: {
          "x-empty": "",
          "@/etc/passwd": "x",
          "bad name": "x",
          "Content-Length": "9",
          "content-type": "application/json",
        },
        body: "{}",
      }),
    );
    expect(words.filter((_, index) => words[index - 1] === "--header")).toEqual([
      "x-empty;",
      "content-type: application/json",
    ]);
  });
});
