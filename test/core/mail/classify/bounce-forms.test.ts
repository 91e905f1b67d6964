import { describe, expect, test } from "vitest";
import { classifyInbound } from "../../../../core/mail/classify.ts";
import type { InboundMail } from "../../../../core/mail/inbound.ts";
import { inboundMail } from "../../../support/inbound-mail.ts";

const OWN = { ownMessageIdDomains: [], ownAddresses: [] };
const RETURNED = `Received: from mx.acme.example by mx.lead.example; Mon, 2 Mar 2026 10:00:00 +0000
From: Ann <ann@acme.example>
To: lee@lead.example
Subject: Pallets
Message-ID: <step-1@acme.example>
MIME-Version: 1.0

Pallets?`;

/** As a server sends it: to us, in answer to nothing. */
function report(changes: Partial<InboundMail>): InboundMail {
  return inboundMail({
    envelopeFrom: "",
    envelopeTo: "ann@acme.example",
    from: { name: "Mail Delivery System", email: "mailer-daemon@mx.lead.example" },
    to: [{ name: null, email: "ann@acme.example" }],
    subject: "Mail delivery failed: returning message to sender",
    inReplyTo: [],
    references: [],
    ...changes,
  });
}

const LEE = ["lee@lead.example"];

describe("every server has its own form, and each names the address and the reason", () => {
  test.each<[string, "hard" | "soft" | "undecided", readonly string[], Partial<InboundMail>]>([
    [
      "qmail",
      "hard",
      LEE,
      {
        subject: "failure notice",
        text: `Hi. This is the qmail-send program at mx.lead.example.\nI'm afraid I wasn't able to deliver your message to the following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work out.\n\n<lee@lead.example>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n--- Below this line is a copy of the message.\n\n${RETURNED}`,
      },
    ],
    [
      "Exim",
      "hard",
      LEE,
      {
        text: `This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n  lee@lead.example\n    SMTP error from remote mail server after RCPT TO:<lee@lead.example>:\n    host mx.lead.example [192.0.2.1]: 550 5.1.1 <lee@lead.example>: Unknown recipient\n\n------ This is a copy of the message, including all the headers. ------\n\n${RETURNED}`,
      },
    ],
    [
      "Exim with its header alone",
      "soft",
      LEE,
      {
        headers: { "x-failed-recipients": ["lee@lead.example"] },
        text: "This message was created automatically by mail delivery software.\n\n  lee@lead.example\n    mailbox is full: retry timeout exceeded",
      },
    ],
    [
      "Sendmail of 1995",
      "hard",
      LEE,
      {
        from: { name: "Mail Delivery Subsystem", email: "MAILER-DAEMON@lead.example" },
        subject: "Returned mail: User unknown",
        text: `The original message was received at Mon, 2 Mar 1995 10:00:00 GMT\n\n   ----- The following addresses had delivery problems -----\n<lee@lead.example>  (unrecoverable error)\n\n   ----- Transcript of session follows -----\n... while talking to mx.lead.example.:\n>>> RCPT To:<lee@lead.example>\n<<< 550 <lee@lead.example>... User unknown\n550 <lee@lead.example>... User unknown\n\n   ----- Original message follows -----\n\n${RETURNED}`,
      },
    ],
    [
      "Exchange of 2000",
      "hard",
      LEE,
      {
        from: { name: "System Administrator", email: "postmaster@lead.example" },
        subject: "Undeliverable: Pallets",
        text: "Your message\n\n  To:      lee@lead.example\n  Subject: Pallets\n  Sent:    Mon, 2 Mar 2026 10:00:00 +0000\n\ndid not reach the following recipient(s):\n\nlee@lead.example on Mon, 2 Mar 2026 10:00:05 +0000\n    The recipient name is not recognized\n\tThe MTS-ID of the original message is: c=us;a= ;p=lead;l=MX00\n    MSEXCH:IMS:LEAD:MX:MX 0 (000C05A6) Unknown Recipient\n",
      },
    ],
    [
      "Domino",
      "hard",
      LEE,
      {
        from: { name: null, email: "postmaster@lead.example" },
        subject: "DELIVERY FAILURE: User lee (lee@lead.example) not listed in Domino Directory",
        text: "Your message\n\n  Subject: Pallets\n\nwas not delivered to:\n\n  lee@lead.example\n\nbecause:\n\n  User lee (lee@lead.example) not listed in Domino Directory\n",
      },
    ],
    [
      "Notes, the reason first",
      "hard",
      LEE,
      {
        from: { name: null, email: "postmaster@lead.example" },
        subject: "DELIVERY FAILURE",
        text: `------- Failure Reasons  --------\n\nUser not listed in public Name & Address Book\nlee@lead.example\n\n------- Returned Message --------\n\n${RETURNED}`,
      },
    ],
    [
      "MailMarshal, the reason first",
      "soft",
      LEE,
      {
        from: { name: null, email: "postmaster@lead.example" },
        subject: 'Undeliverable Mail: "Pallets"',
        text: "Your message:\n   From:    ann@acme.example\n   Subject: Pallets\n\nCould not be delivered because of\n\n550 5.2.2 Mailbox full\n\nThe following recipients were affected: \n    lee@lead.example\n",
      },
    ],
    [
      "IMail",
      "hard",
      LEE,
      {
        from: { name: null, email: "postmaster@lead.example" },
        subject: "Undeliverable Mail",
        text: `Unknown user: lee@lead.example\n\nOriginal message follows.\n\n${RETURNED}`,
      },
    ],
    [
      "James",
      "hard",
      LEE,
      {
        from: { name: null, email: "postmaster@lead.example" },
        subject: "Re:Pallets",
        text: "Error message below:\n550 - Requested action not taken: no such user here\n\nMessage details:\n  Subject: Pallets\n  MAIL FROM: ann@acme.example\n  RCPT TO: lee@lead.example\n  From: ann@acme.example\n",
      },
    ],
    [
      "Courier",
      "hard",
      LEE,
      {
        from: { name: null, email: "mailer-daemon@lead.example" },
        subject: "NOTICE: mail delivery status.",
        text: "This is a delivery status notification from mx.lead.example,\nrunning the Courier mail server.\n\n                           UNDELIVERABLE MAIL\n\nYour message to the following recipients cannot be delivered:\n\n<lee@lead.example>:\n    mx2.lead.example [192.0.2.1]:\n>>> RCPT TO:<lee@lead.example>\n<<< 550 5.1.1 <lee@lead.example>... User Unknown\n",
      },
    ],
    [
      "1&1",
      "hard",
      LEE,
      {
        text: `A message that you sent could not be delivered to one or more of\nits recipients. The following addresses failed:\n\n"lee@lead.example":\nSMTP error from remote server after RCPT command:\nhost: mx.lead.example\nUser unknown\n\n--- The header of the original message is following. ---\n\n${RETURNED}`,
      },
    ],
    [
      "Yahoo",
      "hard",
      LEE,
      {
        from: { name: null, email: "MAILER-DAEMON@yahoo.com" },
        subject: "Failure Notice",
        text: `Sorry, we were unable to deliver your message to the following address.\n\n<lee@lead.example>:\nRemote host said: 550 5.1.1 User unknown [RCPT_TO]\n\n--- Below this line is a copy of the message.\n\n${RETURNED}`,
      },
    ],
    [
      "an account in brackets",
      "hard",
      LEE,
      {
        from: { name: null, email: "mailer-daemon@lead.example" },
        subject: "Returned Mail: User unknown",
        text: `The original message was received\nfrom ann@acme.example\n\n---The following addresses had delivery errors---\nlee@lead.example [User does not exist]\n`,
      },
    ],
    [
      "MailEnable",
      "hard",
      LEE,
      {
        from: { name: null, email: "POSTMASTER@lead.example" },
        subject: "Message Delivery Failure",
        text: "MailEnable: Message could not be delivered to some recipients.\n\nThe following recipient(s) could not be reached:\n\n\tRecipient: [SMTP:lee@lead.example]\n\tReason: Remote SMTP Server Returned: 550 Requested action not taken: mailbox unavailable or not local\n\nMessage headers follow:\n",
      },
    ],
    [
      "a server that rejected the recipient",
      "hard",
      LEE,
      {
        from: { name: "Postmaster", email: "postmaster@acme.example" },
        subject: "Delivery Failure",
        text: "We had trouble delivering your message. Full details follow:\n\nSubject: 'Pallets'\n\n1 error(s):\n\nSMTP Server <mx.lead.example> rejected recipient <lee@lead.example> \n  (following RCPT command). It said as follows:\n\n 550 unknown user\n",
      },
    ],
    [
      "a filter that shows the command",
      "soft",
      LEE,
      {
        from: { name: null, email: "MAILER-DAEMON@lead.example" },
        subject: "Undelivered Mail Returned to Sender",
        text: "-----SMTP command\nDATA\n-----server message\n550 unknown user <lee@lead.example>\n-----original message\n",
      },
    ],
    [
      "au, the reason first",
      "soft",
      LEE,
      {
        from: { name: null, email: "Postmaster@lead.example" },
        subject: "Mail System Error - Returned Mail",
        text: "The user(s) account is disabled.\n\n<lee@lead.example>: 550 user unknown (in reply to RCPT TO command)\n",
      },
    ],
    [
      "a mailbox with too many messages",
      "soft",
      LEE,
      {
        from: { name: null, email: "postmaster@lead.example" },
        subject: "Returned mail: see transcript for details",
        text: "   ----- The following addresses had delivery problems -----\nlee@lead.example\n\n   ----- Non-delivered information -----\nThe number of messages in recipient's mailbox exceeded the local limit.\n",
      },
    ],
    [
      "Gmail in HTML",
      "hard",
      LEE,
      {
        from: { name: "Mail Delivery Subsystem", email: "mailer-daemon@googlemail.com" },
        subject: "Delivery Status Notification (Failure)",
        text: "** Address not found **\n\nYour message wasn't delivered to lee@lead.example because the address couldn't be found, or is unable to receive mail.\n\nLearn more here: https://support.google.com/mail/?p=NoSuchUser\n\nThe response was:\n\nThe email account that you tried to reach does not exist.",
      },
    ],
    [
      "German Exchange",
      "hard",
      LEE,
      {
        from: { name: "Microsoft Outlook", email: "postmaster@lead.example" },
        subject: "Unzustellbar: Pallets",
        text: "Fehler bei der Nachrichtenzustellung an folgende Empfänger oder Gruppen:\n\nlee@lead.example\nDie eingegebene E-Mail-Adresse konnte nicht gefunden werden.\n\nDiagnoseinformationen für Administratoren:\n\nlee@lead.example\nRemote Server returned '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup'\n",
      },
    ],
    [
      "Japanese",
      "hard",
      LEE,
      {
        from: { name: null, email: "MAILER-DAEMON@lead.example" },
        subject: "メールを配信できませんでした",
        text: "次の宛先にメールを配信できませんでした。\n\n  lee@lead.example\n\n宛先のメールアドレスが見つかりません。\n",
      },
    ],
    [
      "Chinese",
      "hard",
      LEE,
      {
        from: { name: null, email: "PostMaster@qq.example" },
        subject: "来自qq.example的退信",
        text: "抱歉，您的邮件被退回来了……\n收件人：lee@lead.example\n退信原因：收件人邮箱不存在\n",
      },
    ],
    [
      "without a word on why",
      "undecided",
      LEE,
      {
        subject: "Undelivered mail",
        text: "Your message to the following recipient could not be delivered:\n\n  lee@lead.example\n",
      },
    ],
  ])("%s: %s", (_server, verdict, recipients, changes) => {
    const result = classifyInbound(report(changes), OWN, 0);
    expect(result).toMatchObject({ kind: "bounce", bounce: { class: verdict, recipients } });
    expect(result.bounce?.addressDead).toBe(verdict === "hard");
  });
});

describe("a delay is no bounce", () => {
  test.each<[string, Partial<InboundMail>]>([
    [
      "Postfix",
      {
        subject: "Delayed Mail (still being retried)",
        text: "Your message could not be delivered for more than 4 hour(s).\nIt will be retried until it is 5 day(s) old.\n\n<lee@lead.example>: connect to mx.lead.example: Connection timed out",
      },
    ],
    [
      "Exim",
      {
        subject: "Warning: message 1abc-000-00 delayed 24 hours",
        text: "A message that you sent has not yet been delivered to one or more of its recipients after more than 24 hours on the queue.\n\nThe address to which the message has not yet been delivered is:\n\n  lee@lead.example\n\nNo action is required on your part. Delivery attempts will continue for some time.",
      },
    ],
    [
      "Sendmail",
      {
        subject: "Warning: could not send message for past 4 hours",
        text: "    **********************************************\n    **      THIS IS A WARNING MESSAGE ONLY      **\n    **  YOU DO NOT NEED TO RESEND YOUR MESSAGE  **\n    **********************************************\n\nlee@lead.example... Deferred: Connection timed out\nWill keep trying until message is 5 days old",
      },
    ],
    [
      "Exchange",
      {
        subject: "Delivery delayed: Pallets",
        from: { name: "Microsoft Outlook", email: "postmaster@lead.example" },
        text: "Delivery is delayed to these recipients or groups:\n\nlee@lead.example\n\nThis message hasn't been delivered yet. Delivery will continue to be attempted.",
      },
    ],
  ])("%s", (_server, changes) => {
    expect(classifyInbound(report(changes), OWN, 0)).toMatchObject({
      kind: "bounce_delayed",
      bounce: { addressDead: false, messagePermanent: false, recipients: LEE },
    });
  });

  test("and one that has given up is", () => {
    const text = "Your message has been delayed for 5 days.\n\nlee@lead.example\n  retry timeout exceeded, giving up";
    expect(classifyInbound(report({ subject: "Mail delivery failed", text }), OWN, 0).kind).toBe("bounce");
  });
});

describe("the fields of a delivery report", () => {
  const contentTypes = ["multipart/report; report-type=delivery-status", "text/plain", "message/delivery-status"];
  const read = (deliveryStatus: string, changes: Partial<InboundMail> = {}) =>
    classifyInbound(report({ contentTypes, deliveryStatus, text: "See the report.", ...changes }), OWN, 0);

  test("each recipient has its own block, and the failed ones count", () => {
    const result = read(
      "Reporting-MTA: dns; mx.lead.example\n\nFinal-Recipient: rfc822; lee@lead.example\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 User unknown\n\nFinal-Recipient: rfc822; kim@lead.example\nAction: delivered\nStatus: 2.0.0",
    );
    expect(result).toMatchObject({ kind: "bounce", bounce: { class: "hard", recipients: LEE, status: "5.1.1" } });
  });

  test("blocks without a blank line between them, in another order, folded", () => {
    const result = read(
      "Action: failed\nFinal-Recipient: RFC822;<lee@lead.example>\nDiagnostic-Code: smtp;\n    552 5.2.2\n    Mailbox full\nStatus: 5.2.2 (full)\nAction: failed\nFinal-Recipient: rfc822; kim@lead.example\nStatus: 5.1.1",
    );
    expect(result.bounce).toMatchObject({
      class: "soft",
      reason: "mailbox_full",
      recipients: ["lee@lead.example", "kim@lead.example"],
    });
  });

  test("a pipe is no recipient; the original address is", () => {
    const result = read(
      'Original-Recipient: rfc822;lee@lead.example\nFinal-Recipient: X-local; "|/usr/bin/procmail lee@host.example"\nAction: failed\nStatus: 5.3.0',
    );
    expect(result.bounce).toMatchObject({ recipients: LEE, class: "soft" });
  });

  test("a vague status gives way to the one that the server said", () => {
    const result = read(
      "Final-Recipient: rfc822; lee@lead.example\nAction: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; 550 5.2.2 Over quota",
    );
    expect(result.bounce).toMatchObject({ status: "5.2.2", reason: "mailbox_full" });
  });

  test("the fields pasted into the text count as well", () => {
    const text =
      "The message was not delivered.\n\nFinal-Recipient: rfc822; lee@lead.example\nAction: failed\nStatus: 5.1.1\n";
    expect(classifyInbound(report({ text }), OWN, 0)).toMatchObject({ kind: "bounce", bounce: { class: "hard" } });
  });

  test("a report of success is one", () => {
    expect(read("Final-Recipient: rfc822; lee@lead.example\nAction: relayed\nStatus: 2.0.0")).toMatchObject({
      kind: "dsn_success",
      bounce: { addressDead: false, recipients: LEE },
    });
  });
});
