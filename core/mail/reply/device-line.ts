/** Whether a line is what a device or a program adds ("Sent from my iPhone"), in the languages we know. */
export function isDeviceLine(line: string): boolean {
  if (line.length > 160) return false;
  const text = line
    .trim()
    .replace(/^[<([*_{"'“-]+/, "")
    .toLowerCase();
  return DEVICE_STARTS.some((start) => text.startsWith(start)) || DEVICE_PATTERNS.some((pattern) => pattern.test(text));
}

const DEVICE_STARTS: readonly string[] = [
  ...["sent from my ", "sent from mail", "sent from outlook", "sent from yahoo", "sent from windows", "sent from a "],
  ...["sent from mobile", "sent from proton", "sent from samsung", "sent from gmail", "sent from [mail]", "sent via "],
  ...["sent from iphone", "sent from ipad", "sent from android", "sent from aol", "sent from nine", "sent from spark"],
  ...[
    "sent from front",
    "sent from the ",
    "sent from blue",
    "sent from an ",
    "sent from polymail",
    "sent from postbox",
  ],
  ...["sent from airmail", "sent from zoho", "sent from hey", "sent from superhuman", "sent from newton"],
  ...["sent with airmail", "sent with proton", "sent with spark", "sent with shift", "sent with my ", "sent with mail"],
  ...["sent with superhuman", "sent with [proton", "sent with unibox", "sent with hey", "sent with aqua"],
  ...["sent by galaxy", "sent using ", "sent on the ", "sent wirelessly", "sent through ", "sent on my "],
  ...["get outlook for ", "get [outlook for ", "get bluemail for ", "download outlook for ", "yahoo mail: "],
  ...["typed on my ", "written on my ", "please excuse brevity", "please excuse any typos", "please excuse my brevity"],
  ...["envoyé de mon ", "envoyé depuis ", "envoyé à partir de ", "envoyé avec ", "envoyé via ", "envoyé par mon "],
  ...["obtenez outlook ", "télécharger outlook ", "téléchargez outlook", "provenance : courrier", "envoyé d'un "],
  ...["gesendet von ", "gesendet mit ", "gesendet aus ", "gesendet über ", "gesendet vom "],
  ...["diese nachricht wurde von mein", "holen sie sich outlook ", "outlook für ", "verschickt mit", "verfasst mit"],
  ...["laden sie outlook", "von samsung", "mit freundlichen grüßen von meinem iphone"],
  ...["enviado desde ", "enviado de mi ", "enviado con ", "enviado por mi ", "obtener outlook ", "descargue outlook "],
  ...["obtén outlook", "enviado mediante "],
  ...["inviato da ", "inviato dal ", "inviato dall", "inviato con ", "ottieni outlook ", "scarica outlook "],
  ...["enviado do ", "enviado a partir ", "enviado pelo ", "enviado via ", "obter o outlook ", "obtenha o outlook "],
  ...["enviado do meu ", "enviada do ", "baixe o outlook"],
  ...["verstuurd vanaf ", "verzonden vanaf ", "verzonden met ", "verstuurd met ", "verzonden via ", "verstuurd via "],
  ...["download outlook ", "outlook voor ", "vanaf mijn "],
  ...["wysłane z ", "wysłano z ", "wysłane przy ", "wysłane za ", "pobierz outlook ", "pobierz aplikację outlook "],
  ...["sendt fra ", "sendt med ", "sendt via ", "hent outlook ", "skaffa outlook ", "få outlook "],
  ...["skickat från ", "skickades från ", "skickat med ", "lähetetty ", "hanki outlook "],
  ...["odesláno z ", "odoslané z ", "odesláno pomocí ", "získat outlook", "küldve ", "iphone-omról küldve"],
  ...["отправлено с ", "отправлено из ", "відправлено ", "надіслано з ", "изпратено от ", "скачать outlook"],
  ...["trimis de pe ", "trimis din ", "gönderildi ", "στάλθηκε από ", "poslano s ", "poslano z ", "enviat des de "],
  ...["发自我的", "發自我的", "从我的", "從我的", "来自我的", "取得 outlook ", "获取 outlook ", "下载 outlook "],
  ...["发送自", "發送自", "gửi từ ", "đã gửi từ ", "được gửi từ ", "dikirim dari ", "נשלח מ", "أُرسلت من ", "ส่งจาก "],
];

const DEVICE_PATTERNS: readonly RegExp[] = [
  /^.{0,40}(?:から送信|より送信|から送信されました|에서 보냄|에서 보냈습니다|에서 발송|傳送|发送|發送|寄出)[。.]?$/u,
  /^.{0,40}(?:'?(?:den|dan|ten|tan)|ımdan|imden|umdan) gönderildi$/u,
  /^発信元[:：]/u,
  /^von (?:meinem|meiner|einem) .{0,40}(?:gesendet|iphone|ipad|handy|smartphone|mobil|android|samsung|galaxy|tablet|phone)/u,
  /^von (?:iphone|ipad|unterwegs|samsung|yahoo|outlook).{0,40} gesendet[.)]?$/u,
  /^(?:from|via) my (?:iphone|ipad|android|mobile|blackberry|phone|cell|smartphone)\b.{0,16}$/u,
  /^sent from .{2,40} (?:for|on) (?:ios|iphone|ipad|android|mac|windows|mobile)\b/u,
  /^(?:iphone|ipad|android)(?:-omról|omról| küldve)/u,
];
