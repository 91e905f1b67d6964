import type { BounceReason } from "../inbound.ts";
import { anyOf } from "./plain-text.ts";

/**
 * Which words of a server mean which reason, in the order in which they are asked: what speaks of the message, its
 * sender or a passing state comes first, since "user unknown" is also the excuse of many a filter. The text was put
 * through `normalized`, and addresses were taken out of it. Null: none of them.
 */
export function reasonByWords(text: string): BounceReason | null {
  return WORDS.find(([, pattern]) => pattern.test(text))?.[0] ?? null;
}

const NOUN =
  "(?:user|recipient|mailbox|account|address|e-?mail|email address|e-mail address|alias|person|username|inbox)";

const WORDS: readonly (readonly [BounceReason, RegExp])[] = [
  [
    "suppressed",
    anyOf(
      "suppression list|has suppressed sending|suppressed due to|on (?:the|our) suppression|previous(?:ly)? (?:hard )?bounce|recent history of bouncing|not delivering to previously bounced",
    ),
  ],
  [
    // Mailing groups tell strangers neither that they exist nor that they don't.
    "restricted",
    anyOf(
      "group you tried to contact|post(?:ing)? messages to (?:the|this) group|groupe que vous avez essayé|gruppe, die sie|(?:el|al) grupo (?:con el|al) que|grupo que (?:você|ha)|gruppo (?:che|a cui|con cui)|groep (?:waarmee|die u)|grup[aey], z którą|投稿する(?:権限|許可)|群组[^。]{0,40}(?:权限|不存在)",
    ),
  ],
  [
    "mailbox_full",
    anyOf(
      "(?:mail|in|post|message|letter)[ -]?(?:box|folder|file|store)[^.;]{0,40} (?:is |was |are )?(?:almost |too )?full|(?:mailbox|inbox|account|storage|quota|disk) (?:is )?full|mailboxfull|boxfull|box full",
      "over[ -]?quota|overquota|quota (?:has been |was |is |size |limit |storage )?(?:exceeded|exceed|violation|exhausted|reached|overflow)|exceed[^.;]{0,60}quota|quota[^.;]{0,20}exceeded|(?:disk|disc|storage|mailbox|mail) quota|out of (?:storage|quota|space|disk)|overdrawn (?:his|her|their|its|the)?[^.]{0,12}quota|over (?:the |its |their |his )?(?:maximum|allowed|allotted|storage|limit|disk)",
      "(?:mail|in)box[^.;]{0,20} (?:has )?exceed|exceeded storage|storage (?:allocation|limit|space)|not enough (?:\\w+ )?space|insufficient (?:mailbox|user|recipient)[^.]{0,20}space|(?:user|recipient|mailbox|account) (?:has |have )?(?:exceeded|too (?:much|many))[^.]{0,50}|mailbox (?:size|limit|message)[^.]{0,20}(?:limit|exceed|reached)|has exhausted",
      "postfach (?:ist )?(?:voll|überfüllt)|speicherplatz|bo[iî]te (?:aux lettres )?(?:du destinataire )?(?:est )?pleine|bal pleine|buz[oó]n (?:est[aá] )?lleno|cuota|casella (?:\\S+ )?piena|caixa (?:postal |de correio )?(?:est[aá] )?(?:cheia|lotada)|cota (?:de|excedida)|mailbox (?:is )?vol|skrzynka[^.]{0,30}(?:pełna|przepełn)|переполнен|квот",
      "メールボックス[^。]{0,20}(?:一杯|いっぱい|満杯|超え|容量)|容量(?:オーバー|超過|を超)|邮箱(?:已|空间)?满|空间(?:不足|已满)|容量不足|信箱已滿|超出(?:邮箱|容量|配额)|메일함",
    ),
  ],
  [
    "message_too_large",
    anyOf(
      "(?:message|mail|e-mail|email|letter|attachment|size)[^.;]{0,30} (?:is |was )?too (?:large|big|long)|(?:message|mail) (?:size|length)[^.]{0,30}(?:exceed|limit|too|larger)|exceed[^.;]{0,60}(?:size|length)|size (?:limit|exceed)|larger than[^.]{0,40}(?:limit|allowed|maximum|current)|too large|mesgtoobig|messagetoobig|recipsizelimit|sendersizelimit|msgsize|message file too big|(?:zu|troppo) (?:groß|gross|grande)|trop (?:gros|volumineux|grand)|demasiado grande|muito grande|サイズ[^。]{0,20}(?:超|制限|大き)|邮件(?:过大|太大)",
    ),
  ],
  [
    "loop",
    anyOf(
      "too many hops|hop count|mail (?:forwarding )?loop|loop(?:s|ing)? (?:back|detected)|routing loop|loop detected|maximum hop|local configuration error|too many received|best-preference mx|it isn't in my control|message is looping|redirection limit",
    ),
  ],
  [
    "sender_rejected",
    anyOf(
      "sender(?: address| domain| host| mailbox|'s address|'s domain|'s mailbox|s)? (?:is |was |has been |could not be |cannot be |can't be |does |did )?(?:not |un)?(?:rejected|refused|denied|blocked|banned|unknown|invalid|verif|exist|resolv|valid|permitted|allowed|found|must|authori[sz]ed|accepted|recognized|disallowed)",
      "sender (?:verify|verification|callout|callback|address verification)|(?:does not|do not|doesn't|don't|did not|cannot) (?:like|accept|verify|trust) (?:the )?sender|(?:invalid|bad|unknown|unverified|unresolvable|illegal|improper|missing) (?:sender|return[ -]path|from address|envelope sender|mail from|reverse-path)|domain of sender|senders? (?:domain|host)|envelope sender|return address|reverse[ -]path|no longer accept(?:s|ing) mail from|from (?:header|address|domain)[^.]{0,30}(?:not|invalid|missing|reject)",
      "not? accept(?:ing)? (?:any )?(?:e-?mail|mail|messages?|connections?) from|refus(?:es|ed|ing)[^.]{0,20} (?:mail|messages?|e-mail|connections?) from|address does not resolve|(?:your|mail from|sending) (?:e-?mail )?(?:address|domain|mailbox) (?:is |does |has |was |\\S+ )?(?:not|been|blocked|reject|invalid|unknown|must)|fully[ -]qualified|my name was rejected|invalid domain name|mail from[^.]{0,40}(?:not exist|must|invalid|unknown)|originator|helo (?:command|name|string|required|host)|ehlo|invalid helo|发件人|寄件者|差出人|送信元|отправител",
    ),
  ],
  [
    "relaying_denied",
    anyOf(
      "relay(?:ing)?(?: access| mail| to| from| of)?(?: is| has been| was)? (?:\\S+ )?(?:denied|not (?:allowed|permitted|supported|authorized)|prohibited|disallowed|refused|rejected|forbidden|disabled|not)\\b|(?:unable|not (?:permitted|allowed|authorized|configured)|refuse[sd]?|cannot|can't|won't|will not|do not|don't|does not|doesn't) (?:to )?(?:allow )?(?:mail )?relay|no relay(?:ing)?\\b|(?:open|insecure|mail|third[ -]party|illegal|unauthorized) (?:mail )?relay|not (?:a |an )?(?:open |local )?relay|not in my (?:list of )?(?:allowed )?rcpthosts|isn't in my list of allowed rcpthosts|that domain isn't|not (?:a )?gateway|authentication required for relay|we do(?:n't| not) (?:do )?relay|relay denied|is not one of our domains|you are not allowed to send mail to",
    ),
  ],
  [
    "domain_takes_no_mail",
    anyOf(
      "null ?mx|(?:host|domain|server|system|it)(?: \\S+)? (?:does not|doesn't|do not|never|will not) (?:accept|receive) (?:any |e-?mail )?(?:e-?mail|mail|messages)(?! from)|does not accept (?:e-?mail|mail)\\.?$|does not receive mail|no longer accepting mail for this domain|domain[^.;]{0,30} (?:no longer|not) (?:hosted|accept(?:s|ing)? mail|in service)|we do not accept mail for",
    ),
  ],
  [
    "mailbox_disabled",
    anyOf(
      `${NOUN}[^.;]{0,40} (?:is |was |has been |have been |are |been |currently |temporarily |temporary |permanently )*(?:disabled|suspended|inactive|deactivated|locked|frozen|on hold|restricted due|expired|dormant|terminated|discontinued|not active|not activated)`,
      "(?:account|mailbox|compte|recipient|user|destinataire)[^.;]{0,30} (?:is |est |has been |was )(?:\\S+ )?bloc?(?:ked|que)\\b|\\b(?:disabled|suspended|inactive|deactivated|locked|frozen|dormant|invalid/inactive|temporarily inactive) (?:user|mailbox|recipient|account|address|e-?mail|due)|user is terminated|(?:no longer|not) accept(?:s|ing)? (?:any |new )?(?:e-?mail|mail|messages?)\\b(?! from)|no longer accepts|account is locked|user suspended|recipient suspend|user (?:or domain )?(?:is )?disabled|mailbox disabled|account (?:was )?(?:temporar|inactive)",
      "compte[^.]{0,30}(?:bloqu|désactiv|suspendu|inactif)|konto[^.]{0,30}(?:gesperrt|deaktiviert)|postfach[^.]{0,30}(?:gesperrt|deaktiviert)|cuenta[^.]{0,30}(?:suspendida|deshabilitada|inactiva|bloqueada)|conta[^.]{0,30}(?:suspensa|desativada|inativa|bloqueada)|casella[^.]{0,30}(?:disabilitata|sospesa|bloccata)|帐[号户][^。]{0,10}(?:冻结|停用|锁定|禁用)|邮箱[^。]{0,10}(?:冻结|停用|禁用|锁定)|(?:ящик|аккаунт|пользователь)[^.]{0,30}(?:заблокирован|отключ)",
    ),
  ],
  [
    "rate_limited",
    anyOf(
      "too (?:many|much|frequent|fast)[^.;]{0,40}(?:connections?|messages?|mails?|recipients|e-?mails|session|sent|invalid|errors|conversations|simultaneous|concurrent|traffic)|too many|rate[ -]?limit|throttl|sending (?:rate|limit)|exceeded[^.]{0,40}(?:rate|per (?:hour|minute|day)|connections?|limit of messages|hourly|daily)|per (?:hour|minute|day|second)\\b|this hour|frequency limit|(?:message|sending|hourly|daily|threshold)[^.]{0,20} (?:limit|quota)[^.]{0,20}(?:reached|exceeded)|receiving mail (?:too quickly|at a rate)|greylist|graylist|grey ?listed|deferred due to (?:user complaints|unexpected volume)|unusual rate|excessive",
    ),
  ],
  [
    "authentication",
    anyOf(
      "dmarc|dkim|\\bspf\\b|sender policy framework|sender id |unauthenticated|authentication (?:checks?|information|results?|fail)|does not have authentication|not authenticated|fails? to pass|domainkeys|spoof|impersonat|forged",
    ),
  ],
  [
    "blocked",
    anyOf(
      "(?:black|block|deny|reject)[ -]?list|\\brbl\\b|dnsbl|\\bsbl\\b|\\bxbl\\b|spamhaus|spamcop|sorbs|senderbase|talosintelligence|barracudacentral|reputation|(?:client|your|sending|remote|connecting|source) (?:ip|host|server|network|system|isp|machine|address)[^.;]{0,60}(?:reject|block|ban|denied|refus|list|not (?:allowed|permitted|authorized|welcome)|bad|abus|spam|cannot find)|blocked (?:by|using|due|for|because(?! its content)|from|at)|(?:is|was|been|are|temporarily|permanently|currently) (?:\\S+ )?(?:blocked(?! because its content)|banned|blacklisted|refused by|denied by)|banned|(?:reverse|ptr|rdns)[ -]?(?:dns|record|lookup|hostname|entry)?|(?:invalid|no|missing|without|fix|valid) (?:reverse|ptr|rdns)|cannot find your (?:reverse )?hostname|hostname[^.]{0,40}(?:dynamic|generic|resolve|mismatch|match)|dynamic (?:ip|host|address|pool)|dialup|dial-up|residential|ip(?: address)? [^.]{0,30}(?:rejected|denied|blocked|banned|listed|not allowed)|ip name lookup|connections? (?:not accepted|rejected|denied|refused by policy|from)|client host rejected|access (?:to this mail system|from)[^.]{0,20}(?:reject|den|block)|go away|country",
    ),
  ],
  [
    "content_rejected",
    anyOf(
      "spam(?!assassin\\.org)|\\bspammy|unsolicited|junk|bulk (?:e-?mail|mail|message)|\\bube\\b|\\buce\\b|phish|virus|malware|malicious|infected|trojan|worm\\b|suspicious|suspected|content (?:filter|reject|restrict|policy|scan|is|contains|not|blocked|presents)|(?:message|mail|e-mail|email)(?: contents?| body| headers?)? (?:was |is |has been )?(?:rejected|refused|blocked|filtered|denied|discarded|looks like|contains|classified|identified|appears|considered)|its content|contents? (?:of|was|were|blocked|in)|executable|attachment|banned (?:file|content)|prohibited (?:file|content)|dangerous|profan|objectionable|undesirable|malformed|improperly formatted|rfc ?2822|rfc ?822(?!;)|rfc ?5322|header(?:s)? (?:line|missing|invalid|syntax|check)|bare (?:lf|cr|linefeed)|missing (?:date|from|to|subject|message-id)|8-?bit|score|\\bsc-001|transaction failed|possible abuse|垃圾|迷惑メール|スパム|внимание спам|спам",
    ),
  ],
  [
    "tls",
    anyOf("starttls|\\btls\\b|\\bssl\\b|certificate|encryption|does not support tls|handshake|cipher|dane\\b|mta-sts"),
  ],
  [
    "moved",
    anyOf(
      `${NOUN}[^.;]{0,30}(?: has| have|'s)? (?:moved|been moved|been replaced|changed to|relocated)|(?:has|have) (?:moved|a new (?:e-?mail )?address)|moved permanently|new (?:e-?mail )?address is|address (?:has )?changed|changed (?:his|her|their|its|my|the)? ?(?:e-?mail )?address|please try (?:the )?(?:forward|new)[- ]?(?:path|address)|user not local; please try|please (?:use|update)[^.]{0,40} (?:new )?address|(?:neue|geänderte) (?:e-?mail-?)?adresse|nouvelle adresse`,
    ),
  ],
  [
    "network_error",
    anyOf(
      "try again later|host not found,? try again|temporary (?:failure in )?name (?:resolution|server)|(?:temporar\\w*|transient)[^.;]{0,30}(?:dns|lookup|name|resol)|(?:dns|lookup|name|resol)[^.;]{0,40}(?:temporar|timed? ?out|servfail|timeout|again|refused)|servfail|name server:?[^.]{0,40}: (?:host name lookup failure|timed)|host lookup did not complete",
    ),
  ],
  [
    "user_unknown",
    anyOf(
      "(?:no such|unknown|invalid|non-?existent|non-?existing|inexistent|bad|illegal|unrecogni[sz]ed|undefined|unlisted|not a valid|not a known|isn't a (?:valid|known)|not an? (?:active|existing)|incorrect|wrong|unknown or illegal|undeliverable) (?:local |internet |smtp |destination |e-?mail |recipient |mail |domain )*(?:user|users|recipients?|mailbox|account|address|addressee|person|alias|username|name|local[ -]?part|destination|usr|customer|mail ?drop|employee|contact|object)\\b(?! list)",
      `${NOUN}s?(?: \\S+){0,5}?(?: is| are| was| were| does| do| did| could| can| has| have| name)*(?: not|n't|cannot| can't| couldn't| doesn't| didn't| isn't)* (?:unknown|not found|found|invalid|exist|exists|known|non-?existent|unrecogni[sz]ed|recogni[sz]ed here|no longer|valid user|valid recipient|a valid|listed|been deleted|been removed|been closed|be found|be located|be resolved|correct|deleted|closed|cancell?ed|in use)\\b`,
      "(?:user|recipient|mailbox|account|address|alias|name|email) ?(?:unknown|not found|notfound|not known|nonexistent|unrecognized)|(?:doesn't|does not|don't|do not) (?:have|know|exist|handle|recogni[sz]e|like)(?: an?| this| that| the| any)?[^;]{0,40}(?:account|user|mailbox|person|address|here|recipient|exist)|(?:does not|doesn't|did not|didn't|do not|don't) exist|no longer (?:with|works?|working|employed|at|available|valid|active|in use|exists?|a valid|here|an? )|not (?:listed|found) in (?:domino|public|the|our|any|local|virtual|ldap|active)|not in (?:the |our )?(?:recipient|virtual|local|user|address|directory|public)|unknown in (?:local|virtual|relay|the|our)",
      "no (?:mailbox|user|account|recipient|person|one|body|mail box|such one|customer|local mailbox|email|email address|address|home directory|directory)(?: \\S+)? (?:here|at this|at that|by that|by this|with that|with this|under|named|of that|found|on this|for|exists?|called)|no ?one here|(?:can't|cannot|could not|couldn't|unable to|not able to|failed to) (?:find|locate|verify|resolve|identify|look ?up)[^.;]{0,30}(?:user|mailbox|recipient|account|address|person|alias|name)|not (?:one of )?our (?:customer|user)|user_unknown|userunknown|usernotfound|user-not-found|recipnotfound|recipientnotfound|nosuchuser|mailboxnotfound|unknownuser|is not (?:a )?(?:known|valid|listed|local|registered|hosted|recogni[sz]ed|our)(?: here)?\\b(?! (?:permitted|allowed|authori))|addressee unknown|unknown address|dead letter|no (?:such|matching) (?:address|entry|object)|mailbox (?:is )?unavailable|mailbox (?:not|isn't) available|mailbox unavailable or not local|user (?:is )?unavailable|address not (?:known|found|present|valid)|address (?:is )?unresolvable|no addressee|inactive and deleted",
      "utilisateur[^.;]{0,30}(?:inconnu|inexistant|non trouvé|introuvable)|destinataire[^.;]{0,30}(?:inconnu|invalide|inexistant|introuvable)|adresse[^.;]{0,50}(?:invalide|inconnue|inexistante|introuvable|erron)|n'existe (?:pas|plus)|bo[iî]te[^.;]{0,30}inexistante|compte[^.;]{0,20}(?:inexistant|inconnu)|non répertorié|impossible de trouver l'adresse",
      "(?:benutzer|empfänger|adresse|postfach|mailbox|konto|teilnehmer|user|kunde)[^.;]{0,40}(?:unbekannt|existiert nicht|nicht gefunden|ungültig|nicht bekannt|nicht vorhanden|gibt es nicht|nicht mehr)|unbekannte[rn]? (?:benutzer|empfänger|user|adresse|teilnehmer)|(?:ungültige|falsche)[rn]? (?:empfänger|adresse|e-?mail)",
      "usuario[^.;]{0,30}(?:desconocido|no existe|no encontrado|inexistente|inv[aá]lido)|destinatario[^.;]{0,30}(?:desconocido|no existe|inexistente|no encontrado|inv[aá]lido|sconosciuto)|no existe (?:el|la|ese|esa|este|esta|un)|cuenta[^.;]{0,30}(?:no existe|inexistente)|direcci[oó]n[^.;]{0,40}(?:no v[aá]lida|inexistente|desconocida|no existe|no se encontr)|no se encontr[oó] (?:la|el)",
      "utente[^.;]{0,30}(?:sconosciuto|inesistente|non trovato|non esiste)|casella[^.;]{0,30}(?:inesistente|non esiste|sconosciuta)|indirizzo[^.;]{0,50}(?:inesistente|non valido|errato|sconosciuto|non esiste|non è stato trovato)|non (?:è stato|sono) (?:possibile|riuscit\\w) (?:a )?trovare l'indirizzo|usu[aá]rio[^.;]{0,30}(?:desconhecido|inexistente|n[aã]o (?:existe|encontrado))|destinat[aá]rio[^.;]{0,30}(?:desconhecido|inexistente|inv[aá]lido|n[aã]o)|conta[^.;]{0,20}(?:inexistente|n[aã]o existe)|caixa postal inexistente|endereço[^.;]{0,40}(?:inv[aá]lido|inexistente|n[aã]o (?:existe|encontrado))",
      "onbekende (?:gebruiker|ontvanger)|(?:gebruiker|ontvanger|adres|postbus)[^.;]{0,30}(?:onbekend|bestaat niet|niet gevonden|ongeldig)|nieznany (?:użytkownik|odbiorca|adres)|(?:użytkownik|adres|konto|skrzynka|odbiorca)[^.;]{0,30}(?:nie istnieje|nieznany|nie znaleziono|nieprawidłow)|nie ma (?:takiego|takiej)|пользовател[ья][^.;]{0,30}(?:не найден|не существует|не зарегистрирован|нет)|нет такого|не существует|несуществующ|ящик[^.;]{0,20}не найден",
      "宛先[^。]{0,30}(?:存在しま|見つか|不明|ありません|間違)|ユーザー?[^。]{0,20}(?:存在しま|不明|見つか|いません)|メールアドレス[^。]{0,20}(?:存在し(?:ない|ま)|見つか|誤り|間違|不明)|该?用户不存在|用户不存在|收件人[^。]{0,12}不存在|邮箱[^。]{0,12}不存在|地址[^。]{0,12}(?:不存在|错误|无效)|无此(?:用户|人|邮箱)|查无此人|帐[号户]不存在|账[号户]不存在|使用者不存在|找不到(?:收件人|用户|使用者)|사용자[^.]{0,12}없|존재하지",
    ),
  ],
  [
    "domain_unknown",
    anyOf(
      "(?:host|domain|mail ?server|destination|hostname)(?: name| or domain name| or host| computer| system| server)?(?: \\S+){0,5}? (?:is |was |does |could |can |name |are )*(?:not |n't |cannot |can't |couldn't |doesn't )*(?:found|unknown|exist|exists|invalid|unresolvable|nonexistent|recogni[sz]ed|resolve|resolved|be found|be resolved|registered)\\b|(?:unknown|no such|invalid|bad|illegal|non-?existent|unresolvable|unrouteable|unroutable) (?:host|domain|mail domain|mail ?server|destination domain|address|host\\/domain)|host unknown|nxdomain|domain ?unknown|no (?:mx|mail exchanger|a|dns|address)[^.;]{0,20}(?:record|records|entry|host)|(?:find|locate|resolve|look ?up) (?:any )?(?:a |the )?(?:host|domain|mail exchanger|server)|mx records? point|couldn't find any host|name or service not known|address lookup failed|host(?:name)? lookup failed|no route found to domain|(?:domain|host)(?: \\S+){0,3} (?:not|isn't) (?:local|hosted|known|served)|name service error|domaine[^.]{0,20}(?:inconnu|inexistant)|domäne[^.]{0,20}(?:unbekannt|nicht gefunden)|dominio[^.]{0,20}(?:no existe|desconocido|inesistente|sconosciuto|no encontrado)|dom[ií]nio[^.]{0,20}(?:inexistente|n[aã]o (?:existe|encontrado))|域名[^。]{0,10}(?:不存在|错误|无法)|ドメイン[^。]{0,20}(?:存在|見つか|不明)|домен[^.]{0,20}не",
    ),
  ],
  [
    "network_error",
    anyOf(
      "(?:connect|connection|session|conversation|dialog)[^.;]{0,60}(?:timed? ?out|timeout|refused|reset|dropped|closed|lost|failed|terminated|broken|unreachable|no route|died|unsuccessful)|no route to host|network (?:is )?unreachable|host (?:is )?(?:unreachable|down)|timed? ?out|operation timed|unable to (?:connect|establish|contact|reach (?:the )?(?:host|server))|(?:cannot|can't|could not|couldn't|wasn't able to|failed to|not able to) (?:connect|establish|contact|reach (?:the )?(?:host|server|mx)|communicate)|no response|not respond|lost (?:input )?(?:channel|connection)|read error|write error|broken pipe|server (?:is )?(?:busy|unavailable|down)|bad connection|no (?:answer|reply) from|connection(?:s)? (?:is |was )?(?:refused|timed|reset|lost|dropped)",
    ),
  ],
  [
    "restricted",
    anyOf(
      "(?:not|isn't|aren't|no) (?:allowed|authori[sz]ed|permitted|permission)|permission|restricted|prohibit|prohibition|access (?:is )?denied|only accepts?|members? only|not (?:a )?member|subscribers? only|closed list|moderat|authrequired|notauthorized|restriction|does not allow|disallow|forbidden|autorisation|berechtigung|permiso|authentication (?:is )?required|may not have permission|cannot route mail to user",
    ),
  ],
  [
    "filtered",
    anyOf(
      "filter|refused by (?:the )?recipient|recipient refused|(?:mailbox|recipient|user|address) (?:refuse[sd]?|rejects?|declin|blocks?|does(?:n't| not) (?:want|accept))|not accepting|does not like|mailbox restricted|rule|受信拒否|受信を拒否|着信拒否",
    ),
  ],
  [
    "policy",
    anyOf(
      "polic(?:y|ies)|violat|administrative(?:ly)?|admin|refused|\\brejected\\b|denied|security|not accepted|unacceptable|guidelines",
    ),
  ],
  [
    "server_error",
    anyOf(
      "system(?: storage| configuration)? (?:error|failure|problem|full|storage)|internal (?:server |software )?error|insufficient (?:system|disk|storage|space)|disk (?:full|space)|no space left|local error|configuration (?:error|problem)|service (?:is )?(?:unavailable|not available|currently)|server (?:error|configuration|failure)|unexpected|resources|cannot (?:create|open|write|append)|can't create|i\\/o error|ldap|protocol error|bad sequence|syntax error|command (?:not|unrecogni)|unable to (?:process|deliver|accept)|processing error|mail system|sm error|unsupported|not implemented|technical",
    ),
  ],
  [
    "expired",
    anyOf(
      "expired|too long|queue|given up|giving up|retry (?:time|limit|timeout)|not be delivered (?:for|within|in)|could not send message for|max(?:imum)? (?:time|retr)|time limit|aborted after|undelivered (?:for|after)|deferred|delivery time|delayed|days",
    ),
  ],
];
