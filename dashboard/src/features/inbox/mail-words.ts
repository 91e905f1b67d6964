import type { InboundMailText } from "../../../../core/contract/inbound.ts";
import type { Tone } from "../../ui/badge.tsx";

type Classification = InboundMailText["classification"];

/** The kinds of mail in plain words, as filters and badges name them. */
export const KINDS = {
  human: "Reply",
  auto_reply: "Automatic reply",
  bounce: "Bounce",
  bounce_delayed: "Delayed",
  dsn_success: "Delivered",
  complaint: "Complaint",
  unsubscribe: "Unsubscribe",
  calendar_reply: "Calendar",
  challenge_response: "Asks for proof",
  read_receipt: "Read receipt",
  other: "Other",
} as const satisfies Record<Classification["kind"], string>;

const TONES: Readonly<Record<string, Tone>> = {
  human: "good",
  bounce: "bad",
  complaint: "bad",
  unsubscribe: "warn",
  auto_reply: "info",
  calendar_reply: "info",
};

/** What a mail was taken for, in two words; a kind that is new here stands as the engine names it. */
export function nameKind(kind: string): string {
  return isKind(kind) ? KINDS[kind] : plain(kind);
}

/** The colour of its badge. */
export function toneOfKind(kind: string): Tone {
  return TONES[kind] ?? "plain";
}

/** The kind of this name, for an address that somebody may have typed. */
export function kindOf(text: string | undefined): Classification["kind"] | undefined {
  return text !== undefined && isKind(text) ? text : undefined;
}

/** What a mail was taken for and what that means for its cadence, as a sentence or two. */
export function sayClassification({ kind, subtype, bounce, absence }: Classification): string {
  switch (kind) {
    case "human":
      return "A person wrote this.";
    case "auto_reply":
      return [sayAutoReply(subtype), sayAbsence(absence)].filter(Boolean).join(" ");
    case "bounce":
      return `The message came back. ${sayBounce(bounce)}`;
    case "bounce_delayed":
      return "A mail server says that the message is late. It still tries, so this stops nothing.";
    case "dsn_success":
      return "A mail server says that the message arrived. This stops nothing.";
    case "complaint":
      return "The person reported the message as spam. They are not written to any more.";
    case "unsubscribe":
      return "A person wrote that they want no more mail. They are not written to any more.";
    case "calendar_reply":
      return `An answer to a calendar invitation${subtype === null ? "" : `: ${plain(subtype).toLowerCase()}`}.`;
    case "challenge_response":
      return "A filter asks the sender to prove to be a person. Until somebody does, the message waits there.";
    case "read_receipt":
      return "A mail program says that the message was opened. This stops nothing.";
    case "other":
      return OTHERS[subtype ?? ""] ?? "None of what an answer can be. This stops nothing.";
  }
}

function sayAutoReply(subtype: string | null): string {
  if (subtype === "ooo") return "An automatic reply: the person is away.";
  if (subtype === "left_company") return "An automatic reply: the person has left the company.";
  if (subtype === "auto_ack") return "An automatic reply that says the mail arrived.";
  return "An automatic reply.";
}

function sayAbsence(absence: Classification["absence"]): string {
  if (absence === undefined) return "";
  const { returnsOn, successor } = absence;
  return [
    returnsOn === null ? "" : `It names ${returnsOn} as the day of return, or the last day away.`,
    successor === null
      ? ""
      : `It names somebody else: ${successor.name ?? ""} <${successor.email}>.`.replace(":  <", ": <"),
  ]
    .filter(Boolean)
    .join(" ");
}

function sayBounce(bounce: Classification["bounce"]): string {
  if (bounce === undefined) return "It doesn't say whether the address is dead.";
  const why = bounce.reason === "unknown" ? "" : ` (${plain(bounce.reason).toLowerCase()})`;
  if (bounce.addressDead) return `The address is dead${why}: it is not written to any more.`;
  if (bounce.messagePermanent) return `This message was refused for good${why}; the address may still work.`;
  return `It is trouble that may pass${why}.`;
}

const OTHERS: Readonly<Record<string, string>> = {
  own_mail: "A mail of our own that came back. It is kept out, so that two engines never answer each other.",
  list: "A newsletter or a mailing list. This stops nothing.",
  calendar: "A calendar invitation. This stops nothing.",
  copy_bounced: "A copy of our message came back (Cc or Bcc). That says nothing of the lead.",
};

/** How sure the reading is: a word, since nobody acts on a second decimal. */
export function sayConfidence(confidence: number): string {
  const percent = Math.round(confidence * 100);
  if (confidence >= 0.9) return `Sure (${percent} %)`;
  if (confidence >= 0.8) return `Fairly sure (${percent} %)`;
  return `In doubt (${percent} %): taken for a person's, which is the safe side`;
}

/** A code of ours as words: `null_sender` reads "Null sender". */
export function plain(code: string): string {
  const words = code.replaceAll("_", " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A subject without its "Re:", which says nothing new. */
export function rootOf(subject: string | null): string {
  return (subject ?? "").replace(/^(?:\s*(?:re|aw|fw|fwd|wg|sv|tr)\s*:)+/i, "").trim();
}

function isKind(text: string): text is Classification["kind"] {
  return Object.hasOwn(KINDS, text);
}
