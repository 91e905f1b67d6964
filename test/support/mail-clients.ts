/** The headers of a delivered message that clients thread by; ids with angle brackets. */
export interface Delivered {
  readonly messageId: string;
  readonly inReplyTo: readonly string[];
  readonly references: readonly string[];
  readonly subject: string;
}

/** How a client puts messages together: the conversations, each as places in the list that it was given. */
export type Threading = (messages: readonly Delivered[]) => readonly (readonly number[])[];

/**
 * Gmail: a message joins a conversation when its References or In-Reply-To name a message that is there, as RFC 2822
 * has it, and its subject is the same (Gmail API, "Managing threads").
 */
export const gmail: Threading = grouped(
  (message, before) => named(message).includes(before.messageId) && isSameSubject(message, before),
);

/**
 * Outlook and Exchange with internet mail, which brings no Thread-Index: In-Reply-To or References name a message that is
 * there, and the conversation's topic is the subject without its prefix (MS-OXOMSG 2.2.1.5).
 */
export const outlook: Threading = grouped(
  (message, before) => named(message).includes(before.messageId) && isSameSubject(message, before),
);

/** JMAP (RFC 8621 section 3): one id in common among Message-ID, In-Reply-To and References, and the same base subject. */
export const jmap: Threading = grouped((message, before) => {
  const ids = new Set([before.messageId, ...named(before)]);
  return [message.messageId, ...named(message)].some((id) => ids.has(id)) && isSameSubject(message, before);
});

/**
 * IMAP's THREAD=REFERENCES (RFC 5256), as Thunderbird has it too: messages hang under the ids that References name,
 * whether or not those messages are there; roots with the same base subject are joined when one is a reply. Apple Mail does
 * the same: headers first, then a subject that begins with "Re:".
 */
export const imap: Threading = grouped((message, before) => {
  const ids = new Set([before.messageId, ...named(before)]);
  const isLinked = [message.messageId, ...named(message)].some((id) => ids.has(id));
  return isLinked || (isReply(message) && isSameSubject(message, before));
});

function grouped(joins: (message: Delivered, before: Delivered) => boolean): Threading {
  return (messages) => {
    const conversations: number[][] = [];
    for (const [n, message] of messages.entries()) {
      const home = conversations.filter((members) =>
        members.some((member) => joins(message, messages[member] ?? message)),
      );
      const joined = [...home.flat(), n];
      for (const members of home) conversations.splice(conversations.indexOf(members), 1);
      conversations.push(joined);
    }
    return conversations;
  };
}

function named({ inReplyTo, references }: Delivered): readonly string[] {
  return [...references, ...inReplyTo];
}

function isReply({ subject }: Delivered): boolean {
  return /^\s*(?:re|fwd?|aw|wg|sv|tr)\s*(?:\[\d+\])?:/i.test(subject);
}

/** RFC 5256 section 2.1: without the prefixes of answers and forwards, blobs and white space. */
function baseSubject(subject: string): string {
  let base = subject.replace(/\s+/g, " ").trim().toLowerCase();
  for (let before = ""; before !== base; ) {
    before = base;
    base = base.replace(/^(?:re|fwd?|aw|wg|sv|tr)\s*(?:\[\d+\])?:\s*/, "").replace(/\s*\(fwd\)$/, "");
  }
  return base;
}

function isSameSubject(one: Delivered, other: Delivered): boolean {
  return baseSubject(one.subject) === baseSubject(other.subject);
}
