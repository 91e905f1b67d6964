import { normalized, startsWithAnyOf } from "./plain-text.ts";

/** Whether a subject is one that mail servers give to their reports. With "Re:" or "Fwd:" before it, a person wrote. */
export function isFailureSubject(subject: string): boolean {
  const text = normalized(subject.slice(0, 200)).replace(/^[^\p{L}]{0,8}/u, "");
  return FAILURE_SUBJECT.test(text);
}

const FAILURE_SUBJECT = startsWithAnyOf(
  "undeliver|un-?deliver|non[- ]?deliver|non[- ]?livr|not delivered|deliver(?:y|ing)? (?:status|failure|failed|has failed|report|notification|problem|error|attempt|incomplete|delay|was|to the following|unsuccessful|warning)",
  "(?:your |the |an? )?(?:e-?mail|message|mail|letter|memo)(?:s|\\(s\\))? (?:delivery|deliver|system|not|notification of|failure|failed|error|could|couldn't|was|wasn't|has|hasn't|undeliver|bounced?|rejected|reject|refused|returned?|status|to|you sent|that you|cannot|can't|blocked|problem|from|delayed|warning|is|sent to|quarantined|exceeds)[^\\n]{0,80}?(?:deliver|fail|return|reject|refus|undeliver|bounce|block|error|delay|not |could|couldn't|problem|system)",
  "(?:mail|message|e-?mail) (?:delivery|system error|failure|failed|not delivered|undeliverable|bounced|rejected|refused|blocked|returned|delayed|status)",
  "failure (?:notice|delivery|notification|report|in)|failed (?:delivery|mail|message|to deliver|e-?mail)|returned (?:to sender|mail|e-?mail|message|due|undeliver)|returning (?:message|mail)|mail(?:er)?-?daemon|smtp (?:delivery|error|failure)|error (?:sending|delivering|in mail|mail|report|while|from)|unable to deliver|could ?n[o']t (?:be )?deliver|cannot (?:be )?deliver|can't (?:be )?deliver|problem(?:s)? (?:delivering|with (?:your )?(?:mail|message|delivery))|address (?:not found|unknown)",
  "automatically rejected|rejected(?: mail| message|:)|refused mail|permanent(?:ly)? (?:delivery )?(?:fail|error)|postmaster notify|processing error|warning: (?:could not|message|mail|e-?mail|your|unable|delivery|couldn't)|(?:e-?mail |automatic )?bounce(?:d)?(?: notification| message| notice|:|$)|(?:recipient|user|mailbox|host|domain|account)(?: \\S+){0,2} (?:unknown|not found|full|rejected|over quota)|unknown (?:user|address|recipient|host)|no such user|invalid (?:address|recipient|mailbox)|delayed (?:mail|message|delivery)|transient|temporar\\S+ (?:fail|error|undeliver)|relayed|delivered:|success(?:ful)? (?:mail )?deliver|delivery confirm|expanded:|message (?:expired|blocked|rejected)|undelivered|blocked:|mail (?:loop|box|quota)",
  "unzustellbar|nicht zustellbar|zustellung|fehlgeschlagene? (?:zustellung|nachricht)|(?:e-?mail|mail|nachricht|ihre nachricht|ihre e-?mail)[^\\n]{0,40}(?:konnte nicht|nicht zugestellt|unzustellbar|zurück|verzöger)|übermittlung",
  "non remis|non distribu|échec|(?:votre )?(?:message|courrier|e-?mail|mail) (?:non|refusé|rejeté|n'a|retourné|impossible|en attente)|remise (?:impossible|échou|retard)|notification (?:d'état|de remise|de non)|avis de (?:non|remise)|impossible de (?:remettre|livrer|distribuer)|retour de",
  "no se puede entregar|no se (?:ha )?pud[oi](?:do)? entregar|(?:su )?(?:mensaje|correo) (?:no |rechaz|devuelto)|error (?:de|en la) entrega|entrega (?:fallida|retrasada)|fallo|devuelto|notificación de (?:estado|error|entrega)|no entregado",
  "impossibile recapitare|mancato? (?:recapito|consegna)|mancata consegna|messaggio (?:non|rifiut|respinto)|non (?:recapit|consegn)|notifica (?:di|dello) (?:stato|mancat|errore)|recapito (?:non|ritard)|posta non|consegna (?:fallita|non)|errore di",
  "não (?:foi )?(?:possível )?(?:entreg|pôde)|(?:sua )?mensagem (?:não|devolv|rejeit)|(?:falha|erro) (?:na|de|no) (?:entrega|envio)|devolução|não entregue|notificação (?:de|do) (?:status|estado|entrega|falha)|e-?mail (?:não|devolvido)|impossível entregar",
  "onbestelbaar|niet bezorgd|(?:uw )?(?:bericht|e-?mail|mail)[^\\n]{0,30}(?:niet|vertraagd|mislukt|geweigerd)|aflever|niet-bezorg|bezorging|kan niet",
  "nie można dostarczyć|nie ?dostarcz|zwrot|(?:wiadomość|poczta|mail|list)[^\\n]{0,20}(?:nie|zwrot|opóźn)|niepowodzenie|błąd (?:dostar|wysył)|powiadomienie o",
  "配信|配達|未配信|エラーメール|送信(?:できません|エラー|失敗)|メール(?:を)?(?:配信|配達|送信|が)|不達|宛先|(?:メール)?送信エラー|ご送信",
  "无法投递|退信|投递|無法(?:傳遞|投遞)|未送达|系统退信|郵件傳遞|邮件(?:被)?退|寄信失败|发送失败|发信失败|来自[^\\n]{0,20}退信|未传递|無法遞送|传递|반송|배달|전달|메일 전송",
  "ваше сообщение|не ?доставлен|недоставлен|сообщение (?:не|об ошибке)|ошибка (?:при )?доставк|почта не|письмо (?:не|возвращ)|возврат|уведомление о|невозможно доставить",
  "kan (?:inte|ikke) leveres|kunne ikke leveres|(?:oleverbart|oleverbar)|leveransfel|ej levererat|ikke leveret|ulevert|meldingen|nedoručiteln|nedoruč|doručení|toimitus|viestiä ei|kézbesíth|sikertelen|teslim edilemedi|iletilemedi|nelivrat|mesaj(?:ul)? (?:nu|ne)|nepristat|nepiegād|δεν (?:ήταν|παραδ)|αδυναμία|לא נמסר|تعذر",
);
