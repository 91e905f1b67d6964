import { describe, expect, test } from "vitest";
import { classifyInbound } from "../../../../core/mail/classify.ts";
import type { InboundMail } from "../../../../core/mail/inbound.ts";
import { inboundMail } from "../../../support/inbound-mail.ts";

const OWN = { ownMessageIdDomains: [], ownAddresses: [] };
const CHARACTERS = 262_144;
const MS_MAX = 50;

const of = (piece: string): string => piece.repeat(Math.ceil(CHARACTERS / piece.length)).slice(0, CHARACTERS);

/** What makes a careless pattern walk back and forth: its own beginnings, over and over, and never the end. */
const PIECES: readonly string[] = [
  "a",
  " ",
  "\n",
  "\t",
  "@",
  "a@",
  "@.",
  ">",
  "<",
  "<a@b.example>",
  "-",
  "--\n",
  "=",
  "1.",
  "5.1.1 ",
  "550 ",
  "550-5.1.1 \n",
  ">>> data ",
  ">>> rcpt to:<a@b.example>\n<<< 550 ",
  "message-id: <",
  "message-id:\n",
  "received: x\n",
  "to: a@b.example,\n ",
  "final-recipient: rfc822; a@b.example\n",
  "diagnostic-code: smtp; a\n ",
  "user is not ",
  "mailbox is was has been ",
  "no such user ",
  "domain name host server not ",
  "sender address is not ",
  "please remove me ",
  "unsubscribe ",
  "please unsubscribe me from ",
  "keine weiteren e-mails ",
  "stop ",
  "thank you for your ",
  "out of the office until ",
  "1 march ",
  "1/1/",
  "monday ",
  "back on § ",
  "verify that you are ",
  "your message is held ",
  "original message ",
  "this is the copy of ",
  "配信停止 ",
  "宛先",
  "不要再",
  "не присыла",
  "ß’‘–",
  "\ud83d",
  "they say they ask ",
  "customers a b c d ",
  "please send a b c ",
  "stop a ",
  "don't email me by phone or ",
  '"',
  '" a',
  "' a '",
  "「配信",
  "no longer works has left ",
  "tomorrow back ab ",
  "has accepted ",
  "a has accepted\n",
  "COMMENT:i\n",
  "when: \n",
  "automatic reply ",
  "thank you for your mail. i am out of the office. ",
];

describe("256 KiB of anything is judged in 50 ms", () => {
  const forms: readonly [string, (text: string) => Partial<InboundMail>][] = [
    ["as text", (text) => ({ text })],
    [
      "from a mail daemon",
      (text) => ({
        text,
        from: { name: "Mail Delivery System", email: "mailer-daemon@b.example" },
        inReplyTo: [],
        references: [],
      }),
    ],
    [
      "as a report",
      (text) => ({
        text,
        deliveryStatus: text.slice(0, 65_536),
        returnedHeaders: text.slice(0, 65_536),
        contentTypes: ["multipart/report; report-type=delivery-status"],
      }),
    ],
    [
      "as subject, headers and the other parts",
      (text) => ({
        subject: text,
        machineReport: text.slice(0, 65_536),
        attachedText: text.slice(0, 16_384),
        calendar: text.slice(0, 16_384),
        headers: { from: [text], "x-failed-recipients": [text], "auto-submitted": [text], "list-post": [text] },
      }),
    ],
  ];
  const withAnswer: (typeof forms)[number] = [
    "as an answer to an invitation",
    (text) => ({
      text,
      calendar: text.slice(0, 16_384),
      contentTypes: ["multipart/mixed", "text/calendar; method=reply"],
    }),
  ];
  test.each([...forms, withAnswer])("%s", (_form, changes) => {
    // Once for the compiler.
    classifyInbound(inboundMail(changes(of("a "))), OWN, 0);
    const slow: string[] = [];
    for (const piece of PIECES) {
      const ms = Math.min(...[0, 1, 2].map(() => timed(inboundMail(changes(of(piece))))));
      if (ms > MS_MAX) slow.push(`${JSON.stringify(piece)} took ${ms.toFixed(0)} ms`);
    }
    expect(slow).toEqual([]);
  });
});

function timed(mail: InboundMail): number {
  const begun = performance.now();
  classifyInbound(mail, OWN, 0);
  return performance.now() - begun;
}
