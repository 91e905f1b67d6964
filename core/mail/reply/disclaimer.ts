/**
 * Where a disclaimer or the footer of a mailing list begins, at the end of what a person wrote: a paragraph that both
 * starts like one and holds a word that only those hold. `lines.length` where there is none. Looks at the last 60 lines.
 */
export function disclaimerAt(lines: readonly string[]): number {
  const from = Math.max(1, lines.length - TAIL_LINES);
  for (let index = from; index < lines.length; index++) {
    const line = lines[index] ?? "";
    if (line === "") continue;
    const text = plainStart(line);
    if (text.length < 8) continue;
    if (FOOTERS.some((start) => text.startsWith(start))) return withRuleAbove(lines, index);
    const isParagraph =
      (lines[index - 1] ?? "").trim() === "" || /^[\s*_=-]{3,}$/.test((lines[index - 1] ?? "").slice(0, 200));
    if (!isParagraph) continue;
    if (HEADINGS.some((start) => text.startsWith(start))) return withRuleAbove(lines, index);
    if (!STARTS.some((start) => text.startsWith(start))) continue;
    const paragraph = lines
      .slice(index, index + 6)
      .join(" ")
      .slice(0, 1_200)
      .toLowerCase();
    if (LEGAL_WORDS.test(paragraph)) return withRuleAbove(lines, index);
  }
  return lines.length;
}

const TAIL_LINES = 60;

function plainStart(line: string): string {
  return line
    .slice(0, 120)
    .replace(/^[\s*_>#|[(-]+/, "")
    .toLowerCase();
}

function withRuleAbove(lines: readonly string[], index: number): number {
  let start = index;
  while (start > 0 && /^[\s*_=-]*$/.test((lines[start - 1] ?? "").slice(0, 200))) start--;
  return start === 0 ? index : start;
}

/** Footers that lists and services add. */
const FOOTERS: readonly string[] = [
  "you received this message because you are subscribed",
  "you are receiving this because",
  "you are receiving this email because",
  "to unsubscribe from this group",
  "to unsubscribe from this list",
  "to unsubscribe, send",
  "reply to this email directly or view it on",
  "view this discussion on the web visit",
  "this email was scanned by",
  "this email has been checked for viruses",
  "this email has been scanned",
  "virus-free. www",
  "diese e-mail wurde von avast",
  "cet email a été vérifié",
  "libre de virus. www",
  "garanti sans virus. www",
  "please consider the environment before printing",
  "think before you print",
  "pensez à l'environnement",
  "bitte denken sie an die umwelt",
];

/** What stands alone above a disclaimer and nowhere else. */
const HEADINGS: readonly string[] = [
  ...[
    "confidentiality notice",
    "confidentiality note",
    "confidential note",
    "disclaimer:",
    "legal disclaimer",
    "legal notice",
  ],
  ...[
    "vertraulichkeitshinweis",
    "avis de confidentialité",
    "aviso de confidencialidad",
    "aviso legal",
    "avviso di riservatezza",
  ],
  ...["klauzula poufności", "privileged/confidential", "nota di riservatezza", "informativa privacy"],
];

const STARTS: readonly string[] = [
  ...[
    "this email",
    "this e-mail",
    "this message",
    "this communication",
    "this transmission",
    "the information contained",
  ],
  ...[
    "the information in this",
    "the information transmitted",
    "the contents of this",
    "information contained in this",
  ],
  ...[
    "if you are not the intended",
    "if you have received this",
    "important notice",
    "notice:",
    "important:",
    "e-mail is",
  ],
  ...["any information contained", "all information in this", "the content of this"],
  ...[
    "diese e-mail",
    "diese email",
    "diese nachricht",
    "der inhalt dieser",
    "die information",
    "die in dieser",
    "dieses dokument",
  ],
  ...[
    "ce message",
    "ce courriel",
    "cet e-mail",
    "cet email",
    "les informations contenues",
    "le contenu de ce",
    "ce mail",
  ],
  ...["este mensaje", "este correo", "la información contenida", "la presente", "este email", "el contenido de este"],
  ...["questo messaggio", "questa e-mail", "questa email", "le informazioni contenute", "ai sensi", "il contenuto di"],
  ...["esta mensagem", "este e-mail", "as informações contidas", "a informação contida", "esta comunicação"],
  ...["dit bericht", "deze e-mail", "de informatie", "dit e-mailbericht", "de inhoud van dit", "deze email"],
  ...["niniejsza wiadomość", "treść tej wiadomości", "informacje zawarte", "ta wiadomość", "niniejszy e-mail"],
  ...["このメール", "本メール", "本电子邮件", "本邮件", "此邮件", "此电子邮件", "本郵件", "本電子郵件"],
  ...[
    "denna e-post",
    "dette e-post",
    "denne e-mail",
    "denne e-post",
    "это сообщение",
    "данное сообщение",
    "tento e-mail",
  ],
];

const LEGAL_WORDS =
  /confiden|privileged|intended (?:solely|only|recipient|for the)|legally|vertraul|rechtlich|adressat|destinataire|destinatari|destinatár|riservat|sigilos|vertrouwel|bestemd|geadresseerde|poufn|adresata|fortrolig|konfidenti|důvěrn|конфиденц|機密|保密|机密|意図された/u;
