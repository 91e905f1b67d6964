import type { SmtpSettings } from "../../../../adapters/mail/providers/smtp.ts";
import { SmtpConnection } from "../../../../adapters/mail/smtp/connection.ts";
import type { MailProvider, OutgoingMail, SendResult } from "../../../../core/mail/outgoing.ts";
import { dialLoopback } from "../../../support/far-side.ts";

/**
 * A client as one writes it in an hour: pastes strings together, doubles no dots, takes any no for a dead address and any
 * break for "not sent". It works on a fair day; the kit must catch it on the others.
 */
export function naiveSmtpProvider(settings: SmtpSettings): MailProvider {
  return {
    name: "naive",
    idempotencyWindowMs: null,
    keepsMessageId: "yes",
    compose: async (mail: OutgoingMail) => JSON.stringify({ mail, raw: paste(mail) }),
    send: async (payload) => {
      const { mail, raw }: { mail: OutgoingMail; raw: string } = JSON.parse(payload);
      return talk(settings, mail, raw);
    },
    lookUp: null,
  };
}

function paste(mail: OutgoingMail): string {
  const headers = [
    `From: "${mail.from.name ?? ""}" <${mail.from.email}>`,
    `To: "${mail.to.name ?? ""}" <${mail.to.email}>`,
    `Reply-To: ${mail.replyTo.email}`,
    `Subject: ${mail.subject}`,
    `Message-ID: ${mail.messageId}`,
    `Date: ${new Date(mail.date).toUTCString()}`,
    "Content-Type: text/plain; charset=utf-8",
  ];
  return `${headers.join("\r\n")}\r\n\r\n${mail.text.replace(/\n/g, "\r\n")}`;
}

async function talk(settings: SmtpSettings, mail: OutgoingMail, raw: string): Promise<SendResult> {
  const notSent = { kind: "not_sent", code: "naive", detail: "", retryAfterMs: null } as const;
  const opened = await SmtpConnection.open(
    dialLoopback,
    { hostname: settings.host, port: settings.port },
    "off",
    1_000,
  );
  if (!opened.ok) return notSent;
  const connection = opened.value;
  await connection.reply(1_000);
  const login = btoa(unescape(encodeURIComponent(`\0${settings.username}\0${settings.password}`)));
  const commands = [
    "EHLO naive",
    `AUTH PLAIN ${login}`,
    `MAIL FROM:<${mail.envelopeFrom}>`,
    `RCPT TO:<${mail.to.email}>`,
    "DATA",
    `${raw}\r\n.`,
  ];
  for (const command of commands) {
    const reply = await connection.command(command, 300);
    if (!reply.ok) return notSent;
    if (reply.value.code >= 500)
      return { kind: "refused", scope: "recipient", addressDead: true, code: String(reply.value.code), detail: "" };
    if (reply.value.code >= 400) return notSent;
  }
  connection.quit();
  return { kind: "accepted", providerMessageId: null, wireMessageId: mail.messageId, response: "" };
}
