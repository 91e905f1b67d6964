/**
 * Cuts the signature off the lines that a person wrote: `-- ` and what follows, a drawn rule with a few short lines under
 * it, and the line that a device adds. Names under a greeting ("Best, Ann") are the person's words and stay.
 */
export function splitSignature(lines: readonly string[]): {
  body: readonly string[];
  signature: readonly string[] | null;
} {
  const start = Math.min(dashesAt(lines), ruleAt(lines), deviceLineAt(lines));
  if (start >= lines.length) return { body: lines, signature: null };
  return { body: lines.slice(0, start), signature: lines.slice(start) };
}

/** A longer tail than this is no signature (but `-- ` with its space is always one: RFC 3676 section 4.3). */
const SIGNATURE_LINES_MAX = 14;
const SIGNATURE_LINE_CHARACTERS_MAX = 120;

function dashesAt(lines: readonly string[]): number {
  const exact = lines.indexOf("-- ");
  if (exact !== -1) return exact;
  for (let index = tailStart(lines); index < lines.length; index++) {
    if (/^(?:--|__|–|—)\s*$/.test(lines[index] ?? "")) return index;
  }
  return lines.length;
}

function ruleAt(lines: readonly string[]): number {
  for (let index = tailStart(lines); index < lines.length; index++) {
    const line = lines[index] ?? "";
    if (line.length > SIGNATURE_LINE_CHARACTERS_MAX || !/^[-_=–—]{4,}$/.test(line.trim())) continue;
    const below = lines.slice(index + 1).filter((text) => text.trim() !== "");
    const isShort = below.every((text) => text.length <= SIGNATURE_LINE_CHARACTERS_MAX);
    // A rule may also part two paragraphs of a letter: the first line under it must look like a name, not a sentence.
    if (isShort && (below.length === 0 || !/[.!?,:;]\s*$/.test(below[0] ?? ""))) return index;
  }
  return lines.length;
}

function deviceLineAt(lines: readonly string[]): number {
  let first = lines.length;
  let strangers = 0;
  for (let index = lines.length - 1; index >= 0; index--) {
    const line = lines[index] ?? "";
    if (line.trim() === "") continue;
    if (isDeviceLine(line)) {
      first = index;
      strangers = 0;
      continue;
    }
    // Below the device's line there may stand a name or a link, above it only the person's words.
    strangers++;
    if (strangers > (first === lines.length ? 3 : 1) || line.length > 60 || /[.!?,;)]\s*$/.test(line)) break;
  }
  return first;
}

/** "Sent from my iPhone" and the like. Only the first 120 characters are looked at. */
function isDeviceLine(line: string): boolean {
  if (line.length > SIGNATURE_LINE_CHARACTERS_MAX + 40) return false;
  const text = line
    .trim()
    .replace(/^[<([*_{]+/, "")
    .toLowerCase();
  return DEVICE_STARTS.some((start) => text.startsWith(start)) || DEVICE_PATTERN.test(text);
}

const DEVICE_STARTS = [
  ..."sent from my |sent from mail|sent from outlook|sent from yahoo|sent from windows|sent from a |sent from mobile|sent from proton".split(
    "|",
  ),
  ..."sent from samsung|sent from gmail|sent from [mail]|sent via |sent with airmail|sent with proton|sent with spark|sent by galaxy".split(
    "|",
  ),
  ..."from my iphone|from my ipad|get outlook for |get [outlook for |get bluemail for |sent using |sent with shift|sent from front".split(
    "|",
  ),
  ..."envoyé de mon |envoyé depuis |envoyé à partir de |envoyé avec |obtenez outlook |télécharger outlook |provenance : courrier".split(
    "|",
  ),
  ..."von meinem |gesendet von |gesendet mit |gesendet aus |diese nachricht wurde von mein|holen sie sich outlook |outlook für ".split(
    "|",
  ),
  ..."enviado desde |enviado de mi |enviado con |obtener outlook |descargue outlook ".split("|"),
  ..."inviato da |inviato dal |inviato con |ottieni outlook |scarica outlook ".split("|"),
  ..."enviado do |enviado a partir |enviado pelo |enviado via |obter o outlook |obtenha o outlook ".split("|"),
  ..."verstuurd vanaf |verzonden vanaf |verzonden met |verstuurd met |verzonden via |download outlook |outlook voor ".split(
    "|",
  ),
  ..."wysłane z |wysłano z |wysłane przy |pobierz outlook |pobierz aplikację outlook ".split("|"),
  ..."sendt fra |skickat från |lähetetty |odesláno z |odoslané z |отправлено с |отправлено из |trimis de pe |gönderildi ".split(
    "|",
  ),
  ..."発信元：|從我的 |从我的 |发自我的|發自我的|取得 outlook |获取 outlook |下载 outlook |나의 ".split("|"),
];

const DEVICE_PATTERN = /^.{0,40}(?:から送信|より送信|から送信されました|에서 보냄|傳送|发送|發送)$/u;

/** Where the last lines begin that can be a signature. Only the end of a text has one, so only the end is looked at. */
function tailStart(lines: readonly string[]): number {
  let seen = 0;
  for (let index = lines.length - 1; index >= 0; index--) {
    if ((lines[index] ?? "").trim() === "") continue;
    seen++;
    if (seen > SIGNATURE_LINES_MAX) return index + 1;
  }
  return 0;
}
