import appleMailReply from "./mails/apple-mail-reply.eml?raw";
import exchangeOutOfOffice from "./mails/exchange-out-of-office.eml?raw";
import germanAbsence from "./mails/german-absence-without-headers.eml?raw";
import gmailJapaneseReply from "./mails/gmail-japanese-reply.eml?raw";
import gmailReply from "./mails/gmail-reply.eml?raw";
import htmlOnlyReply from "./mails/html-only-reply.eml?raw";
import humanAboutABounce from "./mails/human-about-a-bounce.eml?raw";
import outlookFrenchReply from "./mails/outlook-french-reply.eml?raw";
import outlookReply from "./mails/outlook-reply.eml?raw";
import postfixBounce from "./mails/postfix-bounce.eml?raw";
import thunderbirdReply from "./mails/thunderbird-reply.eml?raw";

/** Mails that we wrote ourselves in the form that real clients give them. Files end lines with LF; see `onTheWire`. */
export const mails = {
  appleMailReply,
  exchangeOutOfOffice,
  germanAbsence,
  gmailJapaneseReply,
  gmailReply,
  htmlOnlyReply,
  humanAboutABounce,
  outlookFrenchReply,
  outlookReply,
  postfixBounce,
  thunderbirdReply,
} as const;

/** The reply address that all of them were sent to. */
export const REPLY_ADDRESS = "r1aebagbafaydqqcikmfrggzdfmztwq2lk@reply.drafthook.test";

/** A mail as it comes from a server: UTF-8 bytes with CRLF. */
export function onTheWire(mail: string): Uint8Array {
  return new TextEncoder().encode(mail.replaceAll("\r\n", "\n").replaceAll("\n", "\r\n"));
}
