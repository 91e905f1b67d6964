import type { InboundMail } from "../../core/mail/inbound.ts";
import { unsubscribeTokenOf } from "../../core/mail/unsubscribe-token.ts";
import type { Match } from "../email/find-match.ts";
import { unsubscribe } from "./unsubscribe.ts";

/** Each token costs a question to D1. */
const PLACES_MAX = 10;

/**
 * A mail to the address of List-Unsubscribe is the wish itself, whatever it says and whoever sends it: the address holds
 * the token. Null for a mail to any other address.
 */
export async function unsubscribeByMail(env: Env, mail: InboundMail, now: number): Promise<Match | null> {
  // Where mail to the reply domain is passed on, the envelope names another address.
  const places = [mail.envelopeTo, ...(mail.headers["delivered-to"] ?? []), ...mail.to.map(({ email }) => email)];
  for (const place of places.slice(0, PLACES_MAX)) {
    const token = unsubscribeTokenOf(place);
    const enrollment = token === null ? null : await unsubscribe(env, token, "mail", now);
    if (enrollment !== null) return { enrollment, by: "unsubscribe_address", proven: true };
  }
  return null;
}
