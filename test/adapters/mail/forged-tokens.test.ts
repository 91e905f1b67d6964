import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { newId } from "../../../adapters/crypto/ids.ts";
import { isOurReplyToken, replyAddress } from "../../../adapters/mail/reply-address.ts";
import { isOurUnsubscribeToken, unsubscribeWays } from "../../../adapters/mail/unsubscribe.ts";
import { findReplyTokens } from "../../../core/mail/reply-address.ts";
import { unsubscribeTokenOf } from "../../../core/mail/unsubscribe-token.ts";
import { inboundMail } from "../../support/inbound-mail.ts";

const FORGED = 10_000;
const ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

const [mine, theirs] = [newId("ten"), newId("ten")];
const enrollment = newId("enr");

/** Tokens that look right: with one letter changed, a MAC of chance, another enrollment's, and another key's id. */
function forgeries(token: string, others: readonly string[]): readonly string[] {
  const [kind, kid, id, mac] = [token.slice(0, 1), token.slice(1, 2), token.slice(2, 18), token.slice(18)];
  return Array.from({ length: FORGED }, (_, n) => {
    const random = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => ALPHABET.charAt(byte % 32)).join(
      "",
    );
    switch (n % 4) {
      case 0: {
        const at = n % mac.length;
        const next = ALPHABET.charAt((ALPHABET.indexOf(mac.charAt(at)) + 1 + (n % 31)) % 32);
        return `${kind}${kid}${id}${mac.slice(0, at)}${next}${mac.slice(at + 1)}`;
      }
      case 1:
        return `${kind}${kid}${id}${random}`;
      case 2:
        return `${kind}${kid}${id}${(others[n % others.length] ?? "").slice(18)}`;
      default:
        return `${kind}${ALPHABET.charAt(n % 26)}${random}${mac}`;
    }
  });
}

async function taken(tokens: readonly string[], isOurs: (token: string) => Promise<boolean>): Promise<number> {
  const verdicts = await Promise.all(tokens.map(isOurs));
  return verdicts.filter(Boolean).length;
}

test("of ten thousand forged unsubscribe tokens none is taken for ours", async () => {
  const tokenOf = async (tenantId: string, id: string) =>
    (await unsubscribeWays(env, tenantId, id, "reply.example")).mailto?.split("@")[0] ?? "";
  const others = await Promise.all(Array.from({ length: 50 }, () => tokenOf(theirs, newId("enr"))));
  const isOurs = async (text: string) => {
    const token = unsubscribeTokenOf(`${text}@reply.example`);
    return token !== null && isOurUnsubscribeToken(env, mine, token);
  };
  const own = await tokenOf(mine, enrollment);
  expect(await taken(forgeries(own, others), isOurs)).toBe(0);
  // The controls: ours is, in any case of letters, and another tenant's isn't.
  expect(await taken([own, own.toUpperCase()], isOurs)).toBe(2);
  expect(await taken([await tokenOf(theirs, enrollment)], isOurs)).toBe(0);
});

test("of ten thousand forged reply addresses none is taken for ours", async () => {
  const tokenOf = async (tenantId: string, id: string) =>
    (await replyAddress(env, tenantId, id, "reply.example")).split("@")[0] ?? "";
  const others = await Promise.all(Array.from({ length: 50 }, () => tokenOf(theirs, newId("enr"))));
  const isOurs = async (text: string) => {
    const [token] = findReplyTokens(inboundMail({ envelopeTo: `${text}@reply.example` }));
    return token !== undefined && isOurReplyToken(env, mine, token);
  };
  const own = await tokenOf(mine, enrollment);
  expect(await taken(forgeries(own, others), isOurs)).toBe(0);
  expect(await taken([own, own.toUpperCase()], isOurs)).toBe(2);
  expect(await taken([await tokenOf(theirs, enrollment)], isOurs)).toBe(0);
});
