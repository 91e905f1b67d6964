import type { MailToUs } from "../../../adapters/mail/as-lead.ts";
import { receiveMail } from "../../email.ts";

/** Brings a mail to the door that Cloudflare's mail routing brings mails to. Throws where it wasn't kept: it is one of ours. */
export async function bringIn(env: Env, mail: MailToUs, now: number) {
  const bytes = new TextEncoder().encode(mail.raw);
  const refused: string[] = [];
  const kept = await receiveMail(
    {
      from: mail.envelopeFrom,
      to: mail.envelopeTo,
      raw: new Blob([bytes]).stream(),
      rawSize: bytes.byteLength,
      setReject: (reason) => void refused.push(reason),
    },
    env,
    now,
  );
  if (kept === null) throw new Error(`a sandbox mail was not taken: ${refused.join("; ")}`);
  const { id, status, kind } = kept;
  return { ok: true as const, inboundId: id, status, kind };
}
