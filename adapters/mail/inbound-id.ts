import type { InboundMail } from "../../core/mail/inbound.ts";
import { sha256Hex, toHex } from "../crypto/bytes.ts";
import { bodyOfMime } from "./mime-bounds.ts";

/** What the author wrote. All other headers may be another's on each way that a mail takes. */
const AUTHORS_HEADERS = ["message-id", "from", "date", "subject"] as const;

/**
 * `inb_` and 128 bits of SHA-256: one id for the same mail, however often and over whichever servers it is brought (see
 * docs/decisions/0011-one-mail-one-id.md). `whose` is the enrollment that it was proven to be for, else the envelope's
 * recipient: one mail may be for two enrollments. `raw` is the whole mail that `mail` was parsed from.
 */
export async function inboundId(whose: string, mail: InboundMail, raw: Uint8Array): Promise<string> {
  const body = new Uint8Array(await crypto.subtle.digest("SHA-256", bodyOfMime(raw)));
  const headers = AUTHORS_HEADERS.map((name) => (mail.headers[name] ?? []).map((value) => value.replace(/\s+/g, " ")));
  return `inb_${(await sha256Hex(JSON.stringify([whose.toLowerCase(), headers, toHex(body)]))).slice(0, 32)}`;
}
