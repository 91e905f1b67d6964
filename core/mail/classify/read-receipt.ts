import type { InboundMail } from "../inbound.ts";
import { speaksOfSelf } from "./own-words.ts";
import { normalized, startsWithAnyOf } from "./plain-text.ts";

/**
 * By which signs a mail without the MIME part of RFC 8098 is a read receipt: its subject, and its sentence with nothing
 * beside it. Else empty: a letter may be called "Read: …" and tell where it was read.
 */
export function readReceiptSigns(mail: InboundMail): string[] {
  const subject = normalized(mail.subject.slice(0, 200));
  const text = mail.text.slice(0, RECEIPT_CHARACTERS_MAX + 1);
  if (text.length > RECEIPT_CHARACTERS_MAX || !SUBJECT.test(subject)) return [];
  // The fields of our own mail, which the receipt repeats.
  const told = normalized(text.replace(/^[ \t>]*[^\s:：]{1,20}[ \t]?[:：][^\n]*$/gm, "")).trim();
  return SENTENCE.test(told) && !speaksOfSelf(told) ? ["receipt_subject", "receipt_text"] : [];
}

/** A receipt says one thing; a letter that begins so goes on. */
const RECEIPT_CHARACTERS_MAX = 1_200;

const SUBJECT = startsWithAnyOf(
  "read: |not read: |read receipt|return receipt|receipt (?:for|confirmation)|message (?:read|displayed|opened)|disposition notification|displayed[: ]|gelesen: |ungelesen: |lesebestätigung|empfangsbestätigung|lu ?: |non lu ?: |accusé de (?:lecture|réception)|confirmation de lecture|leído: |no leído: |confirmación de lectura|letto: |non letto: |conferma di lettura|lida: |não lida: |confirmação de leitura|recibo de leitura|gelezen: |niet gelezen: |leesbevestiging|ontvangstbevestiging|przeczytano: |potwierdzenie (?:przeczytania|odbioru)|開封済み: |開封(?:確認|通知)|已读: |已讀: |已读回执|прочитано|läst: |læst: |lest: ",
);

const SENTENCE = new RegExp(
  [
    "(?:was|has been|were) (?:read|displayed|opened|deleted without being read|deleted)|return receipt for|this is a (?:return )?receipt|no guarantee that|read on|displayed on the recipient|your (?:message|mail|document)[^.]{0,80}(?:to|was received by)",
    "wurde (?:am|gelesen|auf|von|un)|gelesen|a été (?:lu|affich|ouvert|supprim)|ceci est un accusé|se (?:leyó|ha leído|mostró)|fue leído|ha sido leído|è stato (?:letto|visualizzato)|foi (?:lida|lido|exibid|aberta)|is (?:gelezen|weergegeven)|(?:została?|zostało) (?:przeczytan|wyświetl)|開封|表示され|已(?:于|被)?[^。]{0,20}(?:阅读|读取|打开|显示)|прочит|lästes|blev læst",
  ].join("|"),
  "u",
);
