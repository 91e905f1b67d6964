import { anyOf } from "./plain-text.ts";

const MONTH_NAMES: readonly string[] = [
  "january jan januar jänner janvier janv enero ene gennaio gen janeiro januari stycznia styczeń ianuarie ocak января led ledna",
  "february feb februar février fevrier févr febrero febbraio fevereiro fev februari lutego luty şubat февраля února",
  "march mar märz maerz mars marzo março marco maart mrt marca marzec mart марта března martie",
  "april apr avril avr abril abr aprile kwietnia kwiecień nisan апреля dubna aprilie",
  "may mai mayo maggio mag maio mei maj maja mayıs мая května",
  "june jun juni juin junio giugno giu junho czerwca czerwiec haziran июня června iunie",
  "july jul juli juillet juil julio luglio lug julho lipca lipiec temmuz июля července iulie",
  "august aug août aout agosto ago augustus sierpnia sierpień ağustos августа srpna",
  "september sep sept septembre septiembre settembre set setembro września wrzesień eylül сентября září",
  "october oct oktober okt octobre octubre ottobre ott outubro out października październik ekim октября října",
  "november nov novembre noviembre novembro listopada listopad kasım ноября",
  "december dec dezember dez décembre decembre déc diciembre dic dicembre dezembro grudnia grudzień aralık декабря prosince decembrie",
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
  "sunday sonntag dimanche domingo domenica zondag niedziela niedzieli niedzielę 日曜日 星期日 周日",
  "monday montag lundi lunes lunedì segunda-feira segunda maandag poniedziałek poniedziałku poniedziałkiem 月曜日 星期一 周一",
  "tuesday dienstag mardi martes martedì terça-feira terça dinsdag wtorek wtorku 火曜日 星期二 周二",
  "wednesday mittwoch mercredi miércoles mercoledì quarta-feira quarta woensdag środa środę środy 水曜日 星期三 周三",
  "thursday donnerstag jeudi jueves giovedì quinta-feira quinta donderdag czwartek czwartku 木曜日 星期四 周四",
  "friday freitag vendredi viernes venerdì sexta-feira sexta vrijdag piątek piątku 金曜日 星期五 周五",
  "saturday samstag samedi sábado sabato zaterdag sobota sobotę soboty 土曜日 星期六 周六",
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

/** What stands around the day of return; § is the day. */
export const RETURN_CUE = anyOf(
  "(?:back|return\\p{L}*|resume|available(?: again)?|reachable)[^.§]{0,30}§|(?:zurück|erreichbar|wieder|ab|rückkehr)[^.§]{0,24}§|§[^.§]{0,4}(?:wieder|zurück|bin ich)|(?:retour|de nouveau|reviendrai|à partir du|rentre)[^.§]{0,24}§|(?:vuelv\\p{L}*|regres\\p{L}*|volver\\p{L}*|a partir del?|reincorpor\\p{L}*|retorn\\p{L}*)[^.§]{0,24}§|(?:rientr\\p{L}*|torn\\p{L}*|di nuovo|a partire dal?|dal)[^.§]{0,24}§|(?:volt\\p{L}*|regress\\p{L}*|a partir de)[^.§]{0,24}§|(?:terug|vanaf|weer)[^.§]{0,24}§|§[^.§]{0,4}(?:terug|weer)|(?:wrac\\p{L}*|wróc\\p{L}*|powr\\p{L}*|dostępn\\p{L}*|\\bod)[^.§]{0,24}§|§[^。§]{0,6}(?:から|以降|より|に戻|出社|復帰|回来|返回|起|恢复)",
);

/** What stands around the last day away. */
export const UNTIL_CUE = anyOf(
  "(?:until|till|til|through|thru|to|by|-)(?: and including)?(?: the)?(?: end of)?(?: \\p{L}{3,10},?)?[\\s.]{0,2}§|bis(?: zum| einschließlich| einschl\\.?| inkl\\.?| voraussichtlich| einschließlich zum)*[^.§]{0,12}§|jusqu'?(?:au|à)[^.§]{0,14}§|\\bau (?:\\p{L}{3,10} )?§|hasta[^.§]{0,14}§|\\bal (?:\\p{L}{3,10} )?§|(?:fino|sino) a[^.§]{0,14}§|até[^.§]{0,14}§|\\ba §|tot[^.§]{0,16}§|t\\/m[^.§]{0,6}§|do (?:dnia )?(?:\\p{L}{3,14},? )?§|§[^。§]{0,6}(?:まで|至|止|前|까지)|(?:至|到)[^。§]{0,4}§",
);
