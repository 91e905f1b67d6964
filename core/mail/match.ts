import { messageIdsIn } from "./classify/returned-message.ts";
import type { InboundMail } from "./inbound.ts";
import { findReplyTokens, type ReplyToken } from "./reply-address.ts";

/**
 * One hint at what a mail answers. `value` of a token is its 34 characters before the `@`; all others are message ids
 * with angle brackets. A hint is no proof: see "What may act" in the design.
 */
export type MatchCandidate =
  | { readonly by: "token"; readonly value: string; readonly token: ReplyToken }
  | { readonly by: "in_reply_to" | "references" | "returned_message"; readonly value: string };

/**
 * What a mail may belong to, the best hint first: reply tokens, In-Reply-To, References (newest first), then the
 * Message-ID of a message that a bounce returned, as a part or pasted into its text. Each value once, at most 50.
 */
export function matchCandidates(mail: InboundMail): MatchCandidate[] {
  const candidates: MatchCandidate[] = [
    ...findReplyTokens(mail).map(
      (token): MatchCandidate => ({ by: "token", value: `r${token.kid}${token.idBase32}${token.macBase32}`, token }),
    ),
    ...mail.inReplyTo.map((value): MatchCandidate => ({ by: "in_reply_to", value })),
    ...mail.references.toReversed().map((value): MatchCandidate => ({ by: "references", value })),
    ...returnedMessageIds(mail).map((value): MatchCandidate => ({ by: "returned_message", value })),
  ];
  const byValue = new Map<string, MatchCandidate>();
  for (const candidate of candidates) {
    if (!byValue.has(candidate.value)) byValue.set(candidate.value, candidate);
  }
  return [...byValue.values()].slice(0, CANDIDATES_MAX);
}

const CANDIDATES_MAX = 50;

function returnedMessageIds(mail: InboundMail): string[] {
  const places = [mail.returnedHeaders ?? "", mail.text];
  return [...places.flatMap(messageIdsIn), ...mail.bodyMessageIds].slice(0, 20);
}
