/** What the page says, in one language. */
export interface PageWords {
  readonly title: string;
  readonly question: string;
  readonly button: string;
  readonly done: string;
}

const ENGLISH: PageWords = {
  title: "Unsubscribe",
  question: "Do you want no more of these e-mails?",
  button: "Unsubscribe",
  done: "Done. You will get no more of these e-mails.",
};

/** By language (RFC 4647 basic range, its first part). */
const PAGE_WORDS: ReadonlyMap<string, PageWords> = new Map([
  ["en", ENGLISH],
  [
    "de",
    {
      title: "Abmelden",
      question: "Möchten Sie diese E-Mails nicht mehr erhalten?",
      button: "Abmelden",
      done: "Erledigt. Sie erhalten keine dieser E-Mails mehr.",
    },
  ],
  [
    "fr",
    {
      title: "Se désabonner",
      question: "Souhaitez-vous ne plus recevoir ces e-mails ?",
      button: "Me désabonner",
      done: "C’est fait. Vous ne recevrez plus ces e-mails.",
    },
  ],
  [
    "es",
    {
      title: "Darse de baja",
      question: "¿Desea dejar de recibir estos correos?",
      button: "Darme de baja",
      done: "Hecho. No recibirá más correos como estos.",
    },
  ],
  [
    "it",
    {
      title: "Annulla l’iscrizione",
      question: "Non desidera più ricevere queste e-mail?",
      button: "Annulla l’iscrizione",
      done: "Fatto. Non riceverà più queste e-mail.",
    },
  ],
  [
    "pt",
    {
      title: "Cancelar a subscrição",
      question: "Não quer receber mais estes e-mails?",
      button: "Cancelar a subscrição",
      done: "Feito. Não receberá mais estes e-mails.",
    },
  ],
  [
    "nl",
    {
      title: "Afmelden",
      question: "Wilt u deze e-mails niet meer ontvangen?",
      button: "Afmelden",
      done: "Gelukt. U ontvangt deze e-mails niet meer.",
    },
  ],
  [
    "pl",
    {
      title: "Wypisz się",
      question: "Nie chcesz więcej otrzymywać tych wiadomości?",
      button: "Wypisz mnie",
      done: "Gotowe. Nie otrzymasz więcej tych wiadomości.",
    },
  ],
  [
    "ja",
    {
      title: "配信停止",
      question: "今後このメールの受信を停止しますか？",
      button: "配信を停止する",
      done: "完了しました。今後このメールは届きません。",
    },
  ],
  [
    "zh",
    { title: "退订", question: "您不想再收到此类邮件吗？", button: "退订", done: "已完成。您将不再收到此类邮件。" },
  ],
]);

/** The words for what a browser says it reads; English where we have none of its languages. Answers the language too. */
export function wordsFor(acceptLanguage: string): { readonly language: string; readonly words: PageWords } {
  const wanted = acceptLanguage
    .slice(0, 200)
    .split(",")
    .map((part, at) => {
      const [range = "", quality] = part.trim().split(/;\s*q=/);
      return { language: range.slice(0, 2).toLowerCase(), quality: quality === undefined ? 1 : Number(quality), at };
    })
    .sort((one, other) => other.quality - one.quality || one.at - other.at);
  for (const { language } of wanted) {
    const words = PAGE_WORDS.get(language);
    if (words !== undefined) return { language, words };
  }
  return { language: "en", words: ENGLISH };
}
