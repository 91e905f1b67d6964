/**
 * "-----Original Message-----", "---------- Forwarded message ---------", "Begin forwarded message:" and their like, in
 * the languages we know; something may follow on the same line.
 */
export function isSeparator(bare: string): boolean {
  if (bare.length < 8 || bare.length > 300) return false;
  // GroupWise: ">>> Ann Lee 3/3/2025 9:00 AM >>>".
  if (bare.startsWith(">>>")) return bare.endsWith(" >>>") && /\d[:./]\d/.test(bare);
  if (!OPENING_DASHES.test(bare))
    return bare.length < 80 && FORWARD_LINES.has(bare.toLowerCase().replace(/\s?[:：]$/u, ""));
  const inner = bare.replace(OPENING_DASHES, "");
  const end = inner.search(CLOSING_DASHES);
  if (end < 1 || end > 80) return false;
  const words = inner
    .slice(0, end)
    .replace(/[:：\s]+$/u, "")
    .toLowerCase();
  return SEPARATOR_WORDS.has(words) || /^(?:forwarded by|weitergeleitet von|transféré par|reenviado por) /.test(words);
}

/** What gateways put on top of a mail from outside the house: "CAUTION: This email originated from outside …". */
export function isGatewayBanner(bare: string): boolean {
  if (bare.length < 12 || bare.length > 600) return false;
  const lower = bare.slice(0, 160).toLowerCase();
  return BANNER_OPENING.test(lower) && BANNER_WORDS.test(lower);
}

const BANNER_OPENING =
  /^[\s*[(<!-]*(?:caution|external|warning|attention|notice|achtung|vorsicht|extern|attention|prudence|precaución|attenzione|cuidado|let op|uwaga|this (?:message|email|e-mail) (?:is|was|came|originated))/u;
const BANNER_WORDS =
  /external (?:e-?mail|sender|source|message)|outside (?:of )?(?:the|your|our)|from outside|externen? (?:e-?mail|absender|quelle)|expéditeur externe|remitente externo|mittente esterno|externe afzender|spoza/u;

/** "Please reply above this line", which help desks put on top of what they send. */
export function isReplyAboveLine(bare: string): boolean {
  if (bare.length < 8 || bare.length > 160) return false;
  const lower = bare.toLowerCase();
  // A person may write these words too; a help desk puts an ornament before them, or asks.
  return (ORNAMENT.test(bare) || ASKING.test(lower)) && REPLY_ABOVE.some((phrase) => lower.includes(phrase));
}

const ORNAMENT = /^[-=#*_~<[(>+|/\\]{2,}/;
const ASKING =
  /^(?:please|kindly|reply|write|type|add|bitte|antworten|veuillez|merci|répond|por favor|responda|rispond|per favore|beantwoord|antwoord|prosz|prosimy|odpowied|skriv|svar|この|请|請|пожалуйста|lütfen)/u;

const OPENING_DASHES = /^[-_*=‐–—─]{2,}\s*/u;
const CLOSING_DASHES = /\s*[-_*=‐–—─]{2,}/u;

const SEPARATOR_WORDS: ReadonlySet<string> = new Set([
  ..."original message|forwarded message|begin forwarded message|end forwarded message|original appointment".split("|"),
  ..."reply message|original message follows|original email|original|original e-mail|message original".split("|"),
  ..."previous message|quoted message|forwarded messages|original text|original post|forwarded email".split("|"),
  ..."message d'origine|message d’origine|message transféré|message initial|message origine|courriel original".split(
    "|",
  ),
  ..."ursprüngliche nachricht|originalnachricht|original nachricht|original-nachricht|weitergeleitete nachricht".split(
    "|",
  ),
  ..."original mail|ursprüngliche mail|originaltext|ursprüngliche e-mail|originalmail".split("|"),
  ..."mensaje original|mensaje reenviado|mensaje origen|messaggio originale|messaggio inoltrato".split("|"),
  ..."messaggio originario|messaggio originale inoltrato|mensagem original|mensagem encaminhada".split("|"),
  ..."mensagem reencaminhada|oorspronkelijk bericht|origineel bericht|originele nachricht".split("|"),
  ..."doorgestuurd bericht|oorspronkelijke bericht|origineel e-mailbericht|oorspronkelijke e-mail".split("|"),
  ..."wiadomość oryginalna|oryginalna wiadomość|wiadomość przekazana|treść przekazanej wiadomości".split("|"),
  ..."wiadomość pierwotna|przekazana wiadomość|元のメッセージ|転送されたメッセージ|元のメール|オリジナルメッセージ".split(
    "|",
  ),
  ..."转发的邮件|轉寄郵件|邮件原件|原始邮件|原始郵件|原始信件|转发邮件|原邮件|原文|original mail message".split("|"),
  ..."oprindelig meddelelse|oprindelig besked|original besked|videresendt meddelelse|ursprungligt meddelande".split(
    "|",
  ),
  ..."originalmeddelande|ursprungligt mail|vidarebefordrat meddelande|opprinnelig melding".split("|"),
  ..."videresendt melding|opprinnelig e-post|alkuperäinen viesti|välitetty viesti|původní zpráva".split("|"),
  ..."přeposlaná zpráva|pôvodná správa|původní e-mail|eredeti üzenet|továbbított üzenet|mesaj original".split("|"),
  ..."mesajul original|mesaj redirecționat|исходное сообщение|пересылаемое сообщение".split("|"),
  ..."пересланное сообщение|перенаправленное сообщение|оригинальное сообщение|первоначальное сообщение".split("|"),
  ..."оригінальне повідомлення|원본 메시지|전달된 메시지|원본 메일|원본메일|orijinal mesaj|özgün ileti".split("|"),
  ..."yönlendirilen ileti|iletilen ileti|thư gốc|tin nhắn gốc|thư đã chuyển tiếp|αρχικό μήνυμα".split("|"),
  ..."הודעה מקורית|الرسالة الأصلية|missatge original|izvorna poruka|izvirno sporočilo".split("|"),
]);

/** What Apple Mail and others write without dashes. */
const FORWARD_LINES: ReadonlySet<string> = new Set([
  ..."begin forwarded message|anfang der weitergeleiteten nachricht|début du message réexpédié".split("|"),
  ..."début du message transféré|inicio del mensaje reenviado|inizio messaggio inoltrato|inizio del messaggio inoltrato".split(
    "|",
  ),
  ..."início da mensagem reencaminhada|início da mensagem encaminhada|begin doorgestuurd bericht".split("|"),
  ..."begin van doorgestuurd bericht|początek przekazywanej wiadomości|転送されたメッセージ|下面是被转发的邮件".split(
    "|",
  ),
  ..."開始轉寄郵件|start på videresendt besked|videresendt besked|videresendt melding|vidarebefordrat brev".split("|"),
  ..."välitetty viesti alkaa|начало переадресованного сообщения|начало пересылаемого сообщения".split("|"),
  ..."전달된 메시지의 시작|iletilen ileti başlangıcı|přeposlaná zpráva|bắt đầu thư được chuyển tiếp".split("|"),
]);

const REPLY_ABOVE: readonly string[] = [
  ..."reply above this line|reply above the line|your reply above|respond above this line".split("|"),
  ..."type your response above|do not write below this|don't write below this|do not type below this line".split("|"),
  ..."write above this line|only text above this line|add your reply above".split("|"),
  ..."oberhalb dieser linie|oberhalb dieser zeile|über dieser linie|über dieser zeile".split("|"),
  ..."au-dessus de cette ligne|au dessus de cette ligne|por encima de esta línea|encima de esta línea".split("|"),
  ..."sopra questa riga|sopra questa linea|acima desta linha|boven deze regel|boven deze lijn".split("|"),
  ..."powyżej tej linii|nad tą linią|ovanför den här raden|over denne linje|over denne linjen".split("|"),
  ..."この行より上|この線より上|在此行上方|此行以上|над этой строкой|выше этой линии|bu satırın üstün".split("|"),
];
