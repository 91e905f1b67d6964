import { describe, expect, test } from "vitest";
import { splitReply } from "../../../../core/mail/reply-text.ts";

const ORIGINAL = "Would a call next week do?\n\nAnna";
const QUOTE = ORIGINAL.replaceAll(/^/gm, "> ");
const ANSWER = "Thursday works.";

/** As the clients write it, in their languages. */
const ATTRIBUTIONS: readonly (readonly [client: string, line: string])[] = [
  ["Gmail, English", "On Mon, 3 Mar 2025 at 09:00, Anna Berg <anna@sender.example> wrote:"],
  ["Gmail, French", "Le lun. 3 mars 2025 à 09:00, Anna Berg <anna@sender.example> a écrit :"],
  ["Gmail, German", "Am Mo., 3. März 2025 um 09:00 Uhr schrieb Anna Berg <anna@sender.example>:"],
  ["Gmail, Spanish", "El lun, 3 mar 2025 a las 9:00, Anna Berg (<anna@sender.example>) escribió:"],
  ["Gmail, Italian", "Il giorno lun 3 mar 2025 alle ore 09:00 Anna Berg <anna@sender.example> ha scritto:"],
  ["Gmail, Portuguese", "Em seg., 3 de mar. de 2025 às 09:00, Anna Berg <anna@sender.example> escreveu:"],
  ["Gmail, Dutch", "Op ma 3 mrt 2025 om 09:00 schreef Anna Berg <anna@sender.example>:"],
  ["Gmail, Polish", "pon., 3 mar 2025 o 09:00 Anna Berg <anna@sender.example> napisał(a):"],
  ["Gmail, Japanese", "2025年3月3日(月) 9:00 Anna Berg <anna@sender.example>:"],
  ["Gmail, Chinese", "Anna Berg <anna@sender.example> 于2025年3月3日周一 09:00写道："],
  ["Gmail, Korean", "2025년 3월 3일 (월) 오전 9:00, Anna Berg <anna@sender.example>님이 작성:"],
  ["Gmail, Russian", "пн, 3 мар. 2025 г. в 09:00, Anna Berg <anna@sender.example>:"],
  ["Gmail, Turkish", "Anna Berg <anna@sender.example>, 3 Mar 2025 Pzt, 09:00 tarihinde şunu yazdı:"],
  ["Gmail, Czech", "po 3. 3. 2025 v 9:00 odesílatel Anna Berg <anna@sender.example> napsal:"],
  ["Gmail, Swedish", "Den mån 3 mars 2025 kl 09:00 skrev Anna Berg <anna@sender.example>:"],
  ["Gmail, Finnish", "ma 3. maalisk. 2025 klo 9.00 Anna Berg (anna@sender.example) kirjoitti:"],
  ["Gmail, Vietnamese", "Vào Th 2, 3 thg 3, 2025 vào lúc 09:00 Anna Berg <anna@sender.example> đã viết:"],
  ["Gmail, Hungarian", "Anna Berg <anna@sender.example> ezt írta (időpont: 2025. márc. 3., H, 9:00):"],
  [
    "Gmail, Hebrew",
    "\u202bבתאריך יום ב׳, 3 במרץ 2025 ב-9:00 מאת \u202aAnna Berg\u202c\u200f <\u202aanna@sender.example\u202c\u200f>:\u202c",
  ],
  ["Apple Mail, English", "On Mar 3, 2025, at 9:00 AM, Anna Berg wrote:"],
  ["Apple Mail, French", "Le 3 mars 2025 à 09:00, Anna Berg <anna@sender.example> a écrit :"],
  ["Apple Mail, Dutch", "Op 3 mrt. 2025, om 09:00 heeft Anna Berg <anna@sender.example> het volgende geschreven:"],
  ["Apple Mail, Polish", "Wiadomość napisana przez Anna Berg <anna@sender.example> w dniu 3 mar 2025, o godz. 09:00:"],
  ["Apple Mail, Japanese", "2025/03/03 9:00、Anna Berg <anna@sender.example>のメール:"],
  ["Apple Mail, Norwegian", "Den 3. mar. 2025 kl. 09.00 skrev Anna Berg:"],
  ["Thunderbird, English", "On 3/3/2025 9:00 AM, Anna Berg wrote:"],
  ["Thunderbird, German", "Am 03.03.2025 um 09:00 schrieb Anna Berg:"],
  ["Thunderbird, Dutch", "Op 03-03-2025 om 09:00 schreef Anna Berg:"],
  ["Thunderbird, Polish", "W dniu 03.03.2025 o 09:00, Anna Berg pisze:"],
  ["Thunderbird, Russian", "03.03.2025 09:00, Anna Berg пишет:"],
  ["Yahoo, English", "On Monday, March 3, 2025 at 09:00:00 AM GMT+1, Anna Berg <anna@sender.example> wrote:"],
  ["Yahoo, German", "Am Montag, 3. März 2025, 09:00:00 MEZ hat Anna Berg <anna@sender.example> Folgendes geschrieben:"],
  ["Yahoo of old", "--- On Mon, 3/3/25, Anna Berg <anna@sender.example> wrote:"],
  ["Proton", "On Monday, March 3rd, 2025 at 9:00 AM, Anna Berg <anna@sender.example> wrote:"],
  ["Zoho", "---- On Mon, 03 Mar 2025 09:00:00 +0100 Anna Berg <anna@sender.example> wrote ----"],
  ["NetEase", '在 2025-03-03 09:00:00，"Anna Berg" <anna@sender.example> 写道：'],
  ["Yandex", '03.03.2025, 09:00, "Anna Berg" <anna@sender.example>:'],
  ["mail.ru", "Понедельник, 3 марта 2025, 9:00 +03:00 от Anna Berg <anna@sender.example>:"],
  ["Notes", "-----Anna Berg <anna@sender.example> wrote: -----"],
  ["K-9", "On March 3, 2025 9:00:00 AM CET, Anna Berg <anna@sender.example> wrote:"],
  ["Evolution", "On Mon, 2025-03-03 at 09:00 +0100, Anna Berg wrote:"],
  ["Eudora", "At 09:00 AM 3/3/2025 -0500, Anna Berg wrote:"],
  ["Horde", "Zitat von Anna Berg <anna@sender.example>:"],
  ["a name first", "Anna Berg schrieb am 03.03.2025 um 09:00:"],
  ["a language that nobody told us of", "Pirmd., 2025. g. 3. marts, plkst. 09:00 — Anna (<anna@sender.example>):"],
];

describe("an answer above the quote", () => {
  test.each(ATTRIBUTIONS)("%s", (_client, line) => {
    const { clean, quoted } = splitReply(`${ANSWER}\n\n${line}\n\n${QUOTE}\n`);
    expect(clean).toBe(ANSWER);
    expect(quoted).toContain("Would a call");
    expect(quoted).toContain("Anna Berg".slice(0, 4));
  });
});

describe("an answer under the quote", () => {
  test.each(ATTRIBUTIONS)("%s", (_client, line) => {
    expect(splitReply(`${line}\n${QUOTE}\n\n${ANSWER}\n`).clean).toBe(ANSWER);
  });
});

describe("answers between the quotes", () => {
  test.each(ATTRIBUTIONS)("%s", (_client, line) => {
    const { clean } = splitReply(`${line}\n\n> When?\n\nThursday.\n\n> Where?\n\nIn Oslo.\n`);
    expect(clean.split(/\n+/)).toEqual(["Thursday.", "In Oslo."]);
  });
});

describe("an answer above a mail whose lines bear no mark", () => {
  test.each(ATTRIBUTIONS)("%s", (_client, line) => {
    expect(splitReply(`${ANSWER}\n\n${line}\n\nHi Sam,\n\n${ORIGINAL}\n`).clean).toBe(ANSWER);
  });
});

describe("an attribution that was folded on its way", () => {
  test.each(ATTRIBUTIONS.filter(([, line]) => line.lastIndexOf(" ", 76) > 8))("%s", (_client, line) => {
    const fold = line.lastIndexOf(" ", Math.min(76, line.length - 6));
    const folded = `${line.slice(0, fold)}\n${line.slice(fold + 1)}`;
    expect(splitReply(`${ANSWER}\n\n${folded}\n\n${QUOTE}\n`).clean).toBe(ANSWER);
  });

  test.each([
    ["inside the address", "On Mon, 3 Mar 2025 at 09:00, Anna Berg of the Lake <\nanna@sender.example> wrote:"],
    ["so that a bracket opens the line", "On Mon, 3 Mar 2025 at 09:00, Anna Berg <anna@sender.example\n> wrote:"],
    ["into four lines", "On Mar 3, 2025,\nat 09:00,\nAnna Berg\n<anna@sender.example> wrote:"],
    ["into two paragraphs", "On Mon, Mar 3, 2025 at 9:00 AM Anna Berg\n\n<anna@sender.example> wrote:"],
  ])("%s", (_name, folded) => {
    expect(splitReply(`${ANSWER}\n\n${folded}\n\n${QUOTE}\n`).clean).toBe(ANSWER);
  });
});

describe("an answer that shares its line with the attribution is not lost", () => {
  test.each([
    ["English", `${ANSWER} On Wed, Apr 4, 2012 at 3:59 PM, ann@lead.example wrote:`],
    ["after dashes", `${ANSWER}--- On Wed, Apr 4, 2012 at 3:59 PM, ann@lead.example wrote:`],
    ["French", `${ANSWER} Le mer. 4 avr. 2012 à 15:59, Ann <ann@lead.example> a écrit :`],
  ])("%s", (_language, line) => {
    expect(splitReply(`${line}\n${QUOTE}`).clean).toBe(ANSWER);
  });

  test("nor does the quote that follows on the same line come in", () => {
    const line = "On Wed, Apr 4, 2012 at 3:59 PM, Ann <ann@lead.example> wrote: Hi Sam, would";
    expect(splitReply(`${ANSWER}\n\n${line}\na call do?`).clean).toBe(ANSWER);
  });
});

describe("a sentence that sounds like an attribution stays", () => {
  test.each([
    ["On Monday I wrote\nto your colleague.\nHe has the numbers."],
    ["On this day\n\nI wrote something\n\nof interest."],
    ["On Monday at 10:30 my boss said:\n\nbuy it.\n\nSo we do."],
    ["As agreed on 3/3/2025 at 10:00, the plan:\n- one\n- two"],
    ["I wrote on Monday, 3 March 2025 at 9:00, and you said:\nlet us meet on Friday.\nSo?"],
    ["We meet at:\n10:00 - Anna\n11:00 - Sam\nOk?"],
    ["My address is sam@lead.example, phone:\n+44 20 0000 0000\nBye"],
    ["Wir kennen uns: Am 3. Mai schrieb ich Ihrer Kollegin.\nSie hat die Zahlen."],
    ["Le devis du 3 mars 2025 a été envoyé à 9:00 :\nl'avez-vous reçu ?"],
  ])("%j", (text) => {
    expect(splitReply(text).clean).toBe(text);
  });
});
