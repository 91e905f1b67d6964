import { type AddressObject, simpleParser } from "mailparser";
import { SMTPServer, type SMTPServerEnvelope } from "smtp-server";
import { SABOTAGED_LEAD, type Sabotage } from "../sabotage.ts";
import type { SeenMail } from "./report.ts";

/** The recipients' mail server: smtp-server takes the messages, mailparser reads them. Neither is ours. */
export class MailServer {
  readonly seen: SeenMail[] = [];
  readonly #server: SMTPServer;
  readonly #sabotage: Sabotage | null;
  readonly #onMail: (mail: SeenMail) => void;
  readonly #emailOf: ReadonlyMap<string, string>;

  /** `emailOf` is a lead's address by external id; `onMail` hears of each message after it was accepted. */
  constructor(sabotage: Sabotage | null, emailOf: ReadonlyMap<string, string>, onMail: (mail: SeenMail) => void) {
    this.#sabotage = sabotage;
    this.#emailOf = emailOf;
    this.#onMail = onMail;
    this.#server = new SMTPServer({
      // On loopback in the clear: the system doesn't trust a certificate that was made a moment ago.
      disabledCommands: ["STARTTLS", "AUTH"],
      authOptional: true,
      disableReverseLookup: true,
      onData: (stream, session, done) => {
        const chunks: Buffer[] = [];
        stream.on("data", (chunk: Buffer) => chunks.push(chunk));
        stream.on("end", () => {
          this.#take(Buffer.concat(chunks), session.envelope).then(() => done(null, "queued"), done);
        });
      },
    });
    this.#server.on("error", () => undefined); // a client that hangs up is no matter
  }

  async listen(): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    const address = this.#server.server.address();
    if (address === null || typeof address === "string") throw new Error("the mail server has no port");
    return address.port;
  }

  close(): void {
    this.#server.close();
  }

  async #take(raw: Buffer, envelope: SMTPServerEnvelope): Promise<void> {
    const mail = this.#broken(await read(raw, envelope));
    const copies = this.#sabotage === "duplicate" && this.#isVictim(mail) ? 2 : 1;
    for (let copy = 0; copy < copies; copy += 1) this.seen.push(mail);
    this.#onMail(mail);
  }

  #broken(mail: SeenMail): SeenMail {
    return this.#sabotage === "thread" && this.#isVictim(mail) ? { ...mail, inReplyTo: null } : mail;
  }

  /** The second message to one lead, and no other. */
  #isVictim(mail: SeenMail): boolean {
    const email = this.#emailOf.get(SABOTAGED_LEAD);
    return mail.to[0]?.email === email && this.seen.filter((earlier) => earlier.to[0]?.email === email).length === 1;
  }
}

async function read(raw: Buffer, { mailFrom, rcptTo }: SMTPServerEnvelope): Promise<SeenMail> {
  const mail = await simpleParser(raw, { skipTextToHtml: true, skipHtmlToText: true });
  return {
    at: Date.now(),
    envelopeFrom: mailFrom === false ? "" : mailFrom.address,
    envelopeTo: rcptTo.map(({ address }) => address),
    from: addresses(mail.from),
    to: addresses(mail.to),
    cc: addresses(mail.cc),
    replyTo: addresses(mail.replyTo),
    subject: mail.subject ?? "",
    text: (mail.text ?? "").replaceAll("\r\n", "\n"),
    html: mail.html !== false,
    messageId: mail.messageId ?? "",
    inReplyTo: mail.inReplyTo ?? null,
    references: [mail.references ?? []].flat(),
  };
}

function addresses(field: AddressObject | AddressObject[] | undefined): SeenMail["to"] {
  return [field ?? []]
    .flat()
    .flatMap(({ value }) => value.map(({ name, address }) => ({ name, email: address ?? "" })));
}
