import { describe, expect, test } from "vitest";
import { splitReply } from "../../../../core/mail/reply-text.ts";

describe("a signature is kept apart", () => {
  test.each([
    ["the two dashes", "-- \nSam Doyle\nHarrow Freight"],
    ["the two dashes without their space", "--\nSam Doyle\nHarrow Freight"],
    ["a drawn line", "_____\nSam Doyle\n+44 20 0000 0000"],
    ["a line of stars", "*****\nSam Doyle\nHarrow Freight"],
    ["a name after a dash", "-Sam"],
    ["a name after a long dash", "— Sam Doyle"],
    ["English phone", "Sent from my iPhone"],
    ["English phone, excusing itself", "Sent from my phone. Please excuse typos"],
    ["Outlook for iOS", "Get Outlook for iOS<https://aka.ms/x>"],
    ["Proton", "Sent with Proton Mail secure email."],
    ["French phone", "Envoyé de mon iPhone"],
    ["German phone", "Von meinem iPhone gesendet"],
    ["Spanish phone", "Enviado desde mi iPhone"],
    ["Italian phone", "Inviato da iPhone"],
    ["Portuguese phone", "Enviado do meu iPhone"],
    ["Dutch phone", "Verstuurd vanaf mijn iPhone"],
    ["Polish phone", "Wysłane z iPhone'a"],
    ["Japanese phone", "iPhoneから送信"],
    ["Chinese phone", "发自我的 iPhone"],
    ["Korean phone", "나의 iPhone에서 보냄"],
    ["Swedish phone", "Skickat från min iPhone"],
    ["Danish phone", "Sendt fra min iPhone"],
    ["Russian phone", "Отправлено с iPhone"],
    ["Turkish phone", "iPhone'umdan gönderildi"],
    ["a mailing list", "_______________________________________________\nusers mailing list\nusers@lists.example"],
    ["a group", "You received this message because you are subscribed to the group.\nTo unsubscribe, send mail."],
    ["an English disclaimer", "This email and any attachments are confidential and intended solely for the addressee."],
    ["a German disclaimer", "Diese E-Mail enthält vertrauliche Informationen und ist nur für den Adressaten."],
    ["a French disclaimer", "Ce message et ses pièces jointes sont confidentiels."],
    ["a Spanish disclaimer", "Este mensaje es confidencial y se dirige a su destinatario."],
  ])("%s", (_name, signature) => {
    expect(splitReply(`Fine.\n\n${signature}`)).toEqual({ clean: "Fine.", quoted: "", signature });
  });

  test("above a quote and under it", () => {
    const quote = "On 3 Mar 2025, Anna <a@b.example> wrote:\n> When?";
    expect(splitReply(`Fine.\n\n-- \nSam\n\n${quote}`)).toMatchObject({ clean: "Fine.", signature: "-- \nSam" });
    expect(splitReply(`Fine.\n\n${quote}\n\n-- \nSam`)).toMatchObject({ clean: "Fine.", signature: "-- \nSam" });
  });

  test("what a gateway puts on top goes with it", () => {
    const banner = "CAUTION: This email originated from outside of the organization.";
    expect(splitReply(`${banner}\n\nFine.`)).toEqual({ clean: "Fine.", quoted: "", signature: banner });
  });

  test("a signed mail is read without its armour", () => {
    const text =
      "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nFine.\n\n- -- \nSam\n" +
      "-----BEGIN PGP SIGNATURE-----\n\niQEzBAEB\n=abcd\n-----END PGP SIGNATURE-----\n";
    expect(splitReply(text)).toEqual({ clean: "Fine.", quoted: "", signature: "-- \nSam" });
  });
});

describe("in doubt a word stays", () => {
  test.each([
    ["a greeting with a name", "See you on Friday.\n\nBest,\nSam"],
    ["a list with dashes", "We need:\n\n-Apples\n-Pears"],
    ["a list with double dashes", "We need:\n-- a price\n-- a date\n\nThanks!"],
    ["a sentence about sending", "The crate was sent from our warehouse yesterday.\nWhere is it?"],
    ["a sentence about one's phone", "From my phone I can't open the file, could you send it once more?"],
    ["a German sentence about one's boss", "Passt.\nVon meinem Chef habe ich schon das Ja."],
    ["a sentence that starts like a disclaimer", "Ok.\n\nThis message is for Bob too."],
    ["a rule between paragraphs", "First this.\n\n-----\n\nThen that, which is a sentence.\nAnd so on."],
  ])("%s", (_name, text) => {
    expect(splitReply(text)).toEqual({ clean: text, quoted: "", signature: null });
  });

  test("an answer under a quote isn't taken for the end of the phone's line above it", () => {
    const text = "Sent from my iPhone\n\nOn 3 Mar 2025, Anna <a@b.example> wrote:\n> When?\n\nFriday";
    expect(splitReply(text)).toMatchObject({ clean: "Friday", signature: "Sent from my iPhone" });
  });
});
