import { describe, expect, test } from "vitest";
import { splitReply } from "../../../core/mail/reply-text.ts";

const QUOTE = "> Would a call next week make sense?\n> Anna";

describe("the line above a quote is not the person's words", () => {
  test.each([
    ["English", "On Mon, 3 Mar 2025 at 09:00, Anna <anna@sender.example> wrote:"],
    ["English, folded", "On Mon, 3 Mar 2025 at 09:00, Anna Berg of the Lake <\nanna@sender.example> wrote:"],
    ["French", "Le lun. 3 mars 2025 à 09:00, Anna <anna@sender.example> a écrit :"],
    ["German", "Am Mo., 3. März 2025 um 09:00 Uhr schrieb Anna <anna@sender.example>:"],
    ["Spanish", "El lun, 3 mar 2025 a las 9:00, Anna (<anna@sender.example>) escribió:"],
    ["Italian", "Il giorno lun 3 mar 2025 alle ore 09:00 Anna <anna@sender.example> ha scritto:"],
    ["Portuguese", "Em seg., 3 de mar. de 2025 às 09:00, Anna <anna@sender.example> escreveu:"],
    ["Dutch", "Op ma 3 mrt 2025 om 09:00 schreef Anna <anna@sender.example>:"],
    ["Polish", "pon., 3 mar 2025 o 09:00 Anna <anna@sender.example> napisał(a):"],
    ["Japanese", "2025年3月3日(月) 9:00 Anna <anna@sender.example>:"],
    ["Chinese", "Anna <anna@sender.example> 于2025年3月3日周一 09:00写道："],
    ["a language we don't know", "Pirmd., 2025. g. 3. marts, plkst. 09:00 — lietotājs Anna (<anna@sender.example>):"],
  ])("%s", (_language, attribution) => {
    const { clean, quoted } = splitReply(`Thursday works.\n\n${attribution}\n\n${QUOTE}\n`);
    expect(clean).toBe("Thursday works.");
    expect(quoted).toContain("Would a call");
  });
});

describe("the block that Outlook puts above a quote", () => {
  test.each([
    ["English", "From: Anna\nSent: Monday, 3 March 2025 09:00\nTo: Sam\nSubject: Pallets"],
    ["German", "Von: Anna\nGesendet: Montag, 3. März 2025 09:00\nAn: Sam\nBetreff: Pallets"],
    ["French", "De : Anna\nEnvoyé : lundi 3 mars 2025 09:00\nÀ : Sam\nObjet : Pallets"],
    ["Spanish", "De: Anna\nEnviado: lunes, 3 de marzo de 2025 9:00\nPara: Sam\nAsunto: Pallets"],
    ["Italian", "Da: Anna\nInviato: lunedì 3 marzo 2025 09:00\nA: Sam\nOggetto: Pallets"],
    ["Portuguese", "De: Anna\nEnviado: segunda-feira, 3 de março de 2025 09:00\nPara: Sam\nAssunto: Pallets"],
    ["Dutch", "Van: Anna\nVerzonden: maandag 3 maart 2025 09:00\nAan: Sam\nOnderwerp: Pallets"],
    ["Polish", "Od: Anna\nWysłano: poniedziałek, 3 marca 2025 09:00\nDo: Sam\nTemat: Pallets"],
    ["Japanese", "差出人: Anna\n送信日時: 2025年3月3日 9:00\n宛先: Sam\n件名: Pallets"],
    ["Chinese", "发件人: Anna\n发送时间: 2025年3月3日 9:00\n收件人: Sam\n主题: Pallets"],
    [
      "bold, under a rule",
      "________________________________\n*From:* Anna\n*Sent:* 2025-03-03\n*To:* Sam\n*Subject:* Pallets",
    ],
    ["with a separator", "-----Ursprüngliche Nachricht-----\nVon: Anna\nGesendet: 3. März\nAn: Sam"],
  ])("%s", (_language, block) => {
    expect(splitReply(`Please send pricing.\n\n${block}\n\nHi Sam,\n\nshall we talk?`).clean).toBe(
      "Please send pricing.",
    );
  });
});

describe("in doubt a word stays", () => {
  test.each([
    [
      "an answer between the quotes",
      `${QUOTE}\n\nYes, on Monday.\n\n> Where?\n\nIn Oslo.`,
      "Yes, on Monday.\n\n\nIn Oslo.",
    ],
    [
      "an answer under the quote",
      `On 3 Mar 2025, Anna <a@b.example> wrote:\n${QUOTE}\n\nYes, on Monday.`,
      "Yes, on Monday.",
    ],
    ["a sentence that sounds like an attribution", "On Monday I wrote\nto your colleague.\nHe has the numbers.", null],
    ["a list of fields that is no header", "From: Oslo\nWe would fly to Rome.\nWhat do you charge?", null],
    ["a list with dashes", "We need:\n-- a price\n-- a date\n\nThanks!", null],
    ["a greeting with a name", "See you on Friday.\n\nBest,\nSam", null],
    [
      "a sentence about sending",
      "The crate was sent from our warehouse yesterday, and it has not come.\nWhere is it?",
      null,
    ],
    [
      "a forward with nothing above it",
      "-----Original Message-----\nFrom: A\nSent: B\nTo: C\nSubject: D\n\nhello",
      null,
    ],
  ])("%s", (_name, text, expected) => {
    expect(splitReply(text).clean).toBe(expected ?? text);
  });
});

describe("a signature is kept apart", () => {
  test.each([
    ["the two dashes", "Fine.\n\n-- \nSam Doyle\nHarrow Freight", "-- \nSam Doyle\nHarrow Freight"],
    ["an iPhone", "Fine.\n\nSent from my iPhone", "Sent from my iPhone"],
    ["a French phone", "Fine.\n\nEnvoyé de mon iPhone", "Envoyé de mon iPhone"],
    ["a Japanese phone", "Fine.\n\niPhoneから送信", "iPhoneから送信"],
    ["Outlook for iOS", "Fine.\n\nGet Outlook for iOS<https://aka.ms/x>", "Get Outlook for iOS<https://aka.ms/x>"],
    ["a drawn line", "Fine.\n\n_____\nSam Doyle\n+44 20 0000 0000", "_____\nSam Doyle\n+44 20 0000 0000"],
  ])("%s", (_name, text, signature) => {
    expect(splitReply(text)).toEqual({ clean: "Fine.", quoted: "", signature: signature.trim() });
  });

  test("a mail without one has none", () => {
    expect(splitReply("Fine.\n\nBest,\nSam").signature).toBeNull();
  });
});

test("an answer that shares its line with the attribution is not lost", () => {
  expect(splitReply(`Yes please On Wed, Apr 4, 2012 at 3:59 PM, ann@lead.example wrote:\n${QUOTE}`).clean).toBe(
    "Yes please",
  );
});

test("no text takes long, whatever someone writes", () => {
  const units = [
    "\n",
    " ",
    ">",
    "> \n\n",
    "On \n",
    "On 1/1/2024, a <a@b.c> wrote:\n",
    "wrote:",
    "-----",
    "-- \n",
    "From:\n",
    "<a@b",
    "Sent from my ",
    "\r",
  ];
  for (const unit of units) {
    const started = performance.now();
    splitReply(`Hello\n${unit.repeat(Math.ceil(400_000 / unit.length))}`);
    // About 100 ms here; a scanner that is not linear takes minutes for this.
    expect(performance.now() - started).toBeLessThan(2_000);
  }
});
