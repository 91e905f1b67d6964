import { describe, expect, test } from "vitest";
import { splitReply } from "../../../core/mail/reply-text.ts";

// What an attribution, a header block, a signature is: test/core/mail/reply. Here: how they come together in a mail.

const QUOTE = "> Would a call next week make sense?\n> Anna";

test("a reply falls into its three parts", () => {
  const text = `Thursday works.\n\nSam\n\n-- \nSam Doyle\n\nOn 3 Mar 2025, Anna <a@b.example> wrote:\n${QUOTE}\n`;
  expect(splitReply(text)).toEqual({
    clean: "Thursday works.\n\nSam",
    quoted: `On 3 Mar 2025, Anna <a@b.example> wrote:\n${QUOTE}`,
    signature: "-- \nSam Doyle",
  });
});

test.each([
  ["of Windows", "\r\n"],
  ["of old Macs", "\r"],
])("the line ends %s are line ends", (_name, end) => {
  expect(splitReply(["Yes.", "", "> When?", "", "-- ", "Sam"].join(end))).toEqual({
    clean: "Yes.",
    quoted: "> When?",
    signature: "-- \nSam",
  });
});

test("a mail that is all quote has no new words", () => {
  expect(splitReply(QUOTE)).toEqual({ clean: "", quoted: QUOTE, signature: null });
});

test("the torn-off end of a long quoted line belongs to the quote", () => {
  const text = `Yes.\n\n> Would a call next week make sense for you, and if so on which day of\nthe week?\n> Anna`;
  expect(splitReply(text).clean).toBe("Yes.");
});

test("negative control: a line of one's own between two quotes isn't taken for a torn one", () => {
  expect(splitReply("> When?\non Monday\n> Where?\nin Oslo").clean).toBe("on Monday\nin Oslo");
});

describe("in doubt a word stays", () => {
  test.each([
    [
      "an answer between the quotes",
      `${QUOTE}\n\nYes, on Monday.\n\n> Where?\n\nIn Oslo.`,
      "Yes, on Monday.\n\nIn Oslo.",
    ],
    [
      "an answer under the quote",
      `On 3 Mar 2025, Anna <a@b.example> wrote:\n${QUOTE}\n\nYes, on Monday.`,
      "Yes, on Monday.",
    ],
    ["a sentence that sounds like an attribution", "On Monday I wrote\nto your colleague.\nHe has the numbers.", null],
    ["a list of fields that is no header", "From: Oslo\nWe would fly to Rome.\nWhat do you charge?", null],
    ["a list with dashes", "We need:\n-- a price\n-- a date\n\nThanks!", null],
    ["a greeting with a name", "See you on Friday.\n\nBest,\nSam", null],
    [
      "a sentence about sending",
      "The crate was sent from our warehouse yesterday, and it has not come.\nWhere is it?",
      null,
    ],
    ["a heading under a drawn line", "**********\nURGENT\n**********\nPlease call", null],
    [
      "a forward with nothing above it",
      "-----Original Message-----\nFrom: A\nSent: B\nTo: C\nSubject: D\n\nhello",
      null,
    ],
  ])("%s", (_name, text, expected) => {
    expect(splitReply(text).clean).toBe(expected ?? text);
  });
});

describe("where quotes were taken out, answers stand apart by one empty line, as they were written", () => {
  test.each([
    [
      "many empty lines",
      "Hi, see below.\n\n\n\n> When?\n>\n\n\nOn Monday.\n\n> Where?\n\n\n\nIn Oslo.",
      "Hi, see below.\n\nOn Monday.\n\nIn Oslo.",
    ],
    ["none where there was none", "> When?\nOn Monday.\n> Where?\nIn Oslo.", "On Monday.\nIn Oslo."],
    ["the writer's own stay", "One.\n\n\nTwo.\n\n> Where?", "One.\n\n\nTwo."],
  ])("%s", (_name, text, expected) => {
    expect(splitReply(text).clean).toBe(expected);
  });
});
