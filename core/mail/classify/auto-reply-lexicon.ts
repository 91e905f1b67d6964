import { anyOf, startsWithAnyOf } from "./plain-text.ts";

/** What a subject's first words are followed by when they are a mark and not its topic's beginning. */
const MARK_END = "\\s*(?:[:：\\-(\\[【]|re\\b|$|\\|)";

/**
 * How automatic answers are worded, by what a phrase does; one line a language, in the form of `normalized`. Absences and
 * acknowledgements are formulas: they thank, say who is away and until when, name a delegate, promise an answer. These
 * are the marks that only machines put before a subject.
 */
export const AUTO_PREFIX = startsWithAnyOf(
  `(?:${[
    "auto(?:matic|mated)?[- ]?(?:reply|response|responder|answer|e-?mail reply)|out[- ]of[- ](?:the )?office (?:auto-?reply|reply|response|message|notification|notice)|(?:on )?vacation (?:reply|notice|message|response|notification)|auto(?:matic)? (?:acknowledge?ment|confirmation|notification)|away (?:message|notice)|absence (?:notice|message)",
    "automatische (?:antwort|rückantwort|beantwortung|empfangsbestätigung|e-?mail)|autoantwort|abwesenheits(?:notiz|nachricht|meldung|agent|info|assistent|benachrichtigung)|eingangsbestätigung|urlaubsnotiz",
    "r[ée]ponse automatique(?: d'absence)?|message (?:d'absence|automatique)|accus[ée] de r[ée]ception",
    "(?:re)?respuesta autom[áa]tica|contestaci[óo]n autom[áa]tica|mensaje autom[áa]tico|autorespuesta|acuse de recibo",
    "risposta automatica|risponditore automatico|messaggio automatico|conferma di ricezione",
    "resposta autom[áa]tica|mensagem autom[áa]tica|confirma[çc][ãa]o de recebimento",
    "automatisch (?:antwoord|bericht)|automatische (?:beantwoording|reactie)|afwezigheids(?:bericht|melding)|ontvangstbevestiging",
    "odpowied[źz] automatyczna|automatyczna odpowied[źz]|autoodpowied[źz]|autoresponder|potwierdzenie otrzymania",
    "自動(?:応答|返信)(?:メール)?|(?:【|\\[)自動(?:応答|返信|配信)[^】\\]]{0,10}(?:】|\\])|不在通知|受付(?:完了)?(?:のお知らせ|メール)|自动(?:回复|答复|回覆)|自動(?:回覆|答覆)|休假通知",
    "autosvar|automatis(?:k|kt) svar|fr[åa]nvaromeddelande|frav[æa]rsbesked|automaattinen vastaus|poissaoloilmoitus|automatick[áaé] odpov[ěe]ď|automatick[áaé] odpoveď|automatická odpověď|automatikus válasz|automatikus (?:üzenet|visszaigazolás)",
    "răspuns automat|raspuns automat|автоответ(?:чик)?|автоматический ответ|автовідповідь|автоматична відповідь|자동 ?(?:회신|응답|답장)|부재(?:중)? ?알림|otomatik (?:yanıt|cevap)",
    "מענה אוטומטי|תשובה אוטומטית|رد تلقائي|الرد التلقائي|αυτόματη απάντηση|samodejni odgovor|automatski odgovor|automātisk[āa] atbilde|automatinis atsakymas|automaatvastus|automaatne vastus|resposta automàtica|erantzun automatikoa|trả lời tự động|(?:balasan|jawapan) (?:otomatis|automatik)|ตอบกลับอัตโนมัติ|автоматичен отговор|автоматски одговор|sjálfvirkt svar",
  ].join("|")})${MARK_END}`,
);

/** Marks that are a topic as well: "Vacation: rentals in May". They count together with what the text says. */
export const AWAY_PREFIX = startsWithAnyOf(
  `(?:${[
    "auto|out[- ]of[- ](?:the )?office|ooo|(?:on )?vacation|away(?: until)?|gone until|away from (?:my|the) (?:mail|office|desk)|i(?:'m| am) (?:out of (?:the )?office|away|on (?:vacation|holiday|leave))",
    "abwesenheit|abwesend|urlaub|urlaubsvertretung|nicht im (?:büro|haus)|absence(?: du bureau)?|absent(?:e)?(?: du bureau)?|en cong[ée]s?|fuera de (?:la )?oficina|ausencia|ausente|de vacaciones",
    "fuori (?:ufficio|sede)|assent[ei]|assenza|in ferie|fora do escrit[óo]rio|aus[êe]ncia(?: tempor[áa]ria)?|de f[ée]rias|afwezig(?:heid)?|niet (?:aanwezig|op kantoor)|op vakantie|poza biurem|nieobecno[śs][ćc]|jestem na urlopie",
    "不在(?:の(?:お知らせ|連絡|ため))?|休暇(?:の)?(?:お知らせ|中)|外出|不在办公室|休假(?:中)?|fr[åa]nvaro|frånvarande|frav[æa]r|fraværende|poissa(?:olo)?|mimo kancelář|nepřítomnost|házon kívül|în concediu|вне офиса|отпуск|відсутн|부재(?:중)?|ofis dışında(?:yım)?",
    "מחוץ למשרד|خارج المكتب|εκτός γραφείου|odsutnost|prombūtn|atvaļinājum[sāa]",
  ].join("|")})${MARK_END}`,
);

/** Subjects that say it in a sentence. */
export const ABSENCE_SUBJECT = startsWithAnyOf(
  "(?:i am |i'm |ich bin |je suis |estoy |sono |estou |ik ben |jestem )?(?:currently )?(?:out of (?:the )?office|on (?:annual |parental |maternity |sick )?leave|on vacation|on holiday|away from (?:the |my )?(?:office|desk|e-?mail)|away until|im urlaub|nicht im büro|außer haus|en congés?|absente? |de vacaciones|fuera de|in ferie|fuori|de férias|op vakantie|niet op kantoor|na urlopie|poza)|休暇|不在|休假|出差|出張",
);

/** Subjects of acknowledgements: of tickets, requests and orders. */
export const ACKNOWLEDGEMENT_SUBJECT = startsWithAnyOf(
  "(?:we(?:'ve| have)? received|thank(?:s| you) for (?:contacting|your (?:e-?mail|message|inquiry|enquiry|request|interest))|your (?:request|ticket|case|inquiry|enquiry|message|e-?mail|support request)[^:]{0,30}(?:received|created|opened|acknowledg)|(?:ticket|case|request)[^:]{0,30}(?:received|created|opened|acknowledg)|(?:request|message|e-?mail) (?:received|receipt)|acknowledg|confirmation of receipt|\\[?(?:ticket|case|request)[ #:-]{1,3}\\w*\\d)",
  "ihre (?:anfrage|nachricht|e-?mail)[^:]{0,30}(?:eingegangen|erhalten)|vielen dank für ihre (?:anfrage|nachricht)|nous avons bien reçu|votre (?:demande|message)[^:]{0,30}(?:reçu|enregistr|pris)|hemos recibido|su (?:solicitud|consulta|mensaje)[^:]{0,20}recibid|abbiamo ricevuto|la sua richiesta|recebemos|seu (?:pedido|chamado|e-?mail)|wij hebben uw|uw (?:bericht|vraag|aanvraag)[^:]{0,20}ontvangen|otrzymaliśmy|zgłoszenie|お問い合わせ(?:ありがとう|を受け付け|受付)|已收到|我们已收到",
);

/** A text that says of itself that it is automatic, or that nobody reads its mailbox. */
export const SAYS_AUTOMATIC = anyOf(
  "this is an auto|auto(?:matic|mated|-|)[- ]?(?:reply|response|responder|acknowledg\\w{3,8})|(?:an|this) auto(?:mated|-?generated|matically[- ]generated) (?:message|e-?mail|notification)|(?:please )?do(?: not|n't) (?:reply|respond) (?:directly )?to this|generated automatically|automatically (?:generated|created|produced)|(?:sent|created) automatically by|this (?:mailbox|inbox|e-?mail address|address|account) is (?:not|no longer|un)[ -]?(?:being )?(?:monitored|checked|read|attended|in use|active)|unmonitored",
  "automatisch (?:generiert|erstellt|versendet|erzeugt|versandt)|(?:automatische|automatisierte) (?:antwort|nachricht|e-?mail|mail|empfangs|eingangs)|antworten sie (?:bitte )?nicht auf diese|antworten sie (?:bitte )?nicht darauf|(?:réponse|message|courriel|e-?mail|accusé)[^.]{0,20} automatique|ne pas répondre|généré automatiquement|respuesta automática|mensaje (?:generado )?autom[áa]tic|no responda a este|generado automáticamente|risposta automatica|messaggio automatico|generat[oa] automaticamente|non rispondere a questa|resposta automática|mensagem automática|gerad[oa] automaticamente|não responda",
  "automatisch (?:gegenereerd|antwoord|bericht|verzonden)|automatische? (?:antwoord|reactie|bericht|ontvangstbevestiging)|(?:wiadomość|odpowiedź|mail)[^.]{0,30}automatyczn|(?:wygenerowan|wysłan)\\p{L}{1,3} automatycznie|automatycznie (?:wygenerowan|wysłan)|(?:自動|システム)(?:的に)?(?:返信|応答|送信|配信|発行|生成)|自动(?:回复|发送|回覆|生成|应答)|系统自动|自動(?:回覆|發送)|автоматическ(?:ий ответ|ое (?:письмо|сообщение|уведомление)|и (?:сформир|созда|отправ|сгенер))|autosvar|automatiskt? (?:svar|genererat|meddelande)|automaattinen (?:vastaus|viesti|ilmoitus)|automatick\\p{L}{1,3} (?:odpov|zpráv|e-?mail)|automaticky (?:gener|vygener|odesl)|automatikus (?:válasz|üzenet|e-?mail|értesít)|automatikusan (?:küld|generál)|otomatik (?:yanıt|cevap|mesaj|ileti|e-?posta|olarak (?:gönder|oluştur))|자동 ?(?:회신|응답|답장|발송|으로 (?:발송|전송|생성))",
);

/** Thanks for our mail. */
export const THANKS = anyOf(
  "thank(?:s| you)[^.!]{0,30}(?:e-?mail|message|contacting|reaching out|getting in touch|writing|inquiry|enquiry|note|mail|interest|request)|(?:vielen |herzlichen |besten )?dank für (?:ihre|deine|die|ihr|das) |danke für (?:ihre|deine|die)|merci (?:pour|de) (?:votre|ton|m'avoir|nous avoir)|(?:je vous remercie|nous vous remercions) (?:de|pour)|(?:muchas )?gracias por (?:su|tu|el|contact|escrib|comunic|ponerse)|grazie (?:per|di) (?:l[a']|il|aver|averci|il tuo|il suo|la sua|la tua)|(?:muito )?obrigad[oa] (?:pelo|pela|por)|agrade(?:ço|cemos) (?:o |a |seu|sua)|(?:hartelijk )?(?:bedankt|dank) voor (?:uw|je|jouw|het|de)|dziękuj(?:ę|emy) za (?:wiadomość|mail|e-mail|kontakt|maila|przesłan|zgłosz)|(?:メール|お問い合わせ|ご連絡)[^。]{0,20}ありがとう|感谢(?:您的|您)?(?:来信|邮件|来函|联系|来件)|谢谢(?:您的)?(?:来信|邮件|来件)|您好[，,!！]?(?:您的)?(?:来信|邮件)|您的?(?:邮件|来信)(?:我)?(?:已|已经)收到|tack för (?:ditt|din)|tak for din|takk for|kiitos (?:viestistäsi|sähköpostistasi|yhteydenotosta)|děkuj(?:i|eme) za|köszön(?:öm|jük)|mulțumesc|multumesc|спасибо за|благодар|дякую|감사|תודה|شكرا|teşekkür|ευχαριστ",
);

/** Who is away: on leave, on holiday, on the road, out sick, closed. */
export const ABSENCE = anyOf(
  "out of (?:the |my )?office|\\booo\\b|away from (?:my|the) (?:office|desk|e-?mail)|on (?:annual|parental|maternity|paternity|sick|medical|family|extended|bereavement|study|compassionate)? ?leave\\b|on (?:my |a |our )?(?:vacation|holiday|holidays|pto|sabbatical|business trip)|(?:office|offices|we) (?:is|are|will be) closed|i(?:'m| am| will be|'ll be) (?:currently )?(?:away|travel(?:l)?ing|unavailable|offline|absent|out (?:until|from|on|of|this|today)|out\\b)|not in the office|unable to (?:check|read|access) (?:my )?e-?mail",
  "(?:im|in|auf) (?:urlaub|elternzeit|mutterschutz|dienstreise|geschäftsreise)|nicht im (?:büro|hause?)|nicht am (?:arbeits)?platz|außer haus|abwesend|nicht (?:persönlich )?(?:erreichbar|zu erreichen)|(?:büro|betriebsferien|betriebsurlaub)[^.]{0,20}geschlossen|betriebsferien",
  "absent(?:e)? (?:du|jusqu|et|ce|pour|actuellement|de)|(?:suis|serai) (?:actuellement )?(?:absent|en congé|en déplacement|indisponible)|en (?:congés?|vacances|déplacement|formation|arrêt|rtt)|hors du bureau|fermé",
  "fuera de (?:la |mi )?oficina|de (?:vacaciones|viaje|baja|permiso)|(?:estoy|estar[ée]|me encuentro) (?:ausente|fuera|de )|fuori (?:ufficio|sede)|in (?:ferie|trasferta|congedo|maternità)|(?:sono|sarò) (?:assente|fuori|in )|uffici[^.]{0,20}chius|fora do escritório|de (?:férias|licença|baixa)|em (?:férias|viagem|licença)|(?:estou|estarei) (?:ausente|fora|de )",
  "niet (?:op|in|aanwezig op) (?:het )?kantoor|op (?:vakantie|zakenreis|reis)|afwezig|met (?:verlof|vakantie|zwangerschapsverlof)|niet (?:bereikbaar|aanwezig|beschikbaar)|poza (?:biurem|firmą)|na (?:urlopie|zwolnieniu|delegacji|wakacjach)|w delegacji|nieobecn|niedostępn",
  "不在|休暇|休業|出張中|外出中|お休み|休みを|夏季休業|年末年始|育休|産休|外出|休假|不在办公室|出差|年假|放假|请假|度假|무단|부재|휴가|출장|semester|föräldraledig|frånvarande|inte på kontoret|på ferie|bortrest|fravær|ikke på kontoret|på kontoret igen|lomalla|poissa|dovolen|mimo kancelář|nepřítom|szabadság|nem vagyok|házon kívül|concediu|отпуск|командировк|вне офиса|отсутств|відпуст|відрядж|atvaļinājum|prombūtn|atostog|puhkus|izin(?:de|deyim|li)|ofis dışı|tatil|בחופשה|חופשה|מחוץ למשרד|إجازة|خارج المكتب|άδεια|εκτός γραφείου|godišnj|odsutan|na dopust",
);

/**
 * Who has left for good, and addresses that are given up. Who has "left the office" or "no longer works on Fridays" comes
 * back, and a mailbox that nobody reads meanwhile is read again.
 */
export const LEFT = anyOf(
  "no longer (?:with|employed|part of|an employee|here|at (?!(?:my|the|his|her) (?:desk|office|computer))|in (?:this|the) (?:role|position)|work(?:s|ing)? (?:at|for|with|here|in (?:this|the) (?:company|role|position|team|department))|work(?:s|ing)?[.,;!])|(?:has|have|'ve) left(?! (?:the |my |our |for )?(?:office|desk|building|country|house|home|town|early|it|you|this|that|my|for|on|a|an|some|work|today|already on)\\b)|left the (?:company|organi[sz]ation|firm|business|team|university|school)|(?:has |have |am |is )(?:now )?retired|(?:i|he|she|they)(?:'ve| has| have)? moved on (?:from|to)|(?:address|mailbox|account|e-?mail) (?:is |will be )?no longer (?:being )?(?:in use|active|used|valid|monitored|checked|read)|last (?:working )?day (?:at|with|was)|not (?:employed|working) (?:at|with|by|here) ",
  "nicht mehr (?:bei|im unternehmen|für (?!sie)|in (?:unserem|der|unserer)|tätig|beschäftigt|mitarbeiter)|(?:das|unser) (?:unternehmen|haus|firma) verlassen|ausgeschieden|im ruhestand|a quitté (?!le bureau)|ai quitté (?!le bureau)|ne (?:fait|fais) plus partie|ne travaille plus (?:à|chez|au|dans|pour|ici)|ne suis plus (?:en poste|chez|salarié|employé|dans (?:l'entreprise|la société|l'équipe))|plus (?:en poste|salarié)|n'est plus (?:en poste|dans (?:l'entreprise|la société|nos)|chez|salarié|active|utilisée)|ya no (?:trabaj|forma|labor|pertenec|est[áa] (?:en|con) (?:la empresa|nosotros|nuestr))|ha(?:ya)? dejado (?:la|nuestra)|dej[óo] (?:la|de trabajar)|se ha jubilado|non (?:lavor[ao]|fa|faccio|è) più (?!in ufficio)|ha lasciato|ho lasciato|in pensione",
  "(?:não|já não) (?:trabalh[ao]|faz|faço|está|integra)[^.]{0,12}(?:mais|parte|empresa)|já não (?:trabalh|faz)|deixou (?:a empresa|de trabalhar|a companhia)|desligad[oa]|niet (?:meer|langer) (?:werkzaam|in dienst|actief|werk)|werkt niet (?:meer|langer)|uit dienst|met pensioen|(?:nie pracuj(?:e|ę)|już nie pracuj|zakończył(?:a)? (?:pracę|współpracę))|przestał(?:a)? pracować|nie jest już (?:pracownik|zatrudnion)|退職(?:し|いた|しました)|退社(?:し|いた)|離職|异动|离职|已离开|不再(?:任职|担任|负责)|不再在|已退休|больше не работа|не работает|уволи|slutat|arbetar inte längre|ikke længere ansat|jobber ikke lenger",
);

/** Until when, or back on which day. */
export const RETURN = anyOf(
  "(?:will be |be |am |i'm |'ll be |i )?(?:back|return(?:ing)?|resume)(?: to (?:the |my )?(?:office|work|desk))?(?: in the office| at work| online| at my desk)? (?:on|by|until|after|from|in|at|monday|tuesday|wednesday|thursday|friday|\\d|the|next|tomorrow)|(?:until|till|through|thru) (?:the )?(?:\\d|mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|next|further)|(?:ab|am) (?:dem |kommenden |nächsten )?(?:montag|dienstag|mittwoch|donnerstag|freitag|\\d)|bis (?:zum |einschließlich |einschl\\. |inkl\\. |voraussichtlich )*(?:\\d|montag|dienstag|mittwoch|donnerstag|freitag|mitte|ende|anfang)|wieder (?:erreichbar|im büro|da|für sie|zurück|im haus|persönlich)|zurück",
  "jusqu'?(?:au|à)|de retour|(?:à partir du|au retour)|mon retour|hasta (?:el|al)|(?:vuelvo|regres|volver|reincorpor|retorno)|(?:fino|sino) al|al mio rientro|rientr|torner|até|(?:retorn|regress|volto|voltarei)|tot (?:en met|\\d|ma|di|wo|do|vr)|t\\/m|ben ik weer|weer (?:bereikbaar|aanwezig|terug|op)|terug|(?:wracam|wrócę|powrot|powrócę|do dnia|do \\d|będę (?:dostępn|z powrotem|ponownie))|まで|以降|から(?:出社|復帰)|に戻|返回|回来|返岗|至\\d|到\\d|恢复|까지|tillbaka|till(?:s)? (?:och med)?|tilbake|tilbage|takaisin|zpět|vissza|вернусь|до \\d|с \\d|līdz|עד|חוזר|أعود|până|geri dön|dönece|επιστρ",
);

/** Mail is not read, or not passed on, meanwhile. */
export const NO_ACCESS = anyOf(
  "(?:limited|no|intermittent|without|restricted|sporadic|little|reduced|not have|patchy) (?:or no |regular )?(?:access|connectivity)|(?:not|un|won't|cannot|can't)(?: be)? ?(?:able to )?(?:be )?(?:check|read|reply|respond|monitor|answer|access)(?:ing|ed)? |(?:checking|reading|monitoring)[^.]{0,20} (?:infrequently|sporadically|occasionally|periodically)|(?:not|isn't|won't) (?:be )?(?:being )?forwarded|delay(?:ed|s)? in (?:my )?respon",
  "kein(?:en)? (?:regelmäßigen )?zugriff|nur (?:eingeschränkt|sporadisch|begrenzt|unregelmäßig|selten)|nicht (?:automatisch )?(?:weitergeleitet|gelesen|bearbeitet|beantworte)|(?:pas|aucun|limité|peu)[^.]{0,20} accès|accès (?:limité|restreint|réduit|irrégulier)|(?:ne|sans)[^.]{0,20}(?:consulter|lire|transféré)|(?:sin|no tendré|limitado|poco) acceso|acceso limitado|(?:non|senza)[^.]{0,12}accesso|accesso (?:limitato|ridotto)|sem acesso|acesso (?:limitado|restrito)|(?:geen|beperkt(?:e)?)[^.]{0,20} toegang|(?:niet|wordt)[^.]{0,20}doorgestuurd|(?:brak|ograniczony|bez) dostęp|確認できません|返信(?:が|は)(?:遅れ|でき)|対応(?:が|は)?(?:できません|遅れ)|お返事|无法(?:及时)?(?:查看|回复|处理)|不能及时|이메일을 확인",
);

/** Whom to ask instead. */
export const DELEGATE = anyOf(
  "(?:urgent|urgently|emergency|immediate|assistance|in my absence|meantime|meanwhile)[^.]{0,80}(?:contact|call|reach|e-?mail|phone|text|ask|get in touch)|(?:please|kindly|you (?:can|may)) (?:contact|reach out to|reach|call|e-?mail|direct|refer|forward|speak|address|send)|(?:for|if) (?:anything |it is |it's |this is |any )?urgent|(?:contact|e-?mail|reach) (?:my colleague|my assistant|our|the)",
  "(?:in|bei) dringenden|dringende|wenden sie sich|kontaktieren sie|(?:meine|mein|meinem|meiner|unser) (?:kolleg|vertret|team)|vertretung|vertritt mich|en cas d'urgence|pour (?:toute|les) (?:urgence|demande|question)|(?:vous pouvez|veuillez|merci de|n'hésitez pas à) (?:contacter|joindre|vous adresser|vous rapprocher)|(?:en caso de|para (?:asuntos|temas|cualquier)|si es|cuestiones) (?:urg|que)?|póngase en contacto|puede (?:contactar|dirigirse|escribir)|contact(?:e|ar) con|per (?:urgenze|questioni|qualsiasi|comunicazioni|necessità)|in caso di (?:urgenza|necessità)|(?:potete|può|puoi|prego|si prega di) (?:contattare|rivolger|scrivere)|rivolgersi|contattare",
  "em caso de urg|(?:assuntos|questões) urgentes|(?:por favor,? )?(?:contacte?|contate|contactar|entre em contato|fale) |(?:bij|voor) (?:spoed|dringende|urgente|vragen)|(?:neem|kunt u|kan je|gelieve)[^.]{0,30}contact|contact op(?:nemen|te nemen)?|w (?:pilnych|nagłych|sprawach|razie)|proszę (?:o kontakt|kontaktować|zwracać|pisać)|zastępuje|お急ぎ|緊急|至急|までご連絡|へご連絡|代わりに|紧急|急事|如有(?:急事|需要|问题)|請聯[絡繫]|请(?:联系|致电|拨打|发邮件)|급한|긴급|brådskande|vid akuta|kontakta|haster|kontakt(?:e)? |kiireelli|ota yhteyttä|v naléhav|kontaktujte|sürgős|forduljon|urgențe|срочн|обращ|обратит|acil|דחוף|للأمور|επείγ",
);

/** Our mail has arrived and has a number. */
export const ACKNOWLEDGEMENT = anyOf(
  "(?:we |i )?(?:have |'ve )?(?:successfully |now )?received your|(?:has|have) been (?:successfully )?(?:received|logged|created|registered|assigned|forwarded to)|your (?:ticket|request|case|inquiry|enquiry|message|e-?mail|submission|application)(?: \\S+)? (?:has been|was|is being|number|is important)|(?:ticket|case|reference|request|incident) (?:id|number|no|#|ref)|support (?:request|ticket|team)|(?:one|a member|someone) of (?:our|the) (?:team|staff|representatives|agents|associates)|our (?:support|customer|sales|service) team|is important to us",
  "(?:haben|habe) (?:ihre|deine|wir ihre|wir deine)[^.]{0,40}erhalten|(?:ist|wurde|sind) (?:bei uns )?(?:erfolgreich )?(?:eingegangen|registriert|angelegt)|(?:ticket|vorgangs|fall|bearbeitungs)nummer|wir (?:bearbeiten|kümmern|melden) |avons bien reçu|bien reçu votre|a (?:bien )?été (?:reçu|prise? en compte|enregistr|transmis)|votre (?:demande|message|requête)[^.]{0,30}(?:pris|traité|enregistr)|numéro de (?:ticket|dossier)|hemos recibido|ha sido (?:recibid|registrad)|procesando|número de (?:ticket|caso)|recibimos su|abbiamo ricevuto|è stata (?:ricevuta|presa in carico|registrata)|recebemos (?:a sua|o seu|sua|seu)|foi (?:recebid|registrad)",
  "(?:hebben|heb) (?:uw|je|jouw)[^.]{0,40}ontvangen|(?:is|werd) (?:goed )?(?:ontvangen|geregistreerd)|otrzymaliśmy|zostało (?:zarejestrowan|przyjęt)|受け付け|受付(?:いた|しま|番号|完了)|受領|拝受|承りました|已收到|收到您的|已(?:受理|提交|登记)|工单|접수|mottagit|modtaget|mottatt|vastaanotettu|přijali|obdrželi|megkaptuk|am primit|получили|принят|зарегистрирован|alındı|התקבל",
);

/** A promise to answer later. */
export const SOON = anyOf(
  "(?:as soon as (?:possible|i can|we can|i return|i am|i'm|i get)|within (?:\\d|one|two|three|a few|the next|24|48)|shortly|upon (?:my )?return|when i (?:return|get back|am back|come back)|get back to you|be in touch|at (?:my|the) earliest|after my return|once i return)|schnellstmöglich|so (?:schnell|bald) wie möglich|in kürze|baldmöglichst|nach meiner rückkehr|umgehend|dès (?:que possible|mon retour)|dans les (?:plus brefs|meilleurs) délais|(?:à|après) mon retour|lo antes posible|a la mayor brevedad|cuando vuelva|a mi (?:regreso|vuelta)|en breve|(?:al|il) più presto|appena possibile|al mio rientro|quanto prima|assim que possível|o mais (?:breve|rápido)|logo que|em breve|no meu regresso|zo (?:snel|spoedig) mogelijk|binnen \\d|na terugkomst|bij terugkomst|jak najszybciej|po powrocie|wkrótce|追って|改めて|後日|折り返し|尽快|盡快|第一时间|빠른 시일|så snart|snarest|mahdollisimman|co nejdříve|amint|как можно|в ближайшее|en kısa",
);

/** What only someone who has read our mail writes. One of these, and phrases alone never make it automatic. */
export const ENGAGEMENT = anyOf(
  "\\?|？|؟|\\blet'?s\\b|happy to|contact me|reach (?:me|out (?:to me|again))|follow up|touch base|ping me|interested|sounds (?:good|great|interesting)|works for me|call me|send me|set up|schedul|book a|not for us|remove me|unsubscribe|stop (?:e-?)?mailing|^gerne|ja,? gerne|sehr gerne|interesse|passt mir|schicken sie mir|senden sie mir|melden sie sich|volontiers|intéress|envoyez-moi|recontactez|me interesa|envíame|envíeme|escríb[ae]me|mi interessa|volentieri|tenho interesse|interessa-me|me (?:ligue|escreva)|graag|stuur me|chętnie|proszę o (?:ofertę|termin|przesłanie)|興味|資料を|感兴趣|有兴趣|发给我|your (?:proposal|offer|product|pricing|suggestion|idea|question)|we (?:already|don't|do not)|not (?:a )?(?:good )?(?:fit|priority|right)|try (?:me )?again|forwarded (?:this|your|it) to|i(?:'ve| have) (?:forwarded|passed|shared)",
);
