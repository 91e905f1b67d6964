import type { InboundMail } from "../inbound.ts";
import { anyOf, normalized } from "./plain-text.ts";

/**
 * By which signs a mail is a gate-keeper's: our message is held until its sender proves to be a person. `autoScore` is
 * how surely a machine wrote it (see `autoReplyScore`). Empty when it isn't one.
 */
export function challengeSigns(mail: InboundMail, cleanText: string, autoScore: number): string[] {
  const text = normalized(cleanText.slice(0, TEXT_CHARACTERS_MAX));
  const subject = normalized(mail.subject.slice(0, 200));
  const sender = (mail.headers["from"]?.[0] ?? mail.from?.email ?? "").toLowerCase();
  const signs = [
    ...(VENDOR_HEADERS.some((name) => mail.headers[name] !== undefined) ? ["challenge_header"] : []),
    ...(VENDOR.test(sender) || VENDOR.test(text.slice(0, 4_000)) ? ["challenge_vendor"] : []),
    ...(HELD.test(text) ? ["message_held"] : []),
    ...(PROVE.test(text) ? ["asks_for_proof"] : []),
    ...(CHALLENGE_SUBJECT.test(subject) ? ["challenge_subject"] : []),
    ...(/https?:\/\/|www\.|reply to this|simply reply|hit reply|répond|antworten|responda|rispond/.test(text) ||
    mail.html !== null
      ? ["way_to_answer"]
      : []),
  ];
  const has = (sign: string): boolean => signs.includes(sign);
  const asks = ["message_held", "asks_for_proof", "challenge_subject"].filter(has).length;
  // Nobody is asked by a colleague to prove who he is for his mail to arrive; with one of the two, a machine must have asked.
  const isOne =
    (has("challenge_header") && asks > 0) ||
    (has("challenge_vendor") && asks > 0 && has("way_to_answer")) ||
    (has("message_held") && has("asks_for_proof") && has("way_to_answer")) ||
    (asks >= 2 && autoScore > 0.2) ||
    (has("asks_for_proof") && has("way_to_answer") && autoScore >= 0.7) ||
    (has("challenge_subject") &&
      has("asks_for_proof") &&
      has("way_to_answer") &&
      mail.subject !== "" &&
      !isAnswer(mail));
  return isOne ? signs : [];
}

/** With "Re:" before our own subject, or words of ours in it, the subject is a person's. */
function isAnswer(mail: InboundMail): boolean {
  return /^(?:re|aw|sv|r|rif|odp|antw|fwd?|tr|wg)\s?:/i.test(mail.subject);
}

/** Whether a mail names one of the services that hold mail back, in a header of theirs or as its sender. */
export function isGateKeeper(mail: InboundMail): boolean {
  const sender = (mail.headers["from"]?.[0] ?? mail.from?.email ?? "").toLowerCase();
  const text = normalized(mail.text.slice(0, 1_500));
  return (
    VENDOR_HEADERS.some((name) => mail.headers[name] !== undefined) ||
    VENDOR.test(sender) ||
    (VENDOR.test(text) && PROVE.test(text))
  );
}

const TEXT_CHARACTERS_MAX = 6_000;

const VENDOR_HEADERS = ["x-tmda-fingerprint", "x-boxbe", "x-spamarrest", "x-ask-info", "x-qconfirm", "x-choicemail"];

const VENDOR = anyOf(
  "spam ?arrest|boxbe|tmda\\b|mailblocks|choice-?mail|spamblocker|earthlink\\.net\\/|sendio|0spam|blue ?bottle|knowspam|ipermitmail|mail ?in ?black|digiportal|spamlion|antispamuol|anti-?spam uol|uolantispam|active spam killer|qconfirm|spamcap|cleanmail challenge|mailinblack|spam ?fighter challenge|vanquish|quarantinemail|bulldog|mail-?defender|emailprotect|safe-?sender",
);

/** Our mail is kept back for now. "I received your mail" and "your mail was waiting in my junk folder" are not that. */
const HELD = anyOf(
  "(?:your|this|the) (?:message|e-?mail|mail)(?: \\S+){0,8}? (?:is|has been|was|are|will be|being|currently) (?:\\S+ )?(?:held|on hold|quarantined|waitlisted|pending (?:approval|verification|delivery)|queued|kept|blocked until|waiting (?:for|to be|until)|placed (?:in|on)|not (?:yet )?(?:been )?delivered|undelivered until)|(?:held|kept|stored|waiting)[^.]{0,40}(?:until|pending|for (?:your|the sender's|confirmation|approval|verification))|(?:release|deliver|allow|unblock) (?:your|this|the) (?:original )?(?:message|e-?mail|mail)s?\\b|(?:message|e-?mail|mail)s? (?:will|can|to|may|be|is|are) (?:\\S+ )?(?:be )?(?:delivered|released|let through)|so (?:that )?(?:i|we|he|she|they) can (?:receive|get|read) your|approved (?:beforehand|senders?)|(?:list of|my|our) (?:approved|allowed|authorized|accepted|known|trusted) senders?|guest list|allow incoming (?:messages|mail)|only accepts? (?:messages|mail|e-?mail) from",
  "(?:votre|ce) (?:message|e-?mail|courriel|mail)[^.]{0,40}(?:en attente|bloqué|retenu|quarantaine)|pour que (?:votre|ce)[^.]{0,40}(?:remis|délivré|distribué|parvienne)|(?:ihre|diese|deine) (?:nachricht|e-?mail|mail)[^.]{0,40}(?:zurückgehalten|warteschlange|quarantäne|angehalten)|(?:damit|bevor) (?:ihre|diese|die) (?:nachricht|e-?mail|mail)[^.]{0,40}(?:zugestellt|ausgeliefert|weitergeleitet)|(?:su|este|tu) (?:mensaje|correo)[^.]{0,40}(?:retenido|en espera|cuarentena|pendiente)|para que (?:su|este|tu)[^.]{0,40}(?:entregado|llegue)|(?:il (?:suo|tuo)|questo) (?:messaggio|e-?mail)[^.]{0,40}(?:in attesa|trattenuto|quarantena)|affinché (?:il|la)[^.]{0,40}(?:consegnat|recapitat)|(?:sua|seu|esta|este) (?:mensagem|e-?mail)[^.]{0,40}(?:retid|em espera|pendente|quarentena|bloquead)|para que (?:seja|sua|seu|a mensagem)[^.]{0,40}entreg|(?:uw|je|dit) (?:bericht|e-?mail)[^.]{0,40}(?:vastgehouden|in de wacht|quarantaine)|(?:twoja|ta|państwa) wiadomość[^.]{0,40}(?:zatrzyman|oczekuj|kwarantann)|(?:メール|メッセージ)[^。]{0,20}(?:保留|隔離)|(?:邮件|信件)[^。]{0,20}(?:等待验证|暂存|被隔离|被拦截)|(?:письмо|сообщение)[^.]{0,40}(?:задержан|ожидает|карантин)",
);

/** The sender is to show who or what he is; "please confirm the order" is not that. */
const PROVE = anyOf(
  "(?:verify|confirm|prove|validate|authenticate|establish)(?: to (?:me|us))? ?(?:that )?(?:you(?:'re| are) (?:\\S+ )?(?:an? )?(?:human|person|not|real|legitimate|the sender|genuine)|yourself|your identity|your (?:e-?mail )?address|your (?:message|e-?mail|mail)|(?:the |this )?sender|it (?:was|is) (?:really )?you)|(?:address|sender|you)(?: \\S+){0,4} (?:verified|confirmed|authenticated|approved)|(?:verification|confirmation|authentication|authorization)(?: is)? (?:required|needed|request|code|process)|not an? (?:spammer|automated|robot|bot|machine)|(?:a|an actual|real) (?:human|person)(?: being)?,? (?:and )?not|one[- ]time (?:verification|process|confirmation|request|authentication|step)|just this once|(?:click|follow|visit|use)[^.]{0,60}(?:link|button|here|below|address)[^.]{0,80}(?:(?:your|this|the) (?:message|e-?mail|mail)s? (?:be |to be |delivered)|deliver(?:ed)?|verify|prove|release|authenticate|can receive)|captcha|(?:type|enter|fill)[^.]{0,40}(?:the (?:word|characters|letters|code)|request form|form)|(?:reply|respond) to this (?:message|e-?mail)[^.]{0,60}(?:deliver|confirm|verify|release|approv)|empty (?:message|e-?mail) to|(?:be|become|added to)[^.]{0,20} (?:approved|authorized|guest list|list of approved|allowed senders)|request (?:permission|approval|to be added)|(?:add|adding) yourself to",
  "authentifiez-vous|(?:confirm|vérifi|prouv|valid|authentifi)\\p{L}{0,4} (?:que vous|votre (?:identité|adresse|envoi|message)|l'expéditeur|vous)|pas un robot|première fois que vous|cliquez[^.]{0,60}(?:lien|ici)[^.]{0,60}(?:remis|délivr|valid|confirm)|(?:bestätigen|verifizieren|authentifizieren|weisen) sie[^.]{0,30}(?:absender|adresse|mensch|sich|identität|echtheit|link)|(?:confirm|verifi|demuestr|autenti)\\p{L}{0,4} (?:que (?:usted|eres|es)|su (?:identidad|dirección|envío|mensaje|correo)|el (?:envío|remitente))|primera vez que|(?:conferm|verific|dimostr|autentic)\\p{L}{0,4} (?:di essere|che (?:lei|sei)|il (?:suo|tuo|mittente|messaggio|proprio)|la (?:sua|tua|propria) identità)|prima volta che|(?:confirm|verifi|prov|autenti)\\p{L}{0,4} (?:que você|(?:o|a|seu|sua) ?(?:envio|identidade|remetente|endereço|mensagem|e-?mail))|primeira vez que|(?:bevestig|verifieer|bewijs) (?:dat u|uw (?:identiteit|adres|bericht))|(?:potwierdź|zweryfikuj|udowodnij)[^.]{0,20}(?:że|adres|tożsamość|wiadomość)|(?:送信者|本人)(?:確認|認証)|認証(?:して|が必要)|验证(?:您|你|发件人)?(?:的)?(?:身份|邮箱|地址|不是)|(?:确认|證明|证明)(?:您|你)(?:不)?是|(?:подтверд)\\p{L}{0,6} (?:что вы|отправ|сво)",
);

const CHALLENGE_SUBJECT = anyOf(
  "(?:sender|e-?mail|message|address) (?:verification|confirmation|authentication)|verification (?:required|request|needed)|(?:please )?(?:confirm|verify|authenticate) (?:your|this|you)|(?:confirm|verify) (?:e-?mail|message|mail|delivery)|(?:action|confirmation|authorization|approval|response) (?:is )?(?:required|requested|needed)|your (?:message|e-?mail|mail)[^:]{0,30}(?:waiting|held|pending|requires|awaiting|on hold|needs)|held for (?:confirmation|approval|delivery)|challenge|authentifi|bestätig|verificaci[óo]n|confirme|conferma|confirma[çc]|verifica[çc]|en attente|bevestig|potwierd|認証|验证|anti-?spam|подтвер|(?:are|you) human|unknown sender|waiting for (?:your )?(?:verification|confirmation)|spam ?(?:arrest|blocker|block)|permission (?:required|request)|boxbe",
);
