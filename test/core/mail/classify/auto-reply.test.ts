import { describe, expect, test } from "vitest";
import { classifyInbound } from "../../../../core/mail/classify.ts";
import type { InboundMail } from "../../../../core/mail/inbound.ts";
import { inboundMail } from "../../../support/inbound-mail.ts";

const OWN = { ownMessageIdDomains: [], ownAddresses: [] };
/** A Wednesday. */
const AT = Date.UTC(2026, 2, 4, 9);
const judge = (changes: Partial<InboundMail>) => classifyInbound(inboundMail({ date: AT, ...changes }), OWN, 0);
const REPLIED = { "auto-submitted": ["auto-replied"] };

describe("an absence says when it ends and who is there instead", () => {
  test.each([
    [
      "en",
      "I am out of the office until 17 March. In urgent cases please contact Kim Lee at kim@lead.example.",
      "2026-03-17",
      "kim@lead.example",
    ],
    ["en, American", "I'm on vacation and will be back on March 16th, 2026.", "2026-03-16", null],
    [
      "en, from and to",
      "I will be out from March 3 through March 10, returning on Wednesday, March 11.",
      "2026-03-11",
      null,
    ],
    ["en, a day of the week", "I am out of the office and will return on Monday.", "2026-03-09", null],
    ["en, no year and past", "I am on leave until January 5th.", "2027-01-05", null],
    [
      "de",
      "Ich bin bis zum 12.03.2026 im Urlaub. In dringenden Fällen wenden Sie sich an kim@lead.example.",
      "2026-03-12",
      "kim@lead.example",
    ],
    [
      "de, back again",
      "Ich bin im Urlaub vom 02.03. bis 13.03. und ab dem 16.03. wieder erreichbar.",
      "2026-03-16",
      null,
    ],
    ["de, words", "Ich bin abwesend und am 9. März wieder im Büro.", "2026-03-09", null],
    ["fr", "Je suis absente du bureau jusqu'au 20 mars 2026.", "2026-03-20", null],
    ["fr, back again", "Je suis en congés, de retour le lundi 9 mars.", "2026-03-09", null],
    ["es", "Estoy de vacaciones hasta el 15 de marzo de 2026.", "2026-03-15", null],
    ["it", "Sono in ferie fino al 14 marzo. Rientro il 16 marzo.", "2026-03-16", null],
    ["pt", "Estou de férias até 13 de março.", "2026-03-13", null],
    ["nl", "Ik ben met vakantie tot en met 13 maart.", "2026-03-13", null],
    ["pl", "Jestem na urlopie do 13 marca. Wracam 16 marca.", "2026-03-16", null],
    ["ja", "3月10日まで休暇をいただいております。", "2026-03-10", null],
    ["zh", "我正在休假，3月12日返回。", "2026-03-12", null],
    ["ISO", "Out of office until 2026-04-01.", "2026-04-01", null],
    ["no day", "I am out of the office.", null, null],
  ])("%s", (_language, text, returnsOn, successor) => {
    const result = judge({ text, headers: REPLIED });
    expect(result).toMatchObject({ kind: "auto_reply", subtype: "ooo" });
    expect(result.absence?.returnsOn ?? null).toBe(returnsOn);
    expect(result.absence?.successor?.email ?? null).toBe(successor);
  });

  test("the name in front of the address is the successor's", () => {
    const text = "I am away until 17 March. Please contact Kim van Dam (kim@lead.example) instead.";
    expect(judge({ text, headers: REPLIED }).absence?.successor).toEqual({
      name: "Kim van Dam",
      email: "kim@lead.example",
    });
  });

  test("its own address names nobody", () => {
    const text = "I am away until 17 March. Lee, lee@lead.example";
    expect(judge({ text, headers: REPLIED }).absence).toEqual({ returnsOn: "2026-03-17", successor: null });
  });

  test("without a Date the day of receipt counts", () => {
    const mail = inboundMail({ date: null, text: "I am out of the office until Monday.", headers: REPLIED });
    expect(classifyInbound(mail, OWN, AT).absence?.returnsOn).toBe("2026-03-09");
  });
});

describe("who has left names the successor", () => {
  test.each([
    ["en", "Lee no longer works at Lead. Please contact kim@lead.example."],
    ["en, the mailbox", "This mailbox is no longer monitored. Please write to kim@lead.example."],
    ["de", "Herr Lee ist nicht mehr im Unternehmen tätig. Bitte wenden Sie sich an kim@lead.example."],
    ["fr", "Lee a quitté la société. Merci de contacter kim@lead.example."],
    ["es", "Lee ya no trabaja en la empresa. Contacte con kim@lead.example."],
    ["it", "Lee non lavora più in azienda. Scrivere a kim@lead.example."],
    ["pt", "Lee já não trabalha na empresa. Contacte kim@lead.example."],
    ["nl", "Lee is niet meer werkzaam bij ons. Neem contact op met kim@lead.example."],
    ["pl", "Lee nie pracuje już w firmie. Proszę o kontakt: kim@lead.example."],
    ["ja", "李は退職いたしました。kim@lead.example までご連絡ください。"],
    ["zh", "李先生已离职，请联系 kim@lead.example 。"],
  ])("%s", (_language, text) => {
    expect(judge({ text, headers: REPLIED })).toMatchObject({
      kind: "auto_reply",
      subtype: "left_company",
      absence: { successor: { email: "kim@lead.example" } },
    });
  });
});

describe("an acknowledgement", () => {
  test.each([
    "We have received your request, ticket #7. We will get back to you shortly.",
    "Vielen Dank für Ihre Anfrage. Wir haben Ihre Nachricht erhalten und melden uns in Kürze.",
    "Nous avons bien reçu votre demande et vous répondrons dans les plus brefs délais.",
    "Hemos recibido su mensaje. Le contestaremos lo antes posible.",
    "Abbiamo ricevuto la sua richiesta e risponderemo al più presto.",
    "Recebemos a sua mensagem e responderemos em breve.",
    "We hebben uw bericht ontvangen en reageren zo spoedig mogelijk.",
    "Otrzymaliśmy Państwa zgłoszenie, odpowiemy wkrótce.",
    "お問い合わせを受け付けました。追ってご連絡いたします。",
    "您的来信已收到，我们会尽快回复。",
  ])("%s", (text) => {
    expect(judge({ text, headers: REPLIED })).toMatchObject({ kind: "auto_reply", subtype: "auto_ack" });
  });
});

describe("without a header of its kind it takes a subject or the whole formula", () => {
  test.each<[string, Partial<InboundMail>]>([
    ["Automatic reply", { subject: "Automatic reply: Pallets" }],
    ["Out of Office AutoReply", { subject: "Out of Office AutoReply: Pallets" }],
    ["Abwesenheitsnotiz", { subject: "Abwesenheitsnotiz: Paletten" }],
    ["Réponse automatique", { subject: "Réponse automatique : Palettes" }],
    ["Respuesta automática", { subject: "Respuesta automática: Palés" }],
    ["Risposta automatica", { subject: "Risposta automatica: Pallet" }],
    ["Resposta automática", { subject: "Resposta automática: Paletes" }],
    ["Automatisch antwoord", { subject: "Automatisch antwoord: Pallets" }],
    ["Odpowiedź automatyczna", { subject: "Odpowiedź automatyczna: Palety" }],
    ["自動応答", { subject: "自動応答: パレット" }],
    ["自动回复", { subject: "自动回复: 托盘" }],
    ["Autosvar", { subject: "Autosvar: Pallar" }],
    [
      "the formula",
      {
        text: "Thank you for your mail. I am currently out of the office and will be back on Monday. For urgent matters please contact my colleague Kim.",
      },
    ],
    [
      "the formula in German",
      {
        text: "Vielen Dank für Ihre Nachricht. Ich bin derzeit im Urlaub und ab dem 17.03. wieder erreichbar. Ihre E-Mail wird nicht weitergeleitet.",
      },
    ],
    [
      "the formula in French",
      { text: "Merci pour votre message. Je suis en congés jusqu'au 17 mars. En cas d'urgence, contactez Kim." },
    ],
    ["no sender, and an absence", { envelopeFrom: "", text: "I am on vacation." }],
    [
      "a mark that is a topic too, and the matter",
      { subject: "Urlaub: Paletten", text: "Ich bin bis 17.3. im Urlaub." },
    ],
    [
      "a ticket's number and its own word that it is automatic",
      {
        subject: "Ticket 7-12 received: Pallets",
        text: "Thank you for contacting us. Your request has been received. This is an automated message.",
      },
    ],
    [
      "its mark, though it offers a telephone call",
      { subject: "Automatic reply: Pallets", text: "I'm out of the office until 17 March. If it's urgent, call me." },
    ],
  ])("%s", (_name, changes) => {
    expect(judge({ text: "Lee, Lead Inc.", ...changes })).toMatchObject({ kind: "auto_reply" });
  });

  test("two parts of the formula are not enough", () => {
    expect(judge({ text: "Thank you for your mail. I am out of the office." }).kind).toBe("human");
  });
});

describe("words alone, from somebody who writes with a mail program or above our mail, are a person's", () => {
  const QUOTE = "\n\nOn 3 Mar 2026, Ann <ann@acme.example> wrote:\n> Shall we show you the pallets?";
  test.each<[string, Partial<InboundMail>]>([
    [
      "who is on holiday and names a colleague",
      { text: `I'm away until 17 March, please contact Kim (kim@lead.example) meanwhile.${QUOTE}` },
    ],
    ["who thanks, is away and names the day", { text: `Merci de votre message. Absente jusqu'au 17 mars.${QUOTE}` }],
    [
      "who has got it and will answer soon",
      {
        text: "Thank you for your message, I have received your offer and will get back to you shortly.",
        headers: { "x-mailer": ["Apple Mail (2.3826.200)"] },
      },
    ],
    [
      "the same in German",
      { text: `Vielen Dank für Ihre Nachricht, ich habe Ihre Unterlagen erhalten und melde mich umgehend.${QUOTE}` },
    ],
    [
      "whose topic is holidays",
      { subject: "Vacation: homes in Crete", text: "We let forty of them. What does it cost?", inReplyTo: [] },
    ],
    ["the same in French", { subject: "Absences : votre outil", text: "Quels sont vos tarifs ?", inReplyTo: [] }],
    ["the same in Spanish", { subject: "Vacaciones - su herramienta", text: "Me interesa, ¿cuánto cuesta?" }],
    [
      "who asks about automatic mail",
      { text: `Does it send an automatic reply on weekends? We'd need an automatic message each Monday.${QUOTE}` },
    ],
    [
      "who asks, under a subject that he made up",
      { subject: "Automatic reply: a question", text: "Can your tool switch it off for two mailboxes?" },
    ],
  ])("%s", (_name, changes) => {
    expect(judge(changes).kind).toBe("human");
  });

  test("and whoever sounds like a machine is shown to somebody", () => {
    const { confidence, evidence } = judge({
      text: `Thank you for your mail. I am out of the office until 17 March and will get back to you as soon as possible.${QUOTE}`,
    });
    expect(confidence).toBeLessThan(0.8);
    expect(evidence).toEqual([expect.stringContaining("formula_")]);
  });
});

describe("who comes back is away, not gone", () => {
  test.each<[string, string, string | null]>([
    ["has left the office", "I have left the office for Easter and will return on 7 April.", "2026-04-07"],
    [
      "a colleague has left",
      "I am on leave until 12 March. Note that Kim Lee has left the company; write to ann@lead.example.",
      "2026-03-12",
    ],
    ["its mailbox isn't read meanwhile", "Away until 12 March. This mailbox is not monitored meanwhile.", "2026-03-12"],
    ["not on Fridays", "Thank you for your mail. I no longer work on Fridays.", null],
    ["de", "Ich bin bis zum 12.3. nicht mehr erreichbar und danach wieder für Sie da.", "2026-03-12"],
    ["fr", "Je ne suis plus au bureau jusqu'au 12 mars 2026.", "2026-03-12"],
    ["es", "Ya no estaré en la oficina hasta el 12 de marzo.", "2026-03-12"],
    ["nb", "Jeg er på ferie og er tilbake 7. desember.", "2026-12-07"],
    ["da", "Jeg holder ferie og er tilbage mandag den 9. marts.", "2026-03-09"],
    ["sv", "Jag är på semester till och med den 13 mars.", "2026-03-13"],
    ["fi", "Olen lomalla ja palaan töihin 16. maaliskuuta.", "2026-03-16"],
    ["ko", "3월 13일까지 휴가입니다. 3월 16일에 복귀합니다.", "2026-03-16"],
    ["ja, from and to", "3月5日から3月10日まで休暇をいただきます。", "2026-03-10"],
    ["de, from and to", "Ab 5.3. bis 10.3.2026 bin ich im Urlaub.", "2026-03-10"],
    ["tomorrow", "I'm out today, Wednesday 4 March, and back tomorrow.", "2026-03-05"],
    ["übermorgen", "Guten Morgen, ich bin auf Dienstreise und übermorgen wieder da.", "2026-03-06"],
  ])("%s", (_name, text, returnsOn) => {
    const result = judge({ text, headers: REPLIED });
    expect(result).toMatchObject({ kind: "auto_reply", subtype: "ooo" });
    expect(result.absence?.returnsOn ?? null).toBe(returnsOn);
  });

  test("who has left and names the office's hours is gone all the same", () => {
    const text = "Lee has left the company at the end of February. Please write to kim@lead.example.";
    expect(judge({ text, headers: REPLIED })).toMatchObject({ subtype: "left_company" });
  });
});

test("a help desk that says that it got our request has acknowledged it", () => {
  expect(
    judge({
      subject: "[Request received] Pallets",
      text: "Thank you for contacting us. Your request (#482) has been received and is being reviewed.",
      headers: { "auto-submitted": ["auto-generated"], "x-mailer": ["Zendesk Mailer"] },
    }),
  ).toMatchObject({ kind: "auto_reply", subtype: "auto_ack" });
});
