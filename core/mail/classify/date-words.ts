import { anyOf } from "./plain-text.ts";

const MONTH_NAMES: readonly string[] = [
  "january jan januar jänner janvier janv enero ene gennaio gen janeiro januari stycznia styczeń ianuarie ocak января led ledna leden január januára tammikuuta tammikuun tammikuussa січня ιανουαρίου",
  "february feb februar février fevrier févr febrero febbraio fevereiro fev februari lutego luty şubat февраля února únor február februára helmikuuta helmikuun helmikuussa лютого φεβρουαρίου februarie",
  "march mar märz maerz mars marzo março marco maart mrt marca marzec mart марта března březen martie marts március maaliskuuta maaliskuun maaliskuussa березня μαρτίου",
  "april apr avril avr abril abr aprile kwietnia kwiecień nisan апреля dubna duben aprilie április apríla huhtikuuta huhtikuun huhtikuussa квітня απριλίου",
  "may mai mayo maggio mag maio mei maj maja mayıs мая května květen május mája toukokuuta toukokuun toukokuussa травня μαΐου",
  "june jun juni juin junio giugno giu junho czerwca czerwiec haziran июня června červen iunie június júna kesäkuuta kesäkuun kesäkuussa червня ιουνίου",
  "july jul juli juillet juil julio luglio lug julho lipca lipiec temmuz июля července červenec iulie július júla heinäkuuta heinäkuun heinäkuussa липня ιουλίου",
  "august aug août aout agosto ago augustus sierpnia sierpień ağustos августа srpna srpen augusti augusztus augusta elokuuta elokuun elokuussa серпня αυγούστου",
  "september sep sept septembre septiembre settembre set setembro września wrzesień eylül сентября září septembrie szeptember septembra syyskuuta syyskuun syyskuussa вересня σεπτεμβρίου",
  "october oct oktober okt octobre octubre ottobre ott outubro out października październik ekim октября října říjen octombrie október októbra lokakuuta lokakuun lokakuussa жовтня οκτωβρίου",
  "november nov novembre noviembre novembro listopada listopad kasım ноября listopadu noiembrie novembra marraskuuta marraskuun marraskuussa листопада νοεμβρίου",
  "december dec dezember dez décembre decembre déc diciembre dic dicembre dezembro grudnia grudzień aralık декабря prosince prosinec decembrie desember decembra joulukuuta joulukuun joulukuussa грудня δεκεμβρίου",
];

/** Month names of the languages we read, and their common short forms, to 1 … 12; lower case. */
export const MONTHS: ReadonlyMap<string, number> = new Map(
  MONTH_NAMES.flatMap((names, index) => names.split(" ").map((name): [string, number] => [name, index + 1])),
);

const ANY_MONTH = [...MONTHS.keys()].sort((a, b) => b.length - a.length).join("|");

/** "10 March 2026", "10. März", "1er mars", "10 de marzo de 2026", "10th of March". */
export const DAY_MONTH = new RegExp(
  `(?<![\\d.:/-])(\\d{1,2})(?:st|nd|rd|th|er|\\.|º|°|e|-go|-го)?,? ?(?:de |of |d')?(${ANY_MONTH})(?!\\p{L})\\.?(?:,? ?(?:de |del )?(20\\d\\d)(?!\\d))?`,
  "gu",
);

/** "March 10th, 2026". */
export const MONTH_DAY = new RegExp(
  `(?<!\\p{L})(${ANY_MONTH})\\.? ?(\\d{1,2})(?:st|nd|rd|th)?(?![\\d:.]\\d|\\d)(?:,? ?(20\\d\\d)(?!\\d))?`,
  "gu",
);

const WEEKDAY_NAMES: readonly string[] = [
  "sunday sonntag dimanche domingo domenica zondag niedziela niedzieli niedzielę 日曜日 星期日 周日 söndag søndag sunnuntai sunnuntaina neděle neděli vasárnap воскресенье воскресенья 일요일 pazar",
  "monday montag lundi lunes lunedì segunda-feira segunda maandag poniedziałek poniedziałku poniedziałkiem 月曜日 星期一 周一 måndag mandag maanantai maanantaina pondělí hétfő hétfőn понедельник понедельника 월요일 pazartesi",
  "tuesday dienstag mardi martes martedì terça-feira terça dinsdag wtorek wtorku 火曜日 星期二 周二 tisdag tirsdag tiistai tiistaina úterý kedd kedden вторник вторника 화요일 salı",
  "wednesday mittwoch mercredi miércoles mercoledì quarta-feira quarta woensdag środa środę środy 水曜日 星期三 周三 onsdag keskiviikko keskiviikkona středa středu szerda szerdán среду среды 수요일 çarşamba",
  "thursday donnerstag jeudi jueves giovedì quinta-feira quinta donderdag czwartek czwartku 木曜日 星期四 周四 torsdag torstai torstaina čtvrtek csütörtök csütörtökön четверг четверга 목요일 perşembe",
  "friday freitag vendredi viernes venerdì sexta-feira sexta vrijdag piątek piątku 金曜日 星期五 周五 fredag perjantai perjantaina pátek péntek pénteken пятницу пятницы 금요일 cuma",
  "saturday samstag samedi sábado sabato zaterdag sobota sobotę soboty 土曜日 星期六 周六 lördag lørdag lauantai lauantaina sobotu szombat szombaton субботу субботы 토요일 cumartesi",
];

const WEEKDAY_NUMBERS = new Map(
  WEEKDAY_NAMES.flatMap((names, index) => names.split(" ").map((name): [string, number] => [name, index])),
);

/** Names of the days of the week to 0 (Sunday) … 6. A name with a date right behind it is that date, not the next such day. */
export const WEEKDAYS = {
  byName: WEEKDAY_NUMBERS as ReadonlyMap<string, number>,
  pattern: new RegExp(
    `(?<!\\p{L})(${[...WEEKDAY_NUMBERS.keys()].sort((a, b) => b.length - a.length).join("|")})(?!\\p{L})(?!,? ?(?:the |den |dem |le |el |il |dia |dnia )?(?:\\d{1,2}[^:\\d]|(?:${ANY_MONTH})(?!\\p{L})))`,
    "gu",
  ),
};

const DAYS_AHEAD: ReadonlyMap<string, number> = new Map([
  ..."tomorrow,morgen,demain,mañana,domani,amanhã,jutro,imorgon,i morgon,i morgen,huomenna,zítra,holnap,mâine,завтра,yarın,明日,明天,내일"
    .split(",")
    .map((word): [string, number] => [word, 1]),
  ..."day after tomorrow,übermorgen,après-demain,pasado mañana,dopodomani,depois de amanhã,overmorgen,pojutrze,i övermorgon,i overmorgen,ylihuomenna,послезавтра,明後日,后天,모레"
    .split(",")
    .map((word): [string, number] => [word, 2]),
]);

/** Words for the next days, to how many days ahead. They are mornings and greetings too ("guten Morgen"), so they need a cue. */
export const NEXT_DAYS = {
  ahead: DAYS_AHEAD,
  pattern: new RegExp(
    `(?<!\\p{L})(${[...DAYS_AHEAD.keys()].sort((a, b) => b.length - a.length).join("|")})(?!\\p{L}|-feira)`,
    "gu",
  ),
};

/** What stands around the day of return; § is the day. */
export const RETURN_CUE = anyOf(
  "(?:back|return\\p{L}*|resume|available(?: again)?|reachable)[^.§]{0,30}§|(?:zurück|erreichbar|wieder|rückkehr)[^.§]{0,24}§|§[^.§]{0,4}(?:wieder|zurück|bin ich (?!nicht|im urlaub|abwesend|außer|auf|in|weg|unterwegs))|(?:retour|de nouveau|reviendrai|reviens|rentre)[^.§]{0,24}§|(?:vuelv\\p{L}*|regres\\p{L}*|volver\\p{L}*|reincorpor\\p{L}*|retorn\\p{L}*)[^.§]{0,24}§|(?:rientr\\p{L}*|torn\\p{L}*|di nuovo)[^.§]{0,24}§|(?:volt\\p{L}*|regress\\p{L}*)[^.§]{0,24}§|(?:terug|weer)[^.§]{0,24}§|§[^.§]{0,4}(?:terug|weer)|(?:wrac\\p{L}*|wróc\\p{L}*|powr\\p{L}*|dostępn\\p{L}*)[^.§]{0,24}§|§[^。§]{0,6}(?:に戻|(?:より|から|に)?(?:出社|復帰|出勤)|回来|返回|返岗|恢复)",
  "(?:tilba[kg]e|tillbaka|åter|igen)[^.§]{0,24}§|§[^.§]{0,4}(?:tilba[kg]e|tillbaka|åter|igen)|(?:takaisin|palaan|palaamme|töihin)[^.§]{0,24}§|§[^.§]{0,4}takaisin|(?:вернусь|буду|повернусь)[^.§]{0,24}§|(?:zpět|vrát\\p{L}*|opět)[^.§]{0,24}§|§[^.§]{0,12}(?:vissza|újra)|(?:vissza|újra|revin|înapoi)[^.§]{0,24}§|§[^.§]{0,10}(?:döneceğim|dönüyorum|ofiste)|§ ?(?:에|부터|일부터)[^.§]{0,8}(?:복귀|출근|근무|업무|회신|연락|돌아)",
);

/** "From" a day on: the day of return, or, where a later last day is named, the first day away. */
export const FROM_CUE = anyOf(
  "\\bab[^.§]{0,24}§|à partir d[eu][^.§]{0,24}§|a part(?:ir|ire) d[ae]l?[^.§]{0,24}§|\\bdal[^.§]{0,24}§|vanaf[^.§]{0,24}§|\\bod[^.§]{0,24}§|§[^。§]{0,6}(?:から|以降|より|起|부터)|(?:fra og med|från och med|fr\\.? ?o\\.? ?m\\.?|начиная)[^.§]{0,24}§",
);

/** What stands around the last day away. */
export const UNTIL_CUE = anyOf(
  "(?:until|till|til|through|thru|to|by|-)(?: and including)?(?: the)?(?: end of)?(?: \\p{L}{3,10},?)?[\\s.]{0,2}§|bis(?: zum| einschließlich| einschl\\.?| inkl\\.?| voraussichtlich| einschließlich zum)*[^.§]{0,12}§|jusqu'?(?:au|à)[^.§]{0,14}§|\\bau (?:\\p{L}{3,10} )?§|hasta[^.§]{0,14}§|\\bal (?:\\p{L}{3,10} )?§|(?:fino|sino) a[^.§]{0,14}§|até[^.§]{0,14}§|\\ba §|tot[^.§]{0,16}§|t\\/m[^.§]{0,6}§|do (?:dnia )?(?:\\p{L}{3,14},? )?§|(?:till|til|t\\.?o\\.?m\\.?|inntil)(?: og med| och med)?(?: den)? ?(?:\\p{L}{5,7}(?: den)? )?§|(?:до|по)[^.§]{0,12}§|(?:až )?do §|§[^.§]{0,4}(?:-?ig\\b|saakka|asti)|§[^.§]{0,14}kadar|§[^。§]{0,6}(?:まで|至|止|前|까지)|(?:至|到)[^。§]{0,4}§",
);
