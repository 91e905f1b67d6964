import type { Evidence } from "../evidence.ts";
import type { SeenMail } from "../far-side/report.ts";
import { groupBy } from "../group-by.ts";
import type { Lead } from "../leads.ts";
import { ENDINGS, mailsOf, partOf } from "../plot.ts";
import { SENDER } from "../set-up.ts";
import type { Check } from "./checks.ts";

/** mailparser reads every received mail: one per step, in its thread, right to the letter, and with the drafter's words. */
export function checkMails({ leads, far }: Evidence, check: Check): void {
  const byEmail = groupBy(far.mails, ({ to }) => to[0]?.email ?? "");
  const strangers = [...byEmail.keys()].filter((email) => !leads.some((lead) => lead.email === email));
  check(strangers.length === 0, `mail went to nobody we know: ${strangers.join(", ")}`);
  for (const lead of leads) {
    const mails = byEmail.get(lead.email) ?? [];
    const expected = mailsOf(ENDINGS[partOf(lead.externalId)]);
    check(mails.length === expected, `${who(lead)} got ${mails.length} mails instead of ${expected}`);
    const ids = new Set(mails.map(({ messageId }) => messageId));
    check(
      ids.size === mails.length,
      `${who(lead)} got a duplicate: ${mails.length} mails with ${ids.size} different Message-IDs`,
    );
    mails.forEach((mail, index) => {
      checkEnvelope(lead, mail, index, check);
      checkThread(lead, mails, index, check);
    });
    checkWords(lead, mails, far.drafterLines, check);
  }
  const addresses = leads.map(
    ({ email }) => new Set((byEmail.get(email) ?? []).map(({ replyTo }) => replyTo[0]?.email ?? "")),
  );
  for (const [index, used] of addresses.entries())
    check(used.size === 1, `the mails to ${leads[index]?.externalId} have ${used.size} reply addresses instead of one`);
  const all = new Set(addresses.flatMap((used) => [...used]));
  check(all.size === leads.length, `${leads.length} leads share ${all.size} reply addresses; each should have its own`);
}

function checkEnvelope(lead: Lead, mail: SeenMail, index: number, check: Check): void {
  const which = `mail ${index + 1} to ${who(lead)}`;
  const [from] = mail.from;
  const [to] = mail.to;
  const [replyTo] = mail.replyTo;
  check(
    from?.name === SENDER.name && from.email === SENDER.email && mail.from.length === 1,
    `${which} is from ${JSON.stringify(mail.from)}`,
  );
  check(
    to?.name === lead.name && mail.to.length === 1 && mail.cc.length === 0,
    `${which} is addressed to ${JSON.stringify(mail.to)} instead of ${JSON.stringify(lead.name)}`,
  );
  check(
    mail.envelopeTo.length === 1 && mail.envelopeTo[0] === lead.email,
    `the envelope of ${which} names ${mail.envelopeTo.join(", ")}`,
  );
  check(
    /^r[a-z0-9][a-z2-7]{32}@reply\.localhost$/.test(replyTo?.email ?? "") && mail.replyTo.length === 1,
    `${which} has the Reply-To ${JSON.stringify(mail.replyTo)}`,
  );
  check(
    mail.envelopeFrom === replyTo?.email,
    `the envelope sender of ${which} is ${mail.envelopeFrom}, so a bounce would not prove itself`,
  );
  check(!mail.html, `${which} holds HTML that nobody wrote`);
}

function checkThread(lead: Lead, mails: readonly SeenMail[], index: number, check: Check): void {
  const mail = mails[index];
  const subject = `${lead.context["interest"]} at ${lead.context["company"]}`;
  if (mail === undefined) return;
  const which = `mail ${index + 1} to ${who(lead)}`;
  const before = mails.slice(0, index).map(({ messageId }) => messageId);
  const expected = index === 0 ? subject : `Re: ${subject}`;
  check(
    mail.subject === expected,
    `the subject of ${which} is ${JSON.stringify(mail.subject)} instead of ${JSON.stringify(expected)}`,
  );
  check(
    mail.inReplyTo === (before.at(-1) ?? null),
    `the thread is broken: In-Reply-To of ${which} is ${mail.inReplyTo} instead of ${before.at(-1) ?? "absent"}`,
  );
  check(
    mail.references.join(" ") === before.join(" "),
    `the thread is broken: References of ${which} are ${mail.references.join(" ") || "absent"} instead of ${before.join(" ") || "absent"}`,
  );
}

/** The words of each mail are what the drafter's own record says that it answered, in the same order. */
function checkWords(
  lead: Lead,
  mails: readonly SeenMail[],
  lines: Evidence["far"]["drafterLines"],
  check: Check,
): void {
  const said = new Map<string, string>();
  for (const line of lines) {
    const isTheirs =
      line.lead === lead.externalId || lines.some((asked) => asked.id === line.id && asked.lead === lead.externalId);
    if (isTheirs && line.id != null && typeof line.answer?.["body"] === "string")
      said.set(line.id, line.answer["body"]);
  }
  const texts = [...said.values()];
  check(
    texts.length === mails.length,
    `the drafter wrote ${texts.length} messages for ${who(lead)}, who got ${mails.length}`,
  );
  mails.forEach((mail, index) => {
    check(
      mail.text.trimEnd() === texts[index]?.trimEnd(),
      `the text of mail ${index + 1} to ${who(lead)} is not what the drafter wrote: ${JSON.stringify(mail.text)}`,
    );
    check(mail.text.includes(lead.name), `mail ${index + 1} to ${who(lead)} does not greet them by name`);
  });
}

function who({ externalId, name }: Lead): string {
  return `${externalId} (${name})`;
}
