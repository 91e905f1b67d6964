import { env } from "cloudflare:workers";
import { receiveMail } from "../../worker/email.ts";

/** Brings a mail to the Worker's door, as Cloudflare does; `settings` take the place of the environment's. */
export async function bringMail(
  raw: string,
  to: string,
  from = "bounces@elsewhere.example",
  settings: Partial<Env> = {},
): Promise<void> {
  const bytes = new TextEncoder().encode(raw);
  const body = new Response(bytes).body as ReadableStream;
  const mail = { from, to, raw: body, rawSize: bytes.length, setReject: () => undefined };
  await receiveMail(mail, { ...env, ...settings }, Date.now());
}
