import type { MailProvider, OutgoingMail, SendResult } from "../../../../core/mail/outgoing.ts";
import type { ReceivedMail } from "../../../support/received-mail.ts";
import { sampleMail } from "../../../support/sample-mail.ts";
import type { Arranged, ProviderUnderTest, Situation } from "./provider-under-test.ts";

/** What came of a case: the problems found (none is a pass), or why the case can't be with this provider. */
export type CaseOutcome = { readonly problems: readonly string[] } | { readonly notApplicable: string };

/** One promise that every way to send must keep. */
export interface ConformanceCase {
  readonly name: string;
  run(subject: ProviderUnderTest): Promise<CaseOutcome>;
}

export const CONFORMANCE_CASES: readonly ConformanceCase[] = [
  arrives("an accepted mail arrives with its names, addresses, subject, text, ids and date", sampleMail()),
  arrives("text and HTML both arrive", sampleMail({ html: "<p>Dear Charles, <b>how</b> does the engine do?</p>" })),
  arrives("umlauts, Chinese, emoji, apostrophes and right-to-left text arrive as written", {
    ...sampleMail({ html: "<p>Grüße, 你好, שלום, 🚂</p>", text: "Grüße, 你好, שלום, 🚂 – it’s “fine”\n" }),
    from: { name: "Zoë O’Brien-Łukasz, “Z”", email: "zoe@sender.example" },
    to: { name: "李雷 🚂 (שלום עולם)", email: "li@lead.example" },
    subject: "Ça va, 李雷? – 🚂 it’s שלום עולם",
  }),
  arrives(
    "a name with quotes, commas, angle brackets and an @ stays a name",
    sampleMail({ to: { name: 'Babbage, "Charles" <boss@evil.example>; Jr. \\', email: "charles@lead.example" } }),
  ),
  arrives(
    "a name that looks like an encoded word stays as it is written",
    sampleMail({ subject: "=?UTF-8?B?aGk=?= and more" }),
  ),
  arrives(
    "a subject of 900 characters arrives whole",
    sampleMail({ subject: "Ünï 中文 🚂 engine ".repeat(53).slice(0, 900).trim() }),
  ),
  arrives("a long subject without a space arrives whole", sampleMail({ subject: "x".repeat(200) })),
  arrives("a domain with umlauts is reached", sampleMail({ to: { name: null, email: "charles@bücher.example" } })),
  arrives(
    "lines that begin with dots, a line that is one dot and lines of 3,000 characters arrive as written",
    sampleMail({ text: `.\n..\n.hidden\n${"long ".repeat(600)}\n.\nMAIL FROM:<evil@evil.example>\n.` }),
  ),
  arrives("a follow-up answers the message before and names the whole thread", {
    ...sampleMail({
      subject: "Re: The engine",
      messageId: "<step-3@sender.example>",
      inReplyTo: "<step-2@sender.example>",
    }),
    references: ["<step-1@sender.example>", "<step-2@sender.example>"],
  }),
  arrives("a thread of 21 messages keeps all its references", {
    ...sampleMail({ messageId: "<step-22@sender.example>", inReplyTo: "<step-21@sender.example>" }),
    references: Array.from({ length: 21 }, (_, at) => `<a-rather-long-name-of-message-number-${at}@sender.example>`),
  }),
  arrives(
    "where the id of the message before isn't known, nothing claims to answer it",
    sampleMail({ references: ["<thread@sender.example>"] }),
  ),
  arrives(
    "one-click unsubscribe and our own headers arrive untouched",
    sampleMail({
      headers: {
        "List-Unsubscribe": `<https://u.sender.example/${"t".repeat(80)}>, <mailto:stop@reply.sender.example?subject=unsubscribe>`,
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "X-Cadence-Ref": "r1abcdefghijklmnopqrstuvwxyz234567",
      },
    }),
  ),
  arrives("copies go out, and nobody sees the blind ones", {
    ...sampleMail({ cc: [{ name: "Mary", email: "mary@sender.example" }] }),
    bcc: [{ name: null, email: "crm@sender.example" }],
  }),
  { name: "no field can smuggle in a line of its own", run: refusesInjection },
  { name: "the stored bytes are what is sent, at every try", run: sendsTheStoredBytes },
  { name: "a repeat with the same key arrives once, or the provider doesn't claim so", run: repeats },

  answers("a dead address is told apart", "says_the_address_is_dead", {
    kind: "refused",
    scope: "recipient",
    addressDead: true,
  }),
  answers("a refused recipient is not taken for a dead one", "refuses_the_recipient", {
    kind: "refused",
    scope: "recipient",
    addressDead: false,
  }),
  answers("a refused sender is the sender's fault", "refuses_the_sender", {
    kind: "refused",
    scope: "sender",
    addressDead: false,
  }),
  answers("a refused message is the message's fault", "refuses_the_message", {
    kind: "refused",
    scope: "message",
    addressDead: false,
  }),
  answers("a refused login or account is our set-up's fault", "refuses_us", {
    kind: "refused",
    scope: "configuration",
    addressDead: false,
  }),
  answers("asked to try later, nothing was sent", "asks_to_try_later", { kind: "not_sent" }),
  answers("where nobody answers at all, nothing was sent", "cannot_be_reached", notSentOrSettled),
  answers("a break before the end of the message means: not sent", "breaks_off_before_acceptance", notSentOrSettled),
  answers("a break after the end of the message means: nobody knows", "breaks_off_during_acceptance", {
    kind: "unknown",
  }),
  answers("no answer after the end of the message means: nobody knows", "never_answers", { kind: "unknown" }),
];

function arrives(name: string, mail: OutgoingMail): ConformanceCase {
  return {
    name,
    run: (subject) =>
      inSituation(subject, "takes_everything", async ({ provider, received }) => {
        const result = await provider.send(await provider.compose(mail), "dh-enr-0-0");
        if (result.kind !== "accepted") return [`it was not accepted: ${JSON.stringify(result)}`];
        const mails = await received();
        const [only] = mails;
        if (only === undefined || mails.length !== 1) return [`${mails.length} mails arrived`];
        return [...differences(mail, only, provider), ...idProblems(result, only)];
      }),
  };
}

/**
 * A transport may be unable to tell a break before the message from one after it. It may then say that it doesn't know,
 * provided that it recognises the repeat which follows, or that its records can be asked.
 */
function notSentOrSettled(provider: MailProvider, result: SendResult): Expected {
  return result.kind === "unknown" && (provider.idempotencyWindowMs !== null || provider.lookUp !== null)
    ? { kind: "unknown" }
    : { kind: "not_sent" };
}

type Expected = Readonly<Record<string, unknown>>;

function answers(
  name: string,
  situation: Situation,
  expected: Expected | ((provider: MailProvider, result: SendResult) => Expected),
): ConformanceCase {
  return {
    name,
    run: (subject) =>
      inSituation(subject, situation, async ({ provider }) => {
        // Big enough that no buffer on the way swallows it whole: a break in the middle is a break in the middle.
        const text =
          situation === "breaks_off_before_acceptance" ? "All work and no play.\n".repeat(300_000) : sampleMail().text;
        const result = await provider.send(await provider.compose(sampleMail({ text })), "dh-enr-0-0");
        const said: Expected = { ...result };
        return Object.entries(typeof expected === "function" ? expected(provider, result) : expected).flatMap(
          ([key, value]) =>
            said[key] === value
              ? []
              : [`${key} is ${JSON.stringify(said[key])}, not ${JSON.stringify(value)}: ${JSON.stringify(result)}`],
        );
      }),
  };
}

async function refusesInjection(subject: ProviderUnderTest): Promise<CaseOutcome> {
  const evil = "\r\nBcc: evil@evil.example";
  const command = ">\r\nRCPT TO:<evil@evil.example";
  const mails: Readonly<Record<string, OutgoingMail>> = {
    "the sender's name": sampleMail({ from: { name: `Ada${evil}`, email: "ada@sender.example" } }),
    "the sender's address": sampleMail({ from: { name: null, email: `ada@sender.example${evil}` } }),
    "the recipient's name": sampleMail({ to: { name: "Charles\nX-Evil: 1", email: "charles@lead.example" } }),
    "the recipient's address": sampleMail({ to: { name: null, email: `charles@lead.example${command}` } }),
    "a copy's address": sampleMail({ cc: [{ name: null, email: `mary@sender.example${command}` }] }),
    "a blind copy's address": sampleMail({ bcc: [{ name: null, email: `crm@sender.example${command}` }] }),
    "the reply address": sampleMail({ replyTo: { name: null, email: `r1@reply.example${evil}` } }),
    "the envelope sender": sampleMail({ envelopeFrom: `r1@reply.example${command}` }),
    "the subject": sampleMail({ subject: `Hello${evil}` }),
    "the subject, with a line separator": sampleMail({ subject: "Hello\u2028Bcc: evil@evil.example" }),
    "the subject, with NUL": sampleMail({ subject: "Hello\0" }),
    "the message id": sampleMail({ messageId: `<a@b>${evil}` }),
    "the answered id": sampleMail({ inReplyTo: `<a@b>${evil}` }),
    "the references": sampleMail({ references: [`<a@b>${evil}`] }),
    "a header's value": sampleMail({ headers: { "X-Note": `hello${evil}` } }),
    "a header's name": sampleMail({ headers: { "X-Note: hello\r\nBcc": "evil@evil.example" } }),
    "a header that is ours to set": sampleMail({ headers: { Bcc: "evil@evil.example" } }),
  };
  return inSituation(subject, "takes_everything", async ({ provider, received }) => {
    const problems: string[] = [];
    for (const [field, mail] of Object.entries(mails)) {
      try {
        await provider.send(await provider.compose(mail), "dh-enr-0-0");
        problems.push(`${field} was taken`);
      } catch {
        // Refused, as it should be.
      }
    }
    const arrived = (await received()).length;
    return arrived === 0 ? problems : [...problems, `${arrived} of these mails arrived`];
  });
}

async function sendsTheStoredBytes(subject: ProviderUnderTest): Promise<CaseOutcome> {
  return inSituation(subject, "takes_everything", async ({ provider, received }) => {
    const payload = await provider.compose(sampleMail({ html: "<p>é</p>" }));
    await provider.send(payload, "dh-enr-0-0");
    await provider.send(payload, "dh-enr-0-1");
    const [first, second] = (await received()).map(({ envelopeFrom, envelopeTo, raw }) =>
      JSON.stringify({ envelopeFrom, envelopeTo, raw: withoutTrace(raw) }),
    );
    return first !== undefined && first === second ? [] : ["two sends of one payload differ"];
  });
}

async function repeats(subject: ProviderUnderTest): Promise<CaseOutcome> {
  return inSituation(subject, "takes_everything", async ({ provider, received }) => {
    const payload = await provider.compose(sampleMail());
    const first = await provider.send(payload, "dh-enr-0-0");
    const second = await provider.send(payload, "dh-enr-0-0");
    const arrived = (await received()).length;
    const expected = provider.idempotencyWindowMs === null ? 2 : 1;
    return [
      ...(first.kind === "accepted" && second.kind === "accepted" ? [] : ["not both were accepted"]),
      ...(arrived === expected
        ? []
        : [`${arrived} arrived; with a window of ${provider.idempotencyWindowMs} ms ${expected} must`]),
      ...(provider.idempotencyWindowMs === null || JSON.stringify(first) === JSON.stringify(second)
        ? []
        : ["the repeat is told otherwise than the first"]),
    ];
  });
}

async function inSituation(
  subject: ProviderUnderTest,
  situation: Situation,
  check: (arranged: Arranged) => Promise<readonly string[]>,
): Promise<CaseOutcome> {
  const arranged = await subject.arrange(situation);
  return "notApplicable" in arranged ? arranged : { problems: await check(arranged) };
}

function differences(mail: OutgoingMail, received: ReceivedMail, provider: MailProvider): string[] {
  const addressees = [mail.to, ...mail.cc, ...mail.bcc].map(({ email }) => ascii(email)).sort();
  const pairs: [string, unknown, unknown][] = [
    ["from", shown(mail.from), received.from && shown(received.from)],
    ["to", [shown(mail.to)], received.to.map(shown)],
    ["cc", mail.cc.map(shown), received.cc.map(shown)],
    ["replyTo", [shown(mail.replyTo)], received.replyTo.map(shown)],
    ["subject", mail.subject, received.subject],
    ["text", mail.text.trimEnd(), received.text.trimEnd()],
    ["html", mail.html, received.html?.trimEnd() ?? null],
    ["inReplyTo", mail.inReplyTo, received.inReplyTo],
    ["references", mail.references, received.references],
    ["a Bcc header", false, received.headerNames.includes("bcc")],
    ...Object.entries(mail.headers).map(([name, value]): [string, unknown, unknown] => [
      name,
      value,
      received.headers[name.toLowerCase()],
    ]),
    ...(received.envelopeTo === null
      ? []
      : [["envelopeTo", addressees, received.envelopeTo.map(ascii).sort()] satisfies [string, unknown, unknown]]),
    ...(received.envelopeFrom === null
      ? []
      : [["envelopeFrom", mail.envelopeFrom, received.envelopeFrom] satisfies [string, unknown, unknown]]),
    ...(provider.keepsMessageId === "yes"
      ? ([
          ["messageId", mail.messageId, received.messageId],
          ["date", mail.date, received.date],
        ] satisfies [string, unknown, unknown][])
      : []),
  ];
  return pairs.flatMap(([field, sent, got]) =>
    JSON.stringify(sent) === JSON.stringify(got)
      ? []
      : [`${field}: sent ${JSON.stringify(sent)}, arrived ${JSON.stringify(got)}`],
  );
}

/** What a provider says of the id on the wire must be so, or it must say that it doesn't know. */
function idProblems(result: SendResult, received: ReceivedMail): string[] {
  return result.kind !== "accepted" || result.wireMessageId === null || result.wireMessageId === received.messageId
    ? []
    : [`it claims ${result.wireMessageId}, on the wire is ${received.messageId}`];
}

function shown({ name, email }: { readonly name: string | null; readonly email: string }): string {
  return `${name ?? ""} <${ascii(email)}>`;
}

/** A domain as the servers on the way see it. */
function ascii(email: string): string {
  const at = email.lastIndexOf("@");
  return `${email.slice(0, at)}@${new URL(`http://${email.slice(at + 1)}`).hostname}`;
}

/** Without the Received line that the far side may put on top. */
function withoutTrace(raw: string): string {
  return raw.replace(/^Received:.*\r\n(?:[ \t].*\r\n)*/i, "");
}
