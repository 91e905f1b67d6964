import { createEmulator } from "emulate";
import { parseAddresses, receivedByApi } from "./received-by-api.ts";
import type { ReceivedMail } from "./received-mail.ts";

/** Resend's API as others rebuilt it (the package emulate): none of it was written here. It asks for no key. */
export interface ResendEmulator {
  readonly port: number;
  close(): Promise<void>;
}

export async function startResendEmulator(): Promise<ResendEmulator> {
  const { url, close } = await createEmulator({ service: "resend", port: 0, hostname: "127.0.0.1" });
  return { port: Number(new URL(url).port), close };
}

/** What it has, in the order in which it came, by its own `GET /emails`. */
export async function mailsOfResendEmulator(port: number): Promise<readonly ReceivedMail[]> {
  const response = await fetch(`http://127.0.0.1:${port}/emails`);
  const { data }: { data: readonly Listed[] } = JSON.parse(await response.text());
  return data.map(({ id: _id, created_at: _createdAt, ...mail }) =>
    receivedByApi({
      from: parseAddresses(mail.from)[0] ?? null,
      to: parseAddresses(mail.to),
      cc: parseAddresses(mail.cc),
      bcc: parseAddresses(mail.bcc),
      replyTo: parseAddresses(mail.reply_to),
      subject: mail.subject,
      text: mail.text ?? "",
      html: mail.html,
      // It sends nothing, so it makes none.
      messageId: null,
      headers: Object.fromEntries(Object.entries(mail.headers).map(([name, value]) => [name.toLowerCase(), value])),
      raw: JSON.stringify(mail),
    }),
  );
}

interface Listed {
  readonly id: string;
  readonly created_at: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  readonly reply_to: readonly string[];
  readonly subject: string;
  readonly text: string | null;
  readonly html: string | null;
  readonly headers: Readonly<Record<string, string>>;
}
