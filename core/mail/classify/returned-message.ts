import type { InboundMail } from "../inbound.ts";

/** The lines of a server's mail that explain, without the returned message under them. At most 16,384 characters. */
export function explanationOf(text: string): string {
  const head = text.slice(0, EXPLANATION_CHARACTERS_MAX);
  const start = returnedMessageAt(head);
  const above = head.slice(0, start);
  // Some servers put the copy first; better too much than nothing.
  return above.trim() === "" ? head : above;
}

/** Whether a returned message is in the mail: as a part of its own, or its header pasted into the text. */
export function hasReturnedMessage(mail: InboundMail): boolean {
  if (mail.returnedHeaders !== null) return true;
  const text = mail.text.slice(0, SEARCHED_CHARACTERS_MAX);
  return headerBlockAt(text) < text.length;
}

/**
 * The Message-ID, with angle brackets, of the message that a report is about: of the returned part, of a report's own
 * field, or pasted into the text; null where there is none.
 */
export function returnedMessageId(mail: InboundMail): string | null {
  const reported = /^original-message-id:[ \t]{0,8}(<[^<>\n]{1,998}>)/im.exec(mail.machineReport ?? "")?.[1];
  return (
    messageIdsIn(mail.returnedHeaders ?? "")[0] ??
    reported ??
    messageIdsIn(mail.text.slice(0, SEARCHED_CHARACTERS_MAX))[0] ??
    messageIdsIn(mail.attachedText ?? "")[0] ??
    mail.bodyMessageIds.find((id) => id !== mail.messageId) ??
    null
  );
}

/** All Message-IDs that stand in header lines of a text, in their order, with angle brackets. At most 20. */
export function messageIdsIn(text: string): string[] {
  const found: string[] = [];
  for (const match of text.matchAll(MESSAGE_ID_LINE)) {
    const value = (match[1] ?? "").trim();
    found.push(value.startsWith("<") ? value.replace(/\s+/g, "") : `<${value}>`);
    if (found.length >= 20) break;
  }
  return found;
}

const EXPLANATION_CHARACTERS_MAX = 16_384;
const SEARCHED_CHARACTERS_MAX = 131_072;

/** A folded Message-ID has its value on the next line; quote marks and indents are what old servers put before it. */
const MESSAGE_ID_LINE =
  /^[>|* \t]{0,12}message[- ]?id[ \t]{0,8}:[ \t]{0,8}(?:\n[> \t]{1,12})?(<[^<>\n]{1,998}>|[^\s<>@:;,]{1,400}@[^\s<>@:;,]{1,255})/gim;

function returnedMessageAt(text: string): number {
  const marker = MARKER.exec(text)?.index ?? text.length;
  return Math.min(marker === 0 ? text.length : marker, headerBlockAt(text));
}

/** How servers announce the copy; the words of a line of its own, whatever rules and dashes are drawn around them. */
const MARKER = new RegExp(
  `^[-=*_+#| \\t>]{0,40}(?:${[
    "(?:below|under|after) (?:this|the next|the) line (?:is|follows)[^\\n]{0,40}(?:copy|message|header)",
    "below is (?:a copy of )?(?:the|your) (?:original|returned|message)",
    "(?:this|here|following|attached|enclosed|the following) is (?:a|the|your) (?:copy of|headers? of|text of|first)",
    "(?:copy|headers?|text|body|start|begin|beginning|top) of (?:the |your )?(?:original|returned|undelivered|bounced|rejected|failed)? ?(?:e-?mail )?(?:message|mail)",
    "(?:the )?(?:headers?|body) of the original message (?:is|are) following",
    "(?:your |the )?(?:original|unsent) (?:e-?mail|mail|message|nachricht)(?! (?:was|is|has|had|you|sent|from|to|subject|could|that|and|id|sender|recipient))",
    "(?:your |the )?(?:returned|undelivered|bounced|rejected|failed) (?:e-?mail|mail|message)(?: (?:headers?|text|body|content))?(?: follows| is attached| attached| below|[ \\t]*:[ \\t]*$|[ \\t]*[-=*_]{3,})",
    "(?:message|mail) (?:headers?|text|body|contents?|source) follows?",
    "(?:message|mail) follows",
    "intestazioni originali del messaggio|en-?têtes? (?:du|de) message d'origine|ursprüngliche nachrichtenköpfe|encabezados (?:del|de) mensaje original",
    "cabeçalhos da mensagem original|oorspronkelijke berichtkoppen|元のメッセージ ?ヘッダー|原始邮件(?:头|标头)",
    "копия (?:письма|сообщения)|исходное (?:письмо|сообщение)|-- ниже этой линии",
  ].join("|")})[^\\n]{0,60}$`,
  "imu",
);

/** Where a pasted message header starts: three lines of header, one of which only a mail on its way has. */
function headerBlockAt(text: string): number {
  let position = 0;
  let start = -1;
  let names = new Set<string>();
  for (const line of text.split("\n")) {
    const name = HEADER_LINE.exec(line)?.[1]?.toLowerCase();
    if (name !== undefined) {
      if (start === -1) start = position;
      names.add(name);
      if (names.size >= 3 && TRACE.some((trace) => names.has(trace))) return start;
    } else if (start !== -1 && !/^(?:> ?)?[ \t]+\S/.test(line) && !/^[>| ]?From /.test(line)) {
      start = -1;
      names = new Set();
    }
    position += line.length + 1;
  }
  return text.length;
}

const HEADER_LINE = /^(?:> ?)?([A-Za-z][A-Za-z0-9-]{1,60}):(?:[ \t]|$|[A-Za-z<(])/;
const TRACE = ["received", "return-path", "message-id", "mime-version", "dkim-signature", "delivered-to"];
