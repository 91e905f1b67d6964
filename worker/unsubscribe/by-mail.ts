import { unsubscribeTokenOf } from "../../core/mail/unsubscribe-token.ts";
import type { Match } from "../email/find-match.ts";
import { unsubscribe } from "./unsubscribe.ts";

/**
 * A mail to the address of List-Unsubscribe is the wish itself, whatever it says and whoever sends it: the address holds
 * the token. Null for a mail to any other address.
 */
export async function unsubscribeByMail(env: Env, envelopeTo: string, now: number): Promise<Match | null> {
  const token = unsubscribeTokenOf(envelopeTo);
  const enrollment = token === null ? null : await unsubscribe(env, token, "mail", now);
  return enrollment === null ? null : { enrollment, by: "unsubscribe_address", proven: true };
}
