import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "..", "..");
const MAILS = join(ROOT, "test", "support", "mails");
const FILES = readdirSync(MAILS)
  .filter((name) => name.endsWith(".eml"))
  .map((name) => join(MAILS, name));

const NPX_ARGUMENTS = ["--no-install", "drafthook", "mail", "inspect", FILES[0] ?? "", "--json"];

function drafthook(args: readonly string[], input = "") {
  return spawnSync(process.execPath, [join(ROOT, "tools", "drafthook.js"), ...args], {
    input,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
}

describe("drafthook mail inspect", () => {
  test("prints one object a file, in the order given, with all that is known of it", () => {
    const { stdout, stderr, status } = drafthook(["mail", "inspect", ...FILES, "--json"]);
    const told = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect([status, stderr]).toEqual([0, ""]);
    expect(told.map(({ file }) => file)).toEqual(FILES);
    expect(told.find(({ file }) => file.endsWith("postfix-bounce.eml"))).toMatchObject({
      kind: "bounce",
      subtype: "dsn",
      bounce: { class: "hard", addressDead: true, messagePermanent: true, reason: "user_unknown", status: "5.1.1" },
      originalMessageId: "<step1.q7@reply.drafthook.test>",
    });
    expect(told.find(({ file }) => file.endsWith("gmail-reply.eml"))).toMatchObject({
      kind: "human",
      bounce: null,
      text: "Thursday at 10 works. Could you send the deck first?\n\nNora",
      quoted: expect.stringContaining(">"),
    });
    expect(told.find(({ file }) => file.endsWith("exchange-out-of-office.eml"))).toMatchObject({ kind: "auto_reply" });
  });

  test("reads names from stdin, thousands of them, and keeps their order", () => {
    const names = Array.from({ length: 2_000 }, (_, index) => FILES[index % FILES.length] ?? "");
    const { stdout, status } = drafthook(["mail", "inspect", "-", "--json"], names.join("\n"));
    const told = stdout.trim().split("\n");
    expect(status).toBe(0);
    expect(told.map((line) => JSON.parse(line).file)).toEqual(names);
  });

  test("a file that isn't there is one line on stderr; the others are done, and the status is 1", () => {
    const { stdout, stderr, status } = drafthook(["mail", "inspect", "no-such.eml", FILES[0] ?? "", MAILS]);
    expect(stderr).toBe(
      `drafthook: no-such.eml: there is no such file\ndrafthook: ${MAILS}: that is a folder; name the files in it\n`,
    );
    expect(stdout.split("\n")).toHaveLength(2);
    expect(status).toBe(1);
  });

  test.each([
    [["mail", "inspect"], "name at least one file"],
    [["mail", "inspect", "--jsonl", "x"], "--jsonl"],
    [["mail", "explain"], 'There is no "drafthook mail explain"'],
  ])("%j is one clear sentence", (args, words) => {
    const { stderr, status } = drafthook(args);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(stderr).toContain(words);
    expect(status).toBe(1);
  });
});

test("npx finds the command in the clone, offline", () => {
  const { stdout, status } = spawnSync("npx", NPX_ARGUMENTS, {
    cwd: ROOT,
    encoding: "utf8",
    env: { ...process.env, npm_config_offline: "true" },
  });
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ file: FILES[0] });
});

test("mail:eval on a folder without labels is one clear sentence", () => {
  const { stderr, status } = spawnSync(process.execPath, [join(ROOT, "tools", "mail-eval.ts"), MAILS], {
    encoding: "utf8",
  });
  expect(stderr).toBe(
    `There is no manifest.jsonl in ${MAILS}; name a folder of labelled mails with: npm run mail:eval -- DIR\n`,
  );
  expect(status).toBe(1);
});
