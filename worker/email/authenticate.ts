import { txtRecords } from "../../adapters/dns/txt-over-https.ts";
import { withAsciiDomain } from "../../adapters/mail/ascii-domain.ts";
import { verifyDkim } from "../../adapters/mail/dkim/verify-dkim.ts";
import { type DkimEvidence, notChecked } from "../../core/mail/dkim/verdict.ts";
import type { InboundMail } from "../../core/mail/inbound.ts";

/** As much as is parsed as a whole (adapters/mail/mime-bounds.ts): of a larger mail we don't even read all. */
const RAW_BYTES_MAX = 10 * 1024 * 1024;

/**
 * What DKIM says about who wrote a mail. What others say of that in its header (Authentication-Results, ARC) isn't read:
 * its sender can write it. Takes 3 s at most for DNS, and asks nobody about a mail without a signature.
 */
export async function authenticate(
  env: Pick<Env, "DOH_URL">,
  mail: InboundMail,
  raw: Uint8Array,
  now: number,
): Promise<DkimEvidence> {
  if (env.DOH_URL === "") return notChecked("checking_is_off");
  if (raw.byteLength > RAW_BYTES_MAX) return notChecked("too_large");
  const author = mail.from === null ? null : withAsciiDomain(mail.from.email).toLowerCase();
  const domain = author === null ? null : author.slice(author.lastIndexOf("@") + 1);
  return verifyDkim(raw, domain, (name) => txtRecords(env.DOH_URL, name, now), now);
}
