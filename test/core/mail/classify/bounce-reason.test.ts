import { describe, expect, test } from "vitest";
import { judgeFailure } from "../../../../core/mail/classify/bounce-reason.ts";

const judge = (words: string, status: string | null = null, context = "") =>
  judgeFailure({ status, words, context: `${words}\n${context}` });

describe("the address is dead", () => {
  test.each([
    [
      "Postfix, local",
      "550 5.1.1 <a@b.example>: Recipient address rejected: User unknown in local recipient table",
      "5.1.1",
    ],
    [
      "Postfix, virtual",
      "550 5.1.1 <a@b.example>: Recipient address rejected: User unknown in virtual mailbox table",
      null,
    ],
    [
      "Postfix, behind a relay",
      "550 5.1.1 <a@b.example>: Recipient address rejected: User unknown in relay recipient table",
      null,
    ],
    ["Postfix, own report", 'unknown user: "ann"', "5.1.1"],
    ["Sendmail", "550 5.1.1 <a@b.example>... User unknown", null],
    ["Sendmail, no code", "550 a@b.example... No such user", null],
    ["Exim", "550 Unrouteable address", "5.0.0"],
    ["Exim, own words", "Unrouteable address", null],
    ["Exim, no user", "550 No Such User Here", "5.0.0"],
    ["Exim, its list", "550-Invalid recipient ann@b.example (#5.1.1)", null],
    ["qmail", "Sorry, no mailbox here by that name. (#5.1.1)", null],
    ["qmail, vpopmail", "Sorry, no mailbox here by that name. vpopmail (#5.1.1)", null],
    ["qmail, remote", "Remote host said: 550 5.1.1 User unknown", null],
    [
      "Gmail",
      "550-5.1.1 The email account that you tried to reach does not exist. Please try double-checking the recipient's email address for typos or unnecessary spaces. Learn more at https://support.google.com/mail/?p=NoSuchUser",
      "5.1.1",
    ],
    [
      "Gmail's own report",
      "Your message wasn't delivered to a@b.example because the address couldn't be found, or is unable to receive mail.",
      null,
    ],
    [
      "Gmail, a domain",
      "Your message wasn't delivered to a@b.example because the domain b.example couldn't be found.",
      null,
    ],
    [
      "Gmail, DNS",
      "DNS Error: 1234567 DNS type 'mx' lookup of b.example responded with code NXDOMAIN Domain name not found: b.example",
      "5.1.2",
    ],
    ["Outlook.com", "550 5.5.0 Requested action not taken: mailbox unavailable (S2017062302).", "5.5.0"],
    [
      "Exchange Online",
      "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup",
      "5.1.10",
    ],
    [
      "Exchange Online at its edge",
      "550 5.4.1 Recipient address rejected: Access denied. AS(201806281) [DB5EUR01FT012.eop-EUR01.prod.protection.outlook.com]",
      "5.4.1",
    ],
    ["Exchange", "550 5.1.1 RESOLVER.ADR.RecipNotFound; not found", "5.1.1"],
    [
      "Exchange 2003",
      "The e-mail account does not exist at the organization this message was sent to.  Check the e-mail address, or contact the recipient directly to find out the correct address. <mx.b.example #5.1.1>",
      null,
    ],
    [
      "Exchange, another domain",
      "550 5.4.310 DNS domain b.example does not exist [Message=InfoDomainNonexistent]",
      "5.4.310",
    ],
    [
      "Yahoo",
      "554 delivery error: dd This user doesn't have a yahoo.com account (ann@yahoo.com) [0] - mta1.mail.bf1.yahoo.com",
      null,
    ],
    ["Yahoo, newer", "552 1 Requested mail action aborted, mailbox not found", null],
    [
      "Yahoo, newest",
      "554 30 Sorry, your message to ann@yahoo.com cannot be delivered. This mailbox does not exist",
      null,
    ],
    ["AOL", "550 5.1.1 <a@aol.com>: Recipient address rejected: aol.com", "5.1.1"],
    ["AOL, old", "550 MAILBOX NOT FOUND", null],
    ["iCloud", "550 5.1.1 <a@icloud.com>: user does not exist", "5.1.1"],
    ["iCloud, old", "550 5.1.1 unknown or illegal alias: a@me.com", null],
    [
      "GMX",
      "550 Requested action not taken: mailbox unavailable For explanation visit https://postmaster.gmx.net/en/case?c=r0102",
      null,
    ],
    ["T-Online", "550-5.1.1 user unknown", null],
    ["QQ", "550 Mailbox not found. http://service.mail.qq.com/cgi-bin/help?subtype=1", null],
    ["163", "550 User not found: ann@163.com", null],
    ["163, old", "550 Invalid User", null],
    ["Yandex", "550 5.7.1 No such user!", null],
    [
      "Mail.Ru",
      "550 Message was not accepted -- invalid mailbox. Local mailbox ann@mail.ru is unavailable: user not found",
      null,
    ],
    ["Orange", "550 5.1.1 Adresse d au moins un destinataire invalide. Invalid recipient. OFR_416 [416]", "5.1.1"],
    ["Free", "550 5.1.1 <a@free.fr>: Recipient address rejected: User unknown", null],
    ["Domino", "User ann (ann@b.example) not listed in Domino Directory", null],
    ["Domino, old", "User ann (ann@b.example) not listed in public Name & Address Book", null],
    ["GroupWise", "The recipient's mailbox does not exist: 550 No such recipient", null],
    ["Mimecast", "550 Invalid Recipient - https://community.mimecast.com/docs/DOC-1369#550 [abc.uk1]", null],
    ["Proofpoint", "550 5.1.1 User Unknown", "5.1.1"],
    ["Barracuda", "550 <a@b.example>: Recipient address rejected: No such user (a@b.example)", "5.1.1"],
    ["Lotus", "550 a@b.example... No such user", null],
    ["IMail", "unknown user: <a@b.example>", null],
    ["MailEnable", "550 Requested action not taken: mailbox unavailable or not local", null],
    ["Communigate", "550 a@b.example unknown user account", null],
    ["Merak", "550 5.1.1 <a@b.example> User unknown; rejecting", null],
    ["Kerio", "550 5.1.1 User unknown (a@b.example)", null],
    ["au", "550 <a@ezweb.ne.jp>: User unknown", null],
    ["SoftBank", "550 Invalid recipient: <a@softbank.ne.jp>", null],
    ["KDDI", "user unknown: ann@ezweb.ne.jp", null],
    ["Null MX", "556 5.1.10 Recipient address has null MX", "5.1.10"],
    ["Null MX, Postfix", "Domain b.example does not accept mail (nullMX)", "5.1.0"],
    [
      "no host, Postfix",
      "Host or domain name not found. Name service error for name=b.example type=A: Host not found",
      "5.4.4",
    ],
    ["no host, Sendmail", "550 5.1.2 <a@b.example>... Host unknown (Name server: b.example.: host not found)", "5.1.2"],
    ["no host, qmail", "Sorry, I couldn't find any host named b.example. (#5.1.2)", null],
    ["no host, qmail MX", "Sorry, I couldn't find a mail exchanger or IP address. (#5.4.4)", null],
    ["no host, Exim", "all relevant MX records point to non-existent hosts", null],
    ["no host, OpenSMTPD", "Domain does not exist", null],
    ["no such domain", "550 No such domain at this location", null],
    ["moved", "551 5.1.6 User has moved; please try <new@b.example>", null],
    ["moved, words only", "550 The recipient has moved to another address", null],
    ["left", "550 5.1.1 The user is no longer with the company", null],
    ["no longer there", "550 5.1.1 This account no longer exists", null],
    ["French", "550 L'adresse e-mail n'existe pas", null],
    ["German", "550 Empfänger unbekannt", null],
    ["German, host", "550 5.1.1 Benutzer existiert nicht", null],
    ["Spanish", "550 Usuario desconocido", null],
    ["Italian", "550 Utente inesistente", null],
    ["Portuguese", "550 Usuário não encontrado", null],
    ["Dutch", "550 Onbekende gebruiker", null],
    ["Polish", "550 Nie ma takiego użytkownika", null],
    ["Russian", "550 Нет такого пользователя", null],
    ["Japanese", "550 宛先のメールアドレスが見つかりません", null],
    ["Chinese", "550 收件人不存在", null],
    ["a code alone", "550", "5.1.1"],
    ["a code and a generic word", "550 5.1.1 Rejected", "5.1.1"],
    ["not a customer", "550 we do not have a customer of that name here", null],
    ["disabled for good", "550 5.1.1 Account deleted", null],
    ["address error", "550 5.1.3 Bad destination mailbox address syntax", "5.1.3"],
    ["no local part", '550 unknown local-part "ann" in domain "b.example"', null],
    ["iCloud, closed for disuse", "550 5.1.1 <a@icloud.com>: inactive email address", "5.1.1"],
    ["LDAP", "550 5.1.1 RCP-P1 User not in directory", null],
    ["Bad address", '550 5.1.1 bad address "ann@b.example"', null],
  ])("%s", (_server, words, status) => {
    expect(judge(words, status, "(in reply to RCPT TO command)")).toMatchObject({ class: "hard" });
  });
});

describe("the address lives, or nobody knows", () => {
  test.each([
    ["full, Gmail", "mailbox_full", "552-5.2.2 The email account that you tried to reach is over quota.", "5.2.2"],
    [
      "full, Gmail for long",
      "mailbox_full",
      "552-5.2.2 The recipient's inbox is out of storage space and inactive.",
      "5.2.2",
    ],
    ["full, Postfix", "mailbox_full", "552 5.2.2 <a@b.example>: Mailbox full", null],
    ["full, Dovecot", "mailbox_full", "552 5.2.2 <a@b.example> Quota exceeded (mailbox for user is full)", null],
    [
      "full, Exchange",
      "mailbox_full",
      "554 5.2.2 mailbox full; STOREDRV.Deliver.Exception:QuotaExceededException.MapiExceptionShutoffQuotaExceeded",
      null,
    ],
    ["full with the code of an unknown user", "mailbox_full", "550 5.1.1 User's mailbox is full", "5.1.1"],
    ["full, Yahoo", "mailbox_full", "552 1 Requested mail action aborted, exceeded storage allocation", null],
    [
      "full, maildir",
      "mailbox_full",
      "Sorry, the user's maildir has overdrawn his diskspace quota, please try again later.",
      "5.2.3",
    ],
    ["full, German", "mailbox_full", "550 Postfach voll", null],
    ["full, Chinese", "mailbox_full", "552 邮箱空间不足", null],
    [
      "disabled, Gmail",
      "mailbox_disabled",
      "550-5.2.1 The email account that you tried to reach is disabled.",
      "5.2.1",
    ],
    [
      "disabled, Yahoo",
      "mailbox_disabled",
      "554 delivery error: dd Sorry your message to a@yahoo.com cannot be delivered. This account has been disabled or discontinued [#102].",
      null,
    ],
    [
      "disabled, Mail.Ru",
      "mailbox_disabled",
      "550 Message was not accepted -- invalid mailbox. Local mailbox a@mail.ru is unavailable: account is disabled",
      null,
    ],
    [
      "disabled, La Poste",
      "mailbox_disabled",
      "550 5.5.0 Le compte du destinataire est bloque. The recipient account is blocked. LPN007_426",
      "5.5.0",
    ],
    ["suspended", "mailbox_disabled", "550 5.1.1 User suspended", "5.1.1"],
    ["inactive", "mailbox_disabled", "550 5.2.1 <a@b.example>: inactive user", "5.2.1"],
    ["not accepting", "mailbox_disabled", "550 5.2.1 Mailbox disabled, not accepting messages", "5.2.1"],
    ["x.2.1 with the words of an unknown user", "filtered", "550 5.2.1 <a@b.example>... User Unknown", "5.2.1"],
    ["relay, Postfix", "relaying_denied", "554 5.7.1 <a@b.example>: Relay access denied", null],
    ["relay, Sendmail", "relaying_denied", "550 5.7.1 <a@b.example>... Relaying denied", null],
    ["relay, Exchange", "relaying_denied", "550 5.7.1 Unable to relay for a@b.example", null],
    ["relay, Exim", "relaying_denied", "550 relay not permitted", null],
    ["relay, qmail", "relaying_denied", "553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)", null],
    [
      "sender, Postfix",
      "sender_rejected",
      "550 5.1.8 <a@b.example>: Sender address rejected: Domain not found",
      "5.1.8",
    ],
    [
      "sender, Sendmail",
      "sender_rejected",
      "553 5.1.8 <a@b.example>... Domain of sender address a@b.example does not exist",
      null,
    ],
    [
      "sender, Exim",
      "sender_rejected",
      "550-Verification failed for <a@b.example>\n550-Called: 192.0.2.1\n550-Sent: RCPT TO:<a@b.example>\n550-Response: 550 unknown user\n550 Sender verify failed",
      null,
    ],
    [
      "sender, unverified",
      "sender_rejected",
      "550 5.1.7 <a@b.example>: Sender address rejected: undeliverable address: host mx.b.example said: 550 5.1.1 User unknown",
      null,
    ],
    ["HELO", "sender_rejected", "550 5.7.1 <mail>: Helo command rejected: Host not found", null],
    [
      "reverse name, Postfix",
      "blocked",
      "550 5.7.1 Client host rejected: cannot find your reverse hostname, [192.0.2.1]",
      null,
    ],
    [
      "list, Spamhaus",
      "blocked",
      "554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org",
      null,
    ],
    [
      "list, Outlook.com",
      "blocked",
      "550 5.7.1 Unfortunately, messages from [192.0.2.1] weren't sent. Please contact your Internet service provider since part of their network is on our block list (S3150).",
      null,
    ],
    ["list with the code of an unknown user", "blocked", "550 5.1.1 Your IP 192.0.2.1 is blacklisted", "5.1.1"],
    [
      "Yahoo TSS",
      "rate_limited",
      "421 4.7.0 [TSS04] Messages from 192.0.2.1 temporarily deferred due to unexpected volume or user complaints - 4.16.55.1",
      null,
    ],
    [
      "rate, GoDaddy, with the code of an unknown user",
      "rate_limited",
      "550 5.1.1 <a@b.example> - 192.0.2.1 has sent to too many recipients this hour. IB607",
      "5.1.1",
    ],
    [
      "rate, Gmail",
      "rate_limited",
      "450-4.2.1 The user you are trying to contact is receiving mail at a rate that prevents additional messages from being delivered.",
      "4.2.1",
    ],
    ["greylisting", "rate_limited", "450 4.2.0 <a@b.example>: Recipient address rejected: Greylisted", null],
    [
      "DMARC, Gmail",
      "authentication",
      "550-5.7.26 Unauthenticated email from b.example is not accepted due to domain's DMARC policy.",
      "5.7.26",
    ],
    ["SPF", "authentication", "550 5.7.23 The message was rejected because of Sender Policy Framework violation", null],
    [
      "spam, Gmail",
      "content_rejected",
      "550-5.7.1 Our system has detected that this message is likely unsolicited mail.",
      null,
    ],
    ["spam, SpamAssassin", "content_rejected", "550 This message scored 12.3 spam points.", null],
    [
      "spam, 163",
      "content_rejected",
      "554 DT:SPM 163 smtp5, please see http://mail.163.com/help/help_spam_16.htm",
      null,
    ],
    ["virus", "content_rejected", "554 5.7.1 The message contained a virus", null],
    [
      "attachment, Gmail",
      "content_rejected",
      "552-5.7.0 This message was blocked because its content presents a potential security issue.",
      null,
    ],
    ["too large", "message_too_large", "552 5.3.4 Message size exceeds fixed limit", "5.3.4"],
    ["too large, Exim", "message_too_large", "552 Message size exceeds maximum permitted", null],
    ["restricted, Exchange", "restricted", "550 5.7.1 RESOLVER.RST.NotAuthorized; not authorized", null],
    [
      "restricted, Exchange Online",
      "restricted",
      "550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup; authentication required",
      null,
    ],
    ["loop", "loop", "554 5.4.6 Too many hops", null],
    ["loop, Postfix", "loop", "mail for b.example loops back to myself", "5.4.6"],
    ["time-out, Postfix", "network_error", "connect to b.example[192.0.2.1]:25: Connection timed out", "4.4.1"],
    ["refused", "network_error", "connect to b.example[192.0.2.1]:25: Connection refused", "4.4.1"],
    [
      "DNS for now",
      "network_error",
      "Host or domain name not found. Name service error for name=b.example type=MX: Host not found, try again",
      "4.4.3",
    ],
    [
      "an unknown user for now",
      "user_unknown",
      "450 4.1.1 <a@b.example>: Recipient address rejected: unverified address: user unknown",
      "4.1.1",
    ],
    ["TLS", "tls", "500 Remote server does not support TLS", null],
    [
      "suppressed",
      "suppressed",
      "Amazon SES has suppressed sending to this address because it has a recent history of bouncing as an invalid address.",
      "5.1.1",
    ],
    ["server's disk", "server_error", "452 4.3.1 Insufficient system storage", null],
    ["policy", "policy", "550 5.7.0 Local Policy Violation", "5.7.0"],
  ] as const)("%s: %s", (_case, reason, words, status) => {
    expect(judge(words, status)).toMatchObject({ class: "soft", reason });
  });

  test("an unknown user is one only with its code, at the recipient's turn, or in a full sentence", () => {
    expect(judge("550 User unknown")).toMatchObject({ class: "soft", reason: "filtered" });
    expect(judge("550 5.1.1 User unknown")).toMatchObject({ class: "hard", reason: "user_unknown" });
    expect(judge("550 This user does not exist")).toMatchObject({ class: "hard", reason: "user_unknown" });
  });

  test("nothing said is nothing decided", () => {
    expect(judge("Your message was not delivered.")).toMatchObject({ class: "undecided", reason: "unknown" });
  });
});

describe("where in the dialogue it was said", () => {
  test("before the recipient was named, nothing is known of the recipient", () => {
    expect(judge("550 Host unknown", "5.0.0", "SMTP error from remote mail server after EHLO a.example")).toMatchObject(
      {
        class: "soft",
      },
    );
    expect(judge("550 Host unknown", "5.0.0", "SMTP error after RCPT TO:<a@b.example>")).toMatchObject({
      class: "hard",
    });
  });

  test("a server that took the recipient and then refuses the message is a filter", () => {
    expect(judge("550 Unknown user a@b.example", "5.2.0", "(in reply to end of DATA command)").reason).toBe("filtered");
    expect(judge("550 Unknown user a@b.example", null, "(in reply to end of DATA command)").reason).toBe("filtered");
    expect(judge("550 Unknown user a@b.example", null, "(in reply to RCPT TO command)").reason).toBe("user_unknown");
  });
});

describe("whether a later message may pass", () => {
  test.each([
    ["550 5.1.1 User unknown", "5.1.1", true],
    ["connect to b.example: Connection timed out", "4.4.1", false],
    ["451 try again later", null, false],
    ["Mailbox full", null, true],
  ])("%s", (words, status, isPermanent) => {
    expect(judge(words, status).isPermanent).toBe(isPermanent);
  });
});
