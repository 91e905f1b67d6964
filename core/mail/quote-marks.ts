/** An attribution line ("On … wrote:"), which clients fold over up to four lines. */
export interface Attribution {
  readonly lineCount: number;
  /** False when only a quote below makes it one. */
  readonly isCertain: boolean;
}

/** The attribution that starts at this line, or null. Looks at four lines of 300 characters each. */
export function attributionAt(lines: readonly string[], index: number): Attribution | null {
  let text = "";
  for (let count = 1; count <= 4; count++) {
    const line = lines[index + count - 1];
    if (line === undefined || line.length > LINE_MAX) return null;
    const bare = line.trim();
    if (bare === "") return null;
    // Gmail tears `<address>` so that the closing bracket opens a line, which then looks like a quote.
    if (bare.startsWith(">") && text.lastIndexOf("<") <= text.lastIndexOf(">")) return null;
    text = text === "" ? bare : `${text} ${bare}`;
    const attribution = judge(text);
    if (attribution !== null) return { lineCount: count, isCertain: attribution === "certain" };
    // A line that can't be the start of one is not worth joining with the next.
    if (count === 1 && !mayContinue(bare)) return null;
  }
  return null;
}

/**
 * How many characters at the start of this line are an answer that shares it with "On Wed, Apr 4, … wrote:" (old Yahoo,
 * and HTML that lost its line breaks); 0 for every other line.
 */
export function answerBeforeAttribution(lines: readonly string[], index: number): number {
  const line = lines[index] ?? "";
  if (line.length < 20 || line.length > LINE_MAX || line.trimStart().startsWith(">")) return 0;
  const start = line.search(SHARED_START);
  if (start < 1 || !/[^\s-]/.test(line.slice(0, start))) return 0;
  const rest = [line.slice(start).trimStart(), ...lines.slice(index + 1, index + 4)];
  return attributionAt(rest, 0)?.isCertain ? start : 0;
}

/** "-----Original Message-----", "---------- Forwarded message ---------" and their like, in the languages we know. */
export function isSeparator(line: string): boolean {
  if (line.length > 120) return false;
  const text = line.trim();
  if (text.length < 8 || !/^[-_*]{2,}/.test(text) || !/[-_*]{2,}:?$/.test(text)) return false;
  const words = text
    .replace(/[-_*:]+/g, " ")
    .trim()
    .toLowerCase();
  return SEPARATOR_WORDS.has(words);
}

/**
 * Whether an Outlook header block ("From: … Sent: … To: … Subject: …") starts here: a sender line, and two more different
 * fields of the block within the next five lines. Bold (`*From:*`) and quoted-printable leftovers are allowed.
 */
export function isHeaderBlockAt(lines: readonly string[], index: number): boolean {
  const first = fieldOf(lines[index] ?? "");
  if (first === null) {
    // The rule that Outlook draws above the block goes with it.
    return isRule(lines[index] ?? "") && RULE_REACH.some((step) => isRuleAbove(lines, index, step));
  }
  if (first !== "from" && !(first === "subject" && fieldOf(lines[index + 1] ?? "") === "from")) return false;
  const seen = new Set<Field>([first]);
  for (let next = index + 1; next <= index + 5; next++) {
    const field = fieldOf(lines[next] ?? "");
    if (field === first) return false;
    if (field !== null) seen.add(field);
  }
  return seen.size >= 3 && (seen.has("subject") || seen.has("to")) && (seen.has("date") || seen.size >= 4);
}

const LINE_MAX = 300;
const RULE_REACH = [1, 2];

function isRuleAbove(lines: readonly string[], index: number, step: number): boolean {
  const between = lines.slice(index + 1, index + step);
  const next = lines[index + step] ?? "";
  return between.every((line) => line.trim() === "") && fieldOf(next) !== null && isHeaderBlockAt(lines, index + step);
}

function isRule(line: string): boolean {
  return line.length <= 120 && /^[-_=*–—]{5,}$/.test(line.trim());
}

function judge(text: string): "certain" | "if_quoted" | null {
  const endsInColon = COLON_AT_END.test(text.slice(-8));
  if (!endsInColon && !text.startsWith("--")) {
    // "2011/4/7 Ann <ann@example.com>" with nothing else, before a quote.
    return /^\d.*>$/.test(text) && DATE.test(text) && /<[^<>\s]+@[^<>\s]+>$/.test(text) ? "if_quoted" : null;
  }
  const bare = text.replace(/^-{2,}\s*/, "").replace(/\s*-{2,}$/, "");
  if (bare === "" || (!endsInColon && bare === text)) return null;
  const hasAddress = /[^\s@<("]@[^\s@>)"]/.test(bare);
  const hasDate = DATE.test(bare);
  const lower = bare.toLowerCase();
  const ending = lower.replace(/["'*_\s:：,]+$/u, "");
  if (VERBS_AT_END.some((verb) => ending.endsWith(verb))) return hasAddress || hasDate ? "certain" : "if_quoted";
  if (!endsInColon) return null;
  if (hasAddress && hasDate && VERBS_INSIDE.some((verb) => ` ${lower}`.includes(verb))) return "certain";
  // Any language: a date, then a mailbox in angle brackets, then a colon.
  return hasDate && /<[^<>]*@[^<>]*>\)?\s*[:：]$/u.test(bare) ? "certain" : null;
}

const COLON_AT_END = /[:：]["*_\s]*$/u;

function mayContinue(line: string): boolean {
  if (DATE.test(line) || /@/.test(line)) return true;
  const lower = `${line.toLowerCase()} `;
  return OPENERS.some((opener) => lower.startsWith(opener));
}

/** A year, a time of day, a day with a month, or an East Asian date. */
const DATE =
  /(?<!\d)(?:19|20)\d\d(?!\d)|(?<!\d)\d{1,2}[:.h]\d\d(?!\d)|(?<!\d)\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2}\s?[月일日]/u;

/** Where "On <day or month>" begins inside a line, after a space or dashes. */
const SHARED_START =
  /[\s-]On (?:(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\p{L}{0,6}[ ,]|\d)/iu;

const OPENERS = [
  "on ",
  "le ",
  "am ",
  "el ",
  "il ",
  "em ",
  "op ",
  "w dniu ",
  "dnia ",
  "den ",
  "dne ",
  "на ",
  "в ",
  "pe ",
  "a ",
  "em: ",
];

/** How an attribution ends: "wrote" in the languages of mail clients. */
const VERBS_AT_END = [
  ..."wrote|writes|sent|said|a écrit|a ecrit|schrieb|geschrieben|escribió|escribio|ha scritto|ha escrito|escreveu".split(
    "|",
  ),
  ..."schreef|heeft geschreven|schreef het volgende|napisał(a)|napisał|napisała|napisal(a)|pisze|skrev|kirjoitti".split(
    "|",
  ),
  ..."napsal(a)|napsal|írta|írta következőt|a scris|написал(а)|написал|написала|пишет|wrote the following|va escriure".split(
    "|",
  ),
  ..."写道|寫道|さんは書きました|さんのメール|さんが書きました|님이 작성|작성|yazdı|tarihinde şunu yazdı|כתב|كتب|έγραψε".split(
    "|",
  ),
];

/** Verbs that stand before the sender's name. */
const VERBS_INSIDE = [
  ..." wrote| schrieb | schrieb:| skrev | schreef | escribió | a écrit| ha scritto| escreveu| napisał| написал".split(
    "|",
  ),
  ...["写道", "寫道", " kirjoitti"],
];

const SEPARATOR_WORDS = new Set([
  ..."original message|forwarded message|begin forwarded message|original appointment|reply message".split("|"),
  ..."message d'origine|message d’origine|message original|message transféré|message initial".split("|"),
  ..."ursprüngliche nachricht|originalnachricht|original nachricht|weitergeleitete nachricht|original mail".split("|"),
  ..."mensaje original|mensaje reenviado|messaggio originale|messaggio inoltrato|messaggio originario".split("|"),
  ..."mensagem original|mensagem encaminhada|mensagem reencaminhada|oorspronkelijk bericht|origineel bericht".split(
    "|",
  ),
  ..."doorgestuurd bericht|wiadomość oryginalna|oryginalna wiadomość|wiadomość przekazana|treść przekazanej wiadomości".split(
    "|",
  ),
  ..."元のメッセージ|転送されたメッセージ|元のメール|原始邮件|原始郵件|原始信件|转发邮件|转发的邮件|轉寄郵件|邮件原件".split(
    "|",
  ),
  ..."oprindelig meddelelse|original besked|ursprungligt meddelande|originalmeddelande|opprinnelig melding".split("|"),
  ..."alkuperäinen viesti|původní zpráva|eredeti üzenet|mesaj original|исходное сообщение|пересылаемое сообщение".split(
    "|",
  ),
  ..."원본 메시지|orijinal mesaj|özgün ileti".split("|"),
]);

type Field = "from" | "date" | "to" | "cc" | "subject" | "reply_to";

/** Which field of a header block a line holds. Only its first 60 characters are looked at. */
function fieldOf(line: string): Field | null {
  const head = line.slice(0, 60);
  if (!head.includes(":") && !head.includes("：")) return null;
  const start = head.replace(/^[\s*_\u200e\u200f]+/u, "");
  const colon = start.search(/[:：]/u);
  if (colon < 1 || colon > 30) return null;
  const name = start
    .slice(0, colon)
    .replace(/[\s*_]+$/u, "")
    .toLowerCase();
  return FIELDS.get(name) ?? null;
}

const FIELDS: ReadonlyMap<string, Field> = new Map([
  ...names(
    "from",
    "from|von|de|da|van|od|差出人|送信者|发件人|寄件者|寄件人|fra|från|lähettäjä|feladó|от|de la|보낸 사람|kimden|expéditeur",
  ),
  ...names(
    "date",
    "sent|date|gesendet|datum|envoyé|envoyé le|envoye|date d'envoi|enviado|enviado el|enviada|enviada em|enviado em|enviado a",
  ),
  ...names(
    "date",
    "fecha|inviato|inviata|data|data invio|verzonden|verstuurd|wysłano|wysłane|送信日時|日時|日付|发送时间|发送日期|日期|傳送時間",
  ),
  ...names(
    "date",
    "寄件日期|时间|sendt|dato|skickat|lähetetty|päivämäärä|odesláno|elküldve|отправлено|дата|trimis|보낸 날짜|gönderildi|tarih",
  ),
  ...names(
    "to",
    "to|an|à|a|para|per|aan|naar|do|宛先|收件人|收件者|til|till|vastaanottaja|komu|címzett|кому|către|받는 사람|kime",
  ),
  ...names("cc", "cc|kopie|copie à|copie|copia|dw|kopi|kopia|抄送|副本|ｃｃ|bcc|копия"),
  ...names(
    "subject",
    "subject|betreff|objet|asunto|oggetto|assunto|onderwerp|temat|件名|主题|主旨|主題|emne|ämne|aihe|předmět|tárgy|тема|subiect|제목|konu",
  ),
  ...names(
    "reply_to",
    "reply-to|reply to|répondre à|antwort an|antwoord aan|responder a|rispondi a|importance|priorität|attachments|anlagen",
  ),
]);

function names(field: Field, list: string): [string, Field][] {
  return list.split("|").map((name) => [name, field]);
}
