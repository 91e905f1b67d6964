import { setTimeout as wait } from "node:timers/promises";
import { readLeads } from "../leads.ts";
import { ANSWERED_MESSAGE, partOf } from "../plot.ts";
import { isSabotage } from "../sabotage.ts";
import { type Drafter, startDrafter } from "./drafter.ts";
import { MailServer } from "./mail-server.ts";
import { probeDrafter } from "./probe-drafter.ts";
import { exchangeOutOfOffice, gmailReply, type Reply } from "./replies.ts";
import { type Counts, Envelope, type Order, type Report, type SeenMail, type SentReply } from "./report.ts";
import { WebhookDoor } from "./webhook-door.ts";

/**
 * Everything that is not Drafthook, in a process of its own: the customer's endpoint (a door and the example drafter)
 * and the recipients' mail server with two recipients who answer. Ordered about by IPC; ends with whoever forked it.
 */
const named = process.argv[2] ?? "";
const sabotage = isSabotage(named) ? named : null;
const leads = readLeads();
const emailOf = new Map(leads.map(({ externalId, email }) => [externalId, email]));
const leadOf = new Map(leads.map(({ externalId, email }) => [email, externalId]));

const door = new WebhookDoor(sabotage);
const mailServer = new MailServer(sabotage, emailOf, (mail) => void answer(mail));
const replies: SentReply[] = [];
let opened: { readonly systemUrl: string; readonly secret: string; readonly drafter: Drafter } | null = null;

process.on("message", (message) => {
  const { n, order } = Envelope.parse(message);
  carryOut(order).then(
    (answer) => process.send?.({ n, answer }),
    (error) => process.send?.({ n, error: String(error) }),
  );
});
// Ctrl-C reaches every process of the terminal; whoever forked this one answers it.
process.on("SIGINT", () => {});
process.on("disconnect", () => process.exit(0));
// However this ends, the drafter ends with it.
process.on("exit", () => opened?.drafter.stop());

async function carryOut(order: Order): Promise<unknown> {
  switch (order.ask) {
    case "listen":
      return { webhookUrl: await door.listen(), smtpPort: await mailServer.listen() };
    case "open": {
      const { systemUrl, secret } = order;
      opened = { systemUrl, secret, drafter: await startDrafter(secret) };
      door.open(opened.drafter.url, secret);
      return null;
    }
    case "counts":
      return counts();
    case "probe": {
      const genuine = door.seen.find(({ answeredBy, status }) => answeredBy === "drafter" && status === 200);
      return opened === null || genuine === undefined ? [] : probeDrafter(opened.drafter.url, opened.secret, genuine);
    }
    case "report":
      return {
        requests: door.seen,
        mails: mailServer.seen,
        replies,
        drafterLines: [...(opened?.drafter.lines ?? [])],
      } satisfies Report;
  }
}

function counts(): Counts {
  const mails: Record<string, number> = {};
  for (const mail of mailServer.seen) {
    const lead = leadOf.get(mail.to[0]?.email ?? "") ?? "unknown";
    mails[lead] = (mails[lead] ?? 0) + 1;
  }
  const drafts = door.seen.filter(({ type }) => type === "cadence.step.draft.requested").length;
  const lastAt = Math.max(0, ...door.seen.map(({ arrivedAt }) => arrivedAt), ...mailServer.seen.map(({ at }) => at));
  return { drafts, events: door.seen.length - drafts, mails, lastAt };
}

/** Two of the recipients answer, a moment after the message was taken. */
async function answer(mail: SeenMail): Promise<void> {
  const email = mail.to[0]?.email ?? "";
  const part = partOf(leadOf.get(email) ?? "");
  const got = mailServer.seen.filter(({ to }) => to[0]?.email === email).length;
  if (part === "replies" && got === ANSWERED_MESSAGE.replies) await handIn(gmailReply(mail));
  if (part === "out_of_office" && got === ANSWERED_MESSAGE.out_of_office) await handIn(exchangeOutOfOffice(mail));
}

const READING_MS = 300;

/** To the platform's own door for inbound mail, as a mail server would. */
async function handIn({ kind, envelopeFrom, envelopeTo, raw, messageId, text }: Reply): Promise<void> {
  await wait(READING_MS);
  const query = new URLSearchParams({ from: envelopeFrom, to: envelopeTo }); // writes a `+` as %2B
  const response = await fetch(`${opened?.systemUrl}/cdn-cgi/local/email?${query}`, {
    method: "POST",
    body: raw,
  }).catch((error) => console.error("the reply was not taken", error));
  replies.push({ kind, to: envelopeTo, messageId, text, accepted: response?.ok ?? false });
}
