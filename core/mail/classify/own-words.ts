import type { InboundMail } from "../inbound.ts";
import { ENGAGEMENT } from "./auto-reply-lexicon.ts";
import { anyOf, normalized, startsWithAnyOf } from "./plain-text.ts";
import { isAsking } from "./unsubscribe-doubts.ts";

/**
 * What a person wrote into the answer to an invitation: its text and the calendar's COMMENT (RFC 5545 section 3.8.1.4)
 * without the sentences that calendars write ("Kim has accepted this invitation"), without times and places, and without
 * what the invitation says itself. `cleanText` is without quotes. Empty where no person speaks.
 */
export function wordsBesideAnswer(mail: InboundMail, cleanText: string): string {
  const calendar = (mail.calendar ?? "").slice(0, CALENDAR_CHARACTERS_MAX).replace(/\r?\n[ \t]/g, "");
  const invitation = new Set(
    linesOf(unescaped(calendar), CALENDAR_CHARACTERS_MAX).map((line) =>
      normalized(line.replace(/^[A-Z-]{3,30}[:;]/, "")),
    ),
  );
  const comments = [...calendar.matchAll(/^COMMENT[^:\n]{0,200}:([^\n]*)/gim)].map((match) =>
    unescaped(match[1] ?? ""),
  );
  const written = linesOf(cleanText, TEXT_CHARACTERS_MAX).filter((line) => !invitation.has(normalized(line)));
  const own = [...written, ...linesOf(comments.join("\n"), TEXT_CHARACTERS_MAX)].filter((line) => {
    const words = normalized(line);
    return !STOCK.test(words) && !DETAIL.test(words);
  });
  const text = own.join("\n").trim();
  const words = normalized(text);
  // In scripts that name no person it is the length that tells.
  const isSaid = speaksOfSelf(words) || ADDRESS.test(words) || /[\u3040-\u9fff\uac00-\ud7af]{8}/.test(words);
  return isSaid ? text : "";
}

/** Whether a normalized text has what only a person says: something of himself, a wish, a question, an offer. */
export function speaksOfSelf(text: string): boolean {
  return FIRST_PERSON.test(text) || ENGAGEMENT.test(text) || isAsking(text);
}

const CALENDAR_CHARACTERS_MAX = 16_384;
const TEXT_CHARACTERS_MAX = 4_000;

/** The lines with text, above the paragraph that Google writes on its calendar. */
function linesOf(text: string, charactersMax: number): string[] {
  const lines = text
    .slice(0, charactersMax)
    .split("\n")
    .map((line) => line.trim());
  const end = lines.findIndex((line) => GOOGLE.test(line));
  return (end === -1 ? lines : lines.slice(0, end)).filter((line) => line !== "");
}

const GOOGLE = /^(?:invitation from |einladung von |invitation de )?google (?:calendar|kalender)/i;

function unescaped(value: string): string {
  return value.replace(/\\n/gi, "\n").replace(/\\([,;\\])/g, "$1");
}

/** "Kim has accepted this invitation", in the third person; "with this note:" comes before the person's own words. */
const STOCK = anyOf(
  "^(?!(?:i|we|you)\\b).{0,120}\\b(?:has|have) (?:\\S+ )?(?:accepted|declined|tentatively accepted|responded|replied|proposed|not yet|forwarded|updated)\\b.{0,120}$|^(?:accepted|declined|tentative(?:ly accepted)?|maybe|new time proposed|note:?)\\b[^.?!]{0,80}$",
  "^(?!(?:ich|wir|je|j'|nous|yo|io|eu|ik|ja)\\b).{0,120}\\b(?:hat|a|ha|heeft)\\b.{0,80}(?:angenommen|zugesagt|abgelehnt|abgesagt|vorbehalt|vorgeschlagen|accepté|refusé|décliné|proposé|provisoire|aceptado|rechazado|accettato|rifiutato|geaccepteerd|afgewezen|geweigerd).{0,80}$|^(?:zugesagt|abgelehnt|mit vorbehalt|accepté|refusé|aceptad[oa]|rechazad[oa]|accettato|rifiutato|aceite|recusad[oa]|geaccepteerd|afgewezen|zaakceptowano|odrzucono)\\b[^.?!]{0,80}$|(?:aceitou|recusou|zaakceptował|odrzucił|принял|отклонил)|(?:承諾|辞退|仮承諾)(?:しました|されました|済み)?|已(?:接受|拒绝|谢绝|暂定)",
);

/** Lines of the invitation's own: a label and its value, a link. */
const DETAIL = startsWithAnyOf(
  "(?:when|where|who|what|time|date|title|subject|location|organi[sz]er|calendar|guests?|attendees?|video call|meeting (?:id|link|url)|passcode|dial|join(?:ing)?|wann|wo|wer|zeit|ort|betreff|quand|où|qui|lieu|objet|cuándo|dónde|quién|asunto|quando|dove|chi|luogo|oggetto|onde|quem|local|assunto|wanneer|waar|wie|kiedy|gdzie|kto|日時|場所|时间|地点|时长) ?[:：]|https?:|www\\.|[*~_=-]{3}",
);

const FIRST_PERSON = anyOf(
  "\\b(?:i|i'm|i've|i'd|i'll|we|we're|we've|we'd|we'll|me|us|my|our)\\b|\\b(?:ich|wir|mir|mich|uns)\\b|\\b(?:je|j'ai|nous|moi)\\b|\\b(?:yo|nosotros|puedo|podemos|quiero|estoy)\\b|\\b(?:io|noi|posso|possiamo|sono|vorrei)\\b|\\b(?:eu|nós|podemos|estou|queria)\\b|\\b(?:ik|wij|mij|ons)\\b|\\b(?:jag|jeg|vi|mig|meg|oss|os)\\b|(?:^| )(?:nie mogę|mogę|jestem|mnie|nam|я|мы|мне|нам)(?: |$|[,.!])",
);

/** Words to us, as people write them and calendars don't. */
const ADDRESS = anyOf(
  "\\b(?:you|your|please|sorry|thanks|thank|hi|hello|dear)\\b|\\b(?:sie|ihnen|ihre?|bitte|leider|danke|hallo)\\b|\\b(?:vous|votre|merci|désolée?|bonjour)\\b|\\b(?:usted|gracias|lo siento|hola)\\b|\\b(?:lei|grazie|purtroppo|buongiorno)\\b|\\b(?:você|obrigad[oa]|olá|infelizmente)\\b|\\b(?:jij|bedankt|helaas|graag|hoi)\\b|\\b(?:tack|takk|tak|tyvärr|desværre|hej)\\b|(?:^| )(?:proszę|dziękuję|niestety|вы|спасибо|пожалуйста|извините)(?: |$|[,.!])",
);
