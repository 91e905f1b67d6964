/** With which words an attribution ("On … wrote:") begins in the languages of mail clients; lower case, with their space. */
export const ATTRIBUTION_OPENERS: readonly string[] = [
  ...["on ", "at ", "in message ", "in article ", "quoting ", "quote from "], // English
  ...["le ", "citation de ", "selon "], // French
  ...["am ", "zitat von ", "um "], // German
  ...["el ", "citando ", "el día ", "en fecha "], // Spanish
  ...["il ", "in data ", "il giorno ", "citando "], // Italian
  ...["em ", "no dia ", "às "], // Portuguese
  ...["op ", "citeren "], // Dutch
  ...["w dniu ", "dnia ", "cytowanie ", "wiadomość napisana przez "], // Polish
  ...["den ", "på ", "citat ", "kl. "], // Danish, Norwegian, Swedish
  ...["dne ", "dňa ", "út ", "čt ", "pá "], // Czech, Slovak
  ...["в ", "во ", "на ", "пн,", "вт,", "ср,", "чт,", "пт,", "сб,", "вс,"], // Russian, Bulgarian
  ...["pe ", "în ", "dana ", "vào ", "pada ", "στις ", "在 ", "在2", "於 ", "v v ", "בתאריך", "في "], // and others
];

/** How an attribution ends, before its colon; lower case. */
export const VERBS_AT_END: readonly string[] = [
  ...["wrote", "wrote the following", "wrote in message"], // English
  ...["a écrit", "a ecrit", "écrit"], // French
  ...["schrieb", "geschrieben", "schrieb folgendes"], // German
  ...["escribió", "escribio", "ha escrito"], // Spanish
  ...["ha scritto"], // Italian
  ...["escreveu", "escreveu o seguinte"], // Portuguese
  ...["schreef", "heeft geschreven", "schreef het volgende", "het volgende geschreven"], // Dutch
  ...["napisał(a)", "napisał", "napisała", "napisal(a)", "napisal", "napisano", "pisze"], // Polish
  ...["skrev", "skrev följande", "skrev følgende", "har skrevet"], // Danish, Norwegian, Swedish
  ...["kirjoitti", "kirjoitti seuraavasti"], // Finnish
  ...["napsal(a)", "napsala", "napisala", "napsal", "napísal(a)", "napísal", "napísala", "píše"], // Czech, Slovak
  ...["írta", "a következőt írta", "ezt írta"], // Hungarian
  ...["a scris", "a scris următoarele"], // Romanian
  ...["написал(а)", "написал", "написала", "пишет", "писал", "писал(а)", "пише", "написав", "написала", "написа"],
  ...["va escriure", "ha escrit"], // Catalan
  ...["je napisao", "je napisala", "je napisao/la", "napisao je", "je napisal", "je napisal/-a"], // South Slavic
  ...["rašė", "rakstīja", "kirjutas", "skrifaði"], // Baltic, Estonian, Icelandic
  ...["yazdı", "şunu yazdı", "şunları yazdı"], // Turkish
  ...["έγραψε", "כתב", "כתבה", "كتب", "نوشت"], // Greek, Hebrew, Arabic, Persian
  ...["đã viết", "viết", "menulis", "เขียนว่า", "เขียน", "ने लिखा"], // Vietnamese, Indonesian, Thai, Hindi
  ...["写道", "寫道", "写到"], // Chinese
  ...["さんは書きました", "さんが書きました", "は書きました", "書きました", "書いた", "のメール", "さんのメール"], // Japanese
  ...["님이 작성", "작성", "썼습니다", "님의 말"], // Korean
];

/** Verbs that stand before the sender's name, or before the date ("schrieb am …"). */
export const VERBS_INSIDE: readonly string[] = [
  ...["wrote", "schrieb", "skrev", "schreef", "escribió", "a écrit", "ha scritto", "escreveu", "pisze", "napisał"],
  ...["napisał(a)", "napsal", "napsal(a)", "написал", "написал(а)", "пишет", "írta", "kirjoitti", "a scris", "yazdı"],
  ...["写道", "寫道"],
];

/** Verbs that people use before a colon as well: only with a day and a mailbox are they an attribution. */
export const WEAK_VERBS_AT_END: readonly string[] = [
  ...["writes", "sent", "said", "replied", "écrivait", "a répondu", "schreibt", "escribía", "scrive", "ha risposto"],
  ...["来信", "來信", "viết"],
];
