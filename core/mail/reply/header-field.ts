/** The fields of the block that a client puts above a quoted mail. */
export type HeaderField = "from" | "date" | "to" | "cc" | "subject" | "other";

/** Which field of a header block a line holds, or null. Only its first 48 characters are looked at. */
export function headerFieldOf(bare: string): HeaderField | null {
  const label = fieldLabel(bare);
  return label === null ? null : (FIELDS.get(label) ?? null);
}

/** The lower-case name before the colon of a line; null where it has none that could be a field's. */
export function fieldLabel(bare: string): string | null {
  const head = bare.slice(0, 48);
  const colon = head.search(/[:：]/u);
  if (colon < 1) return null;
  const label = head
    .slice(0, colon)
    .replace(/^[\s*_>|]+/u, "")
    .replace(/[\s*_]+$/u, "");
  return label === "" || label.length > LABEL_MAX ? null : label.toLowerCase();
}

/** The field that a word names; null for any other word. */
export function headerFieldNamed(label: string): HeaderField | null {
  return FIELDS.get(label) ?? null;
}

const LABEL_MAX = 28;

const NAMES: Readonly<Record<HeaderField, string>> = {
  from:
    "from|von|de|da|van|od|差出人|送信者|送信元|发件人|發件人|寄件者|寄件人|fra|från|lähettäjä|feladó|от|от кого|de la|보낸 사람|보낸사람|발신" +
    "|kimden|gönderen|expéditeur|absender|remitente|mittente|remetente|afzender|nadawca|avsender|afsender|avsändare" +
    "|odesílatel|odosielateľ|від|từ|người gửi|dari|จาก|από|מאת|من|nuo|no|kellelt|šalje|pošiljatelj",
  date:
    "sent|date|sent on|sent at|date sent|gesendet|datum|envoyé|envoyé le|envoye|date d'envoi|date d’envoi|enviado|enviado el" +
    "|enviada|enviada em|enviado em|enviado a|enviada a|fecha|inviato|inviato il|inviata|data|data invio|verzonden|verstuurd" +
    "|wysłano|wysłane|data wysłania|送信日時|日時|日付|送信|发送时间|發送時間|发送日期|傳送時間|传送时间|寄件日期|日期|时间|時間" +
    "|sendt|dato|skickat|skickades|lähetetty|päivämäärä|päiväys|odesláno|odoslané|dátum|elküldve|küldve|отправлено|дата|надіслано|дата отправления" +
    "|trimis|보낸 날짜|보낸날짜|날짜|gönderildi|gönderme tarihi|tarih|đã gửi|ngày|ngày gửi|dikirim|tanggal|วันที่|ส่งเมื่อ|στάλθηκε|ημερομηνία|נשלח|תאריך|التاريخ|poslano|poslato|kuupäev",
  to:
    "to|an|à|a|para|per|aan|naar|do|宛先|收件人|收件者|til|till|vastaanottaja|komu|címzett|кому|către|받는 사람|받는사람|수신|kime|alıcı" +
    "|destinataire|empfänger|destinatario|destinatário|ontvanger|tới|đến|người nhận|kepada|ถึง|προς|אל|إلى|za|prima|kam|kellele",
  cc: "cc|kopie|copie à|copie|copia|dw|kopi|kopia|抄送|副本|ｃｃ|bcc|копия|másolatot kap|참조|bilgi|κοιν|עותק|cc'd",
  subject:
    "subject|betreff|objet|sujet|asunto|oggetto|assunto|onderwerp|temat|件名|主题|主旨|主題|emne|ämne|aihe|předmět|predmet|tárgy" +
    "|тема|subiect|제목|konu|chủ đề|tiêu đề|subjek|perihal|เรื่อง|หัวเรื่อง|θέμα|נושא|الموضوع|tema|teema|zadeva|assumpte|subj|re",
  other:
    "reply-to|reply to|répondre à|antwort an|antwoord aan|responder a|rispondi a|importance|priorität|wichtigkeit|attachments" +
    "|anlagen|pièces jointes|datos adjuntos|allegati|anexos|bijlagen|załączniki|message-id|organization|newsgroups|when|where|importancia",
};

const FIELDS: ReadonlyMap<string, HeaderField> = new Map(
  (["other", "cc", "to", "date", "subject", "from"] as const).flatMap((field) =>
    NAMES[field].split("|").map((name): [string, HeaderField] => [name, field]),
  ),
);
