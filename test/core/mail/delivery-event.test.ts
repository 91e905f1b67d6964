import { expect, test } from "vitest";
import { reportedBounce } from "../../../core/mail/delivery-event.ts";

const recipient = "jane@lead.example";

test.each([
  ["an address that isn't there", "dead", "550 5.1.1 User unknown", ["hard", true, true, "user_unknown"]],
  ["the provider gives no words", "dead", "", ["hard", true, true, "user_unknown"]],
  [
    "the provider calls a blocked message permanent",
    "dead",
    "550 5.7.1 Message blocked due to spam content",
    ["soft", false, true, "blocked"],
  ],
  [
    "the provider's own suppression list",
    "permanent",
    "on the account suppression list",
    ["undecided", false, true, "suppressed"],
  ],
  ["a full mailbox", "transient", "452 4.2.2 Mailbox full", ["soft", false, false, "mailbox_full"]],
  [
    "a full mailbox that the provider calls final",
    "dead",
    "552 5.2.2 Mailbox full",
    ["soft", false, true, "mailbox_full"],
  ],
] as const)("%s: whether the address is dead is told by the server's words", (_name, judgement, words, expected) => {
  const facts = reportedBounce({ recipient, judgement, status: null, words });
  expect([facts.class, facts.addressDead, facts.messagePermanent, facts.reason]).toEqual(expected);
  expect([facts.recipient, facts.diagnostic]).toEqual([recipient, words === "" ? null : words]);
});

test("a status of its own speaks where the words don't", () => {
  const facts = reportedBounce({ recipient, judgement: "dead", status: "5.1.1", words: "" });
  expect([facts.addressDead, facts.status, facts.reason]).toEqual([true, "5.1.1", "user_unknown"]);
});
