import type { InboundMail } from "./inbound.ts";

export type DeliveryOutcome = "failed" | "delayed" | "delivered" | "unstated";

/**
 * The independent signs that a mail without a delivery report is a bounce: `daemon_sender` or `null_sender`,
 * `failure_subject`, `smtp_transcript`, `returned_message`, `failed_recipients_header`, `auto_submitted`. None is enough.
 */
export function bounceSigns(mail: InboundMail): string[] {
  const text = mail.text.slice(0, TEXT_CHARACTERS_MAX);
  const sender = senderSign(mail);
  const failureSubject = FAILURE_SUBJECT.test(mail.subject.slice(0, 200));
  const transcript = TRANSCRIPT.some((pattern) => pattern.test(text));
  const signs = [
    ...(sender === null ? [] : [sender]),
    ...(failureSubject ? ["failure_subject"] : []),
    ...(transcript ? ["smtp_transcript"] : []),
    ...(hasReturnedMessage(mail, text) ? ["returned_message"] : []),
    ...(mail.headers["x-failed-recipients"] === undefined ? [] : ["failed_recipients_header"]),
  ];
  // That it is automatic says something only next to a sign of failure, since every out-of-office says it as well.
  const isAutomatic = /^auto-/i.test(mail.headers["auto-submitted"]?.[0] ?? "");
  return isAutomatic && failureSubject ? [...signs, "auto_submitted"] : signs;
}

/** What a delivery report says of its recipients, the worst of them; without a report, what the text says. */
export function deliveryOutcome(mail: InboundMail): DeliveryOutcome {
  const text = mail.text.slice(0, TEXT_CHARACTERS_MAX);
  const status = mail.deliveryStatus ?? (/^Final-Recipient:/im.test(text) ? text : "");
  const actions = new Set(
    [...status.matchAll(/^[ \t]?action:[ \t]*([a-z]+)/gim)].map((match) => match[1]?.toLowerCase()),
  );
  if (actions.has("failed") || actions.has("failure")) return "failed";
  if (actions.has("delayed")) return "delayed";
  if (DELIVERED_ACTIONS.some((action) => actions.has(action))) return "delivered";
  // The status code is there in reports that write an Action of their own.
  const codes = [...status.matchAll(/^[ \t]?status:[ \t]*([245])\./gim)].map((match) => match[1]);
  if (codes.includes("5")) return "failed";
  if (codes.length > 0 && codes.every((code) => code === "2")) return "delivered";
  const start = `${mail.subject}\n${mail.text.slice(0, 2_000)}`;
  return DELAYED.test(start) ? "delayed" : "unstated";
}

const TEXT_CHARACTERS_MAX = 65_536;

const DELIVERED_ACTIONS = ["delivered", "relayed", "expanded", "deliverable"];

const DELAYED =
  /this is a warning (?:message )?only|warning message only|has been delayed|is delayed|delivery[^\n]{0,30}\(delay\)|delayed mail|still being retried|will (?:be retried|retry|keep trying)|temporary failure report|could not send message for past|noch nicht zugestellt|n'a pas encore été/i;

/** The mailboxes from which servers speak. `postmaster` is a person at times, therefore it is one sign and no more. */
const DAEMON_LOCAL_PART =
  /^(?:mailer[-_.]?daemon|post[-_.]?master|mail[-_.]?daemon|mdaemon|mail\.?delivery[a-z.]*|bounces?)(?:[+-].*)?$/i;
const DAEMON_NAME =
  /mailer[- ]?daemon|mail (?:delivery|deliver|administrator)|delivery (?:sub)?system|system administrator|message delivery|microsoft outlook|mail server/i;

function senderSign(mail: InboundMail): string | null {
  const fromLocal = mail.from?.email.split("@")[0] ?? "";
  const envelopeLocal = mail.envelopeFrom.split("@")[0] ?? "";
  const fromHeader = mail.headers["from"]?.[0] ?? "";
  const isDaemon =
    DAEMON_LOCAL_PART.test(fromLocal) ||
    DAEMON_NAME.test(mail.from?.name ?? "") ||
    (mail.from === null && DAEMON_NAME.test(fromHeader.slice(0, 200))) ||
    /^(?:mailer-daemon|postmaster)$/i.test(envelopeLocal);
  if (isDaemon) return "daemon_sender";
  const returnPath = mail.headers["return-path"]?.[0]?.trim();
  return returnPath === "<>" || (mail.envelopeFrom === "" && mail.envelopeTo !== "") ? "null_sender" : null;
}

/** Only at the start: with "Re:" or "Fwd:" before it, a person is writing about it. */
const FAILURE_SUBJECT = new RegExp(
  "^\\W{0,5}(?:" +
    [
      "undeliver(?:able|ed)|non[- ]?deliver|not delivered|delivery (?:status notification|failure|failed|has failed|report|notification|problem|error)",
      "delivery status|(?:mail|message|email|e-mail) (?:delivery|system error|failure|failed|not delivered|could not|couldn't|was not|wasn't|undeliverable)",
      "message (?:delivery|you sent)|failure (?:notice|delivery|notification)|failed (?:delivery|mail|message)|returned (?:mail|email|message|to sender)",
      "(?:mail|message|email) returned|mail failed|your (?:message|mail|email) (?:couldn't|could not|was not|has not|wasn't|cannot)",
      "automatically rejected|rejected mail|mail rejected|message rejected|processing error|warning: (?:could not|message)|bounce notification|email bounce",
      "delayed mail|unzustellbar|nicht zustellbar|unzustellbare|zustellung fehlgeschlagen|fehlgeschlagene zustellung|mail konnte nicht",
      "non remis|non distribu|échec de (?:la )?remise|message non|remise (?:impossible|échou)|avis de non[- ]",
      "no se puede entregar|no se ha podido entregar|mensaje (?:no entregado|rechazado)|error de entrega|correo no entregado|devuelto",
      "impossibile recapitare|mancato recapito|mancata consegna|messaggio non recapitato|non recapitabile",
      "não (?:foi )?(?:possível )?entreg|mensagem não entregue|falha na entrega|falha de entrega|devolução",
      "onbestelbaar|niet bezorgd|kan niet worden bezorgd|aflevering mislukt|niet-bezorgbaar",
      "nie można dostarczyć|niedostarczalne|nie dostarczono|zwrot|niedostarczona",
      "配信(?:不能|できません|エラー|失敗)|配達(?:不能|できません)|エラーメール|未配信|送信できません|メールを配信",
      "无法投递|退信|投递失败|無法傳遞|無法投遞|未送达|系统退信|郵件傳遞失敗",
      "ваше сообщение не доставлено|недоставлен|не доставлено|kan inte levereras|kunne ikke leveres|kan ikke leveres|nedoručitelné",
    ].join("|") +
    ")",
  "iu",
);

/** What servers write about a refusal; each pattern spans one line at most. */
const TRANSCRIPT: readonly RegExp[] = [
  /\b(?:550|551|552|553|554|450|451|452|421)[ -](?:#?[245]\.\d{1,3}\.\d{1,3}|[^\n]{0,60}(?:user|mailbox|recipient|address|relay|quota|spam|unknown|reject))/i,
  /(?:following|these) (?:address(?:es)?|recipients?)(?:\(s\)|\(es\))? (?:had|failed|have failed|could not|cannot)/i,
  /could not be delivered|couldn't be delivered|was(?:n't| not) (?:able to be )?delivered|unable to deliver|not able to deliver|delivery (?:to the following|has failed|failed)|undeliverable|was rejected and discarded/i,
  /(?:user|recipient|address|mailbox) (?:unknown|not found|does not exist|doesn't exist|is full|unavailable|disabled|inactive)|no such user|unknown user|unrouteable|mailbox full|over quota|quota exceeded/i,
  /^(?:final-recipient|diagnostic-code|remote-mta):/im,
  /transcript of session|permanent fatal error|this is a permanent error|i'm afraid i wasn't able|hop count exceeded|mail loop/i,
  /konnte nicht zugestellt|n'a pas pu être|no se pudo entregar|no se ha podido entregar|non è stato possibile (?:recapitare|consegnare)|não pôde ser entregue|kon niet worden (?:bezorgd|afgeleverd)|nie mogła zostać dostarczona|宛先(?:不明|が見つかりません|に配信)|配信できません|无法投递|не может быть доставлено|не доставлено/i,
];

/** A returned message: as a part of its own, or its header pasted into the text. */
function hasReturnedMessage(mail: InboundMail, text: string): boolean {
  if (mail.returnedHeaders !== null) return true;
  const fields = new Set(
    [...text.matchAll(/^(?:> ?)?(received|message-id|return-path|from|to|subject|date|mime-version):[ \t]/gim)].map(
      (match) => match[1]?.toLowerCase(),
    ),
  );
  return fields.size >= 4 && (fields.has("received") || fields.has("message-id") || fields.has("return-path"));
}
