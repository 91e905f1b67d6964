import { anyOf, normalized } from "./plain-text.ts";

/** Whether the text of a server says that a mail could not be delivered. */
export function speaksOfFailure(explanation: string): boolean {
  return FAILURE.test(normalized(explanation.slice(0, EXPLANATION_CHARACTERS_MAX)));
}

/** Whether it says that the server will go on trying, and not that it has given up. */
export function isDelayed(explanation: string): boolean {
  const text = normalized(explanation.slice(0, EXPLANATION_CHARACTERS_MAX));
  return DELAYED.test(text) && !GIVEN_UP.test(text);
}

/** Whether it says that the mail arrived. */
export function saysDelivered(explanation: string): boolean {
  const text = normalized(explanation.slice(0, EXPLANATION_CHARACTERS_MAX));
  return DELIVERED.test(text) && !FAILURE.test(text);
}

const EXPLANATION_CHARACTERS_MAX = 6_000;

const FAILURE = anyOf(
  "\\b(?:421|450|451|452|550|551|552|553|554|556)[ -](?:#?[245]\\.\\d{1,3}\\.\\d{1,3}|[^\\n]{0,60}(?:user|mailbox|recipient|address|relay|quota|spam|unknown|reject|no such))",
  "(?:following|these|this|each of the following) (?:address(?:es)?|recipients?|e-mail address)(?:\\(s\\)|\\(es\\))? (?:had|failed|have|has|could|cannot|was|were)|failed addresses|delivery (?:problems|errors?)|(?:delivery|delivering)[^.]{0,60} (?:failed|aborted|unsuccessful|not possible|impossible)|deliver(?:y|ed) to[^.]{0,80}(?:fail|impossible)",
  "(?:could|can|did|was|were|has|have|is|will)(?: not|n't)(?: be| been| able to be)? (?:deliver|sent|reach|processed)|cannot be (?:deliver|sent|reach)|(?:unable|not able|wasn't able|weren't able|failed|not possible|impossible) to (?:be )?(?:deliver|send|reach|relay)|undeliver|non-?deliver|not delivered|was rejected|has been rejected|has been returned|been refused|returned to (?:you|sender)|returning (?:message|mail)|did not reach|error(?: has)? occurred while|error delivering|delivery (?:has )?failed|delivery fail",
  "(?:user|recipient|address|mailbox) (?:unknown|not found|does not exist|doesn't exist|is full|unavailable|disabled|inactive)|no such user|unknown user|invalid user|unrouteable|mailbox full|over quota|quota exceeded|host unknown|unknown host|unknown recipient|not listed in",
  "not a member of (?:this|the) (?:mailing )?list|not allowed to post|only members (?:can|may) post|not member of|incorrectly constructed|malformed address",
  "final-recipient: |diagnostic-code: |remote-mta: |transcript of session|permanent fatal error|permanent error|permanent failure|temporary failure|transient (?:non-)?fatal|hop count exceeded|mail loop|giving up|given up|not going to try again|message (?:blocked|has been blocked)|has been delayed|is delayed|delayed",
  "nicht zugestellt|nicht zustellen|unzustellbar|nicht (?:erfolgreich )?(?:übermittelt|ausgeliefert|erreicht)|n'a pas (?:pu )?(?:être|été) (?:remis|distribu|livr|délivr|envoy|achemin)|échec (?:de|d')|non remis|impossible de (?:remettre|distribuer|livrer)|no se (?:ha )?pud[oi](?:do)? (?:entreg|envi)|no ha podido|no pudo ser entregad|rechazado|non è (?:stato|stata) (?:possibile )?(?:recapit|consegn)|recapito[^.]{0,30}non|non è riuscit|não (?:pôde|foi|pode|puderam)[^.]{0,30}(?:entreg|envi)|não foi possível entregar|(?:kon|kan|is) niet (?:worden )?(?:bezorgd|afgeleverd|verzonden)|nie (?:mogła|można|został|została|udało się)[^.]{0,30}(?:dostarcz|wysł)|не (?:может быть|было|удалось|была)[^.]{0,20}(?:доставлен|доставить|отправ)|невозможно доставить|не доставлено",
  "宛先(?:不明|が見つかりません|に配信)|配信(?:できません|できなかった|することができ|に失敗|されません)|送信できません|届けることができません|配達できません|お届けできません|配送できません|无法(?:投递|送达|发送|传递)|未能(?:投递|送达|发送|成功)|無法(?:傳遞|投遞|送達)|退回|投递失败|发送失败|배달되지|전송(?:되지|하지)|전달(?:되지|하지)|teslim edilemedi|iletilemedi|kunde inte (?:levereras|skickas)|kunne ikke (?:leveres|sendes)|nebylo možné doručit|nelze doručit|nem (?:lehetett|sikerült) kézbes|nu a putut fi livrat|ei voitu toimittaa",
);

const DELAYED = anyOf(
  "this is a warning (?:message )?only|warning message only|(?:has|have|is|was|been|being|mail|message|are) delayed|delivery[^\\n]{0,30}\\(delay\\)|delayed (?:mail|delivery|message)|delivery (?:is )?delay|still being retried|(?:will be|being) (?:re-?tried|attempted)|will (?:retry|continue to try|keep (?:on )?trying|try again)|delivery attempts will continue|temporary failure report|could not send message for past|not yet been delivered|has not been (?:delivered|sent) yet|continue trying|no action is required on your part|still trying|further attempts|remains in the queue|you do not need to resend",
  "noch nicht zugestellt|verzögert|n'a pas encore été|retardée?|en retard|se ha retrasado|retrasad[oa]|todavía no|è in ritardo|ritardat|non è ancora|atrasad[oa]|ainda não|vertraagd|nog niet|opóźnion|jeszcze nie|задерж|遅延|遅れ|まだ配信|延迟|延遲|försenad|forsinket",
);

const GIVEN_UP = anyOf(
  "permanent (?:error|failure|fatal)|given up|giving up|gave up|failed permanently|will not be retried|no further (?:delivery )?attempts|not going to try again|will not (?:try|retry|attempt|continue)|has expired|retry time(?:out)? (?:not reached|exceeded)|retry timeout exceeded|delivery (?:has )?failed|permanently|has been removed from the queue|undeliverable|was returned|will no longer",
);

const DELIVERED = anyOf(
  "successfully delivered|was (?:successfully )?(?:delivered|relayed)|has been (?:successfully )?(?:delivered|relayed|delivered to)|successful(?:ly)? (?:mail )?deliver|delivery (?:confirmation|succeeded|was successful|successful|report that you requested)|mail delivery report that you requested|relayed to|erfolgreich zugestellt|a été remis|entregado correctamente|è stato recapitato|配信されました|已送达",
);
