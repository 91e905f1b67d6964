import type { ReceivedAddress, ReceivedMail } from "../../../support/received-mail.ts";

type Answer = { readonly refuse: string } | "fail" | "hang" | "take";

/**
 * Stands in for Email Service behind a `send_email` binding: keeps what it takes, and refuses headers as its
 * documentation says the real one does (the local simulator takes anything).
 */
export class StrictEmailBinding implements SendEmail {
  readonly mails: ReceivedMail[] = [];
  readonly #answer: Answer;

  constructor(answer: Answer) {
    this.#answer = answer;
  }

  async send(message: EmailMessage | EmailMessageBuilder): Promise<EmailSendResult> {
    if (this.#answer === "hang") return new Promise(() => undefined);
    if (this.#answer === "fail") throw new Error("Network connection lost.");
    if (this.#answer !== "take") throw withCode(this.#answer.refuse);
    if (!("subject" in message)) throw withCode("E_VALIDATION_ERROR");
    const headers = Object.fromEntries(
      Object.entries(message.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
    );
    const forbidden = Object.keys(headers).find(
      (name) => !/^(?:x-|list-|in-reply-to$|references$|precedence$|auto-submitted$)/.test(name),
    );
    if (forbidden !== undefined) throw withCode("E_HEADER_NOT_ALLOWED");
    if (Object.values(headers).some((value) => value === "" || /[\r\n]/.test(value) || value.length > 2_048))
      throw withCode("E_HEADER_VALUE_INVALID");
    const to = addresses("to" in message ? message.to : undefined);
    const cc = addresses("cc" in message ? message.cc : undefined);
    const bcc = addresses("bcc" in message ? message.bcc : undefined);
    const messageId = `<${this.mails.length}.by-the-platform@sender.example>`;
    this.mails.push({
      envelopeFrom: null,
      envelopeTo: [...to, ...cc, ...bcc].map(({ email }) => email),
      from: addresses(message.from)[0] ?? null,
      to,
      cc,
      replyTo: addresses(message.replyTo),
      subject: message.subject,
      text: message.text ?? "",
      html: message.html ?? null,
      messageId,
      inReplyTo: headers["in-reply-to"] ?? null,
      references: headers["references"]?.split(" ") ?? [],
      date: null,
      headerNames: Object.keys(headers),
      headers,
      raw: JSON.stringify(message),
    });
    return { messageId: "returned-by-the-binding" };
  }
}

function withCode(code: string): Error {
  return Object.assign(new Error(`refused with ${code}`), { code });
}

function addresses(value: string | EmailAddress | readonly (string | EmailAddress)[] | undefined): ReceivedAddress[] {
  return [value ?? []].flat().map((one) => (typeof one === "string" ? { name: "", email: one } : one));
}
