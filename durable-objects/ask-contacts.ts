import { contactName } from "../adapters/crypto/contact-name.ts";
import { comparable } from "../adapters/mail/ascii-domain.ts";
import type { Enrollment } from "../core/enrollment.ts";
import type { InboundReply } from "../core/events.ts";
import { isForElsewhere } from "../core/flow/human-reply.ts";
import { companyOf, type FrequencyLimit } from "../core/frequency.ts";
import type { ContactAnswer, ContactQuestion } from "../core/gates/contact.ts";
import { atMost } from "./at-most.ts";
import type { ContactObject } from "./contact.ts";

/** Longer than this nobody waits for a count: then it is asked again later, and nothing is sent meanwhile. */
const ANSWER_TIMEOUT_MS = 10_000;
/** Whoever brings a mail waits for it. */
const TELLING_TIMEOUT_MS = 2_000;

/** Whose person or company it is. */
interface Whose {
  readonly tenantId: string;
  readonly mode: string;
}

/**
 * Asks about a message, and counts it where there is room and `sendKey` names it. The person first: what their company then
 * refuses is given back, but for one that was counted before: it may be out. Rejects when a count can't say in time; the same message may be asked for again.
 */
export function askContacts(
  env: Env,
  { id, ...whose }: Whose & { readonly id: string },
  question: ContactQuestion,
  sendKey: string | null,
): Promise<ContactAnswer> {
  return atMost(ANSWER_TIMEOUT_MS, "the count of a person", async () => {
    const { to, formerly = [], person, company, repliesFrom } = question;
    const of = person === null && repliesFrom === null ? null : await personStub(env, whose, to);
    const reply = of === null || repliesFrom === null ? null : await of.repliedElsewhere(id, repliesFrom);
    if (reply !== null) return { kind: "replied", enrollmentId: reply.enrollmentId, repliedAt: reply.at };
    let isNew = false;
    if (of !== null && person !== null) {
      const besides = await sentTo(env, whose, others(to, formerly), sendKey, person);
      const word = await of.claim({ sendKey, limit: person, besides });
      if (!word.isFree) return { kind: "limit", of: "person", counted: word.counted, freeAt: word.freeAt };
      isNew = word.isNew;
    }
    if (company === null) return { kind: "free" };
    const word = await (await companyStub(env, whose, company.domain)).claim({ sendKey, limit: company });
    if (word.isFree) return { kind: "free" };
    if (of !== null && sendKey !== null && isNew) await of.release(sendKey);
    return { kind: "limit", of: "company", counted: word.counted, freeAt: word.freeAt };
  });
}

/** Those that aren't this very address in other letters, each once. */
function others(to: string, emails: readonly string[]): readonly string[] {
  return [...new Set(emails.map(comparable))].filter((email) => email !== comparable(to));
}

/** When (ms) the person was written to at these addresses within the limit's span, this message left aside. */
async function sentTo(
  env: Env,
  whose: Whose,
  emails: readonly string[],
  sendKey: string | null,
  limit: FrequencyLimit,
): Promise<readonly number[]> {
  const stubs = await Promise.all(emails.map((email) => personStub(env, whose, email)));
  return (await Promise.all(stubs.map((stub) => stub.sent(sendKey, limit)))).flat();
}

/** The message wasn't sent. Rejects when it can't be given back in time. */
export function releaseContact(
  env: Env,
  whose: Whose,
  { sendKey, to }: { readonly sendKey: string; readonly to: string },
): Promise<void> {
  return atMost(ANSWER_TIMEOUT_MS, "the count of a person", async () => {
    await (await personStub(env, whose, to)).release(sendKey);
    const domain = companyOf(to);
    if (domain !== null) await (await companyStub(env, whose, domain)).release(sendKey);
  });
}

/** The person behind each of these addresses replied in this enrollment. Rejects when that can't be noted in time. */
export function noteReply(
  env: Env,
  { id, ...whose }: Whose & { readonly id: string },
  emails: readonly string[],
  at: number,
): Promise<void> {
  return atMost(ANSWER_TIMEOUT_MS, "the count of a person", async () => {
    for (const email of emails) await (await personStub(env, whose, email)).noteReply(id, at);
  });
}

/**
 * Tells the person's object of a reply before it is accepted, so that no message of another enrollment is let out after that.
 * False where there is nothing to tell, or it couldn't be told in time: then the enrollment tells it later.
 */
export async function tellElsewhere(env: Env, state: Enrollment, reply: InboundReply): Promise<boolean> {
  const { lead, formerEmails } = state;
  const emails = lead.email === null ? formerEmails : [lead.email, ...formerEmails];
  if (!isForElsewhere(reply) || state.replies.seen.includes(reply.id)) return false;
  const told = atMost(TELLING_TIMEOUT_MS, "the count of a person", () => noteReply(env, state, emails, Date.now()));
  return told.then(
    () => true,
    () => false,
  );
}

/** The object of one person of a tenant; its name doesn't tell who they are. */
export async function personStub(env: Env, whose: Whose, email: string): Promise<DurableObjectStub<ContactObject>> {
  return stub(env, whose, await contactName(env, whose, "person", comparable(email)));
}

async function companyStub(env: Env, whose: Whose, domain: string): Promise<DurableObjectStub<ContactObject>> {
  return stub(env, whose, await contactName(env, whose, "company", domain));
}

function stub(env: Env, { tenantId, mode }: Whose, name: string): DurableObjectStub<ContactObject> {
  return env.CONTACTS.getByName(`${tenantId}/${mode}/${name}`);
}
