import { describe, expect, test } from "vitest";
import { splitReply } from "../../../../core/mail/reply-text.ts";

const ANSWER = "Please send pricing.";

describe("the block of headers above the mail before, and all under it, is not the person's", () => {
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
    ["Danish", "Fra: Anna\nSendt: 3. marts 2025 09:00\nTil: Sam\nEmne: Pallets"],
    ["Swedish", "Från: Anna\nSkickat: den 3 mars 2025 09:00\nTill: Sam\nÄmne: Pallets"],
    ["Finnish", "Lähettäjä: Anna\nLähetetty: 3. maaliskuuta 2025 9.00\nVastaanottaja: Sam\nAihe: Pallets"],
    ["Czech", "Od: Anna\nOdesláno: pondělí 3. března 2025 9:00\nKomu: Sam\nPředmět: Pallets"],
    ["Russian", "От: Anna\nОтправлено: 3 марта 2025 г. 9:00\nКому: Sam\nТема: Pallets"],
    ["Korean", "보낸 사람: Anna\n보낸 날짜: 2025년 3월 3일 오전 9:00\n받는 사람: Sam\n제목: Pallets"],
    ["Turkish", "Kimden: Anna\nGönderildi: 3 Mart 2025 09:00\nKime: Sam\nKonu: Pallets"],
    ["Vietnamese", "Từ: Anna\nĐã gửi: 3 tháng 3, 2025 09:00\nTới: Sam\nChủ đề: Pallets"],
    [
      "bold, under a rule",
      "________________________________\n*From:* Anna\n*Sent:* 2025-03-03\n*To:* Sam\n*Subject:* P",
    ],
    ["empty lines in between", "From: Anna\n\nSent: Monday, 3 March 2025\n\nTo: Sam\n\nSubject: Pallets"],
    [
      "folded values",
      "De : Anna [mailto:a@b.example]\nEnvoyé : lundi 3 mars 2025\n09:00\nÀ : Sam; Kim;\nLee\nObjet : P",
    ],
    ["the date first", "Date: Mon, 3 Mar 2025 09:00:00 +0100\nFrom: a@b.example\nSubject: P\nTo: s@c.example"],
    ["the subject first", "Subject: Re: P\nFrom: a@b.example\nDate: Mon, 3 Mar 2025 09:00:00 +0100"],
    ["Notes", "From:        Anna/ACME\nTo:        Sam/HF\nDate:        03/03/2025 09:00\nSubject:        P"],
    ["all in one line", "From: Anna [mailto:a@b.example] Sent: Monday, March 3, 2025 9:00 AM To: Sam Subject: Pallets"],
    [
      "a language that nobody told us of, under a rule",
      "________________________________\nSaatja X: Anna <a@b.example>\nSaadetud: 3. märts 2025 9:00\nAdressaat: Sam",
    ],
  ])("%s", (_language, block) => {
    const { clean, quoted } = splitReply(`${ANSWER}\n\n${block}\n\nHi Sam,\n\nshall we talk?`);
    expect(clean).toBe(ANSWER);
    expect(quoted).toContain("shall we talk?");
  });
});

describe("so is what stands under a separator", () => {
  test.each([
    ["Outlook", "-----Original Message-----\nFrom: Anna\nSent: 3 March"],
    ["Outlook, on one line", "-----Original Message----- From: Anna Sent: Monday"],
    ["Outlook, German", "-----Ursprüngliche Nachricht-----\nVon: Anna\nGesendet: 3. März\nAn: Sam"],
    ["Hotmail", "----Original Message Follows----\nFrom: Anna"],
    ["Samsung", "-------- Original message --------\nFrom: Anna <a@b.example>\nDate: 3/3/25 09:00 (GMT+01:00)"],
    ["Proton", "‐‐‐‐‐‐‐ Original Message ‐‐‐‐‐‐‐\nOn Monday, March 3rd, 2025 at 9:00 AM, Anna <a@b.example> wrote:"],
    ["QQ", '------------------ 原始邮件 ------------------\n发件人: "Anna"'],
    ["Gmail, a forward", "---------- Forwarded message ---------\nFrom: Anna"],
    ["Apple Mail, a forward", "Begin forwarded message:\n\nFrom: Anna <a@b.example>\nSubject: Pallets"],
    ["Apple Mail, a French forward", "Début du message réexpédié :\n\nDe: Anna <a@b.example>\nObjet: Pallets"],
    ["GroupWise", ">>> Anna Berg <a@b.example> 3/3/2025 9:00 AM >>>"],
    ["a help desk", "##- Please type your reply above this line -##\n\nYour request (12) was updated."],
    ["a German help desk", "== Bitte antworten Sie oberhalb dieser Linie ==\n\nIhre Anfrage"],
  ])("%s", (_client, block) => {
    expect(splitReply(`${ANSWER}\n\n${block}\n\nHi Sam,\n\nshall we talk?`).clean).toBe(ANSWER);
  });
});

describe("what only resembles it stays", () => {
  test.each([
    ["From: Oslo\nWe would fly to Rome.\nWhat do you charge?"],
    ["Subject: pallets\nTo be clear: yes.\nFrom now on: Fridays."],
    ["Here is what we need:\n\nDate: Monday\nTime: 9:00\nPlace: Oslo"],
    ["I'll put my reply above this line if you agree.\nOk?"],
    ["-----Original Message-----\nFrom: A\nSent: B\nTo: C\nSubject: D\n\na forward with nothing above it"],
  ])("%j", (text) => {
    expect(splitReply(text).clean).toBe(text);
  });
});
