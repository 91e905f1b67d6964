import type { AccountTrouble } from "../linkedin/provider.ts";

/** A mailbox as it stands in a header. `name` may hold any Unicode but no CR, LF or NUL. */
export interface MailAddress {
  readonly name: string | null;
  readonly email: string;
}

/**
 * An e-mail with everything that reaches a header already decided; providers only encode it.
 * All strings have passed `checkOutgoingMail` (header-safety.ts). `messageId` is the one we would like (with angle brackets); the
 * provider may put its own in its place (see `keepsMessageId`).
 */
export interface OutgoingMail {
  readonly from: MailAddress;
  readonly to: MailAddress;
  readonly cc: readonly MailAddress[];
  readonly bcc: readonly MailAddress[];
  readonly replyTo: MailAddress;
  /** RFC 5321 reverse-path: the reply-token address where we own the transport, so that bounces prove themselves. */
  readonly envelopeFrom: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string | null;
  readonly messageId: string;
  /** Wire id of the message before, with angle brackets (RFC 5322 section 3.6.4), or null for the first of a thread. */
  readonly inReplyTo: string | null;
  /** Oldest first, each with angle brackets. */
  readonly references: readonly string[];
  /** Milliseconds since the epoch, for Date. */
  readonly date: number;
  /** Further headers, only `X-*`, `List-*`, `Auto-Submitted`, `Precedence`. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * What became of one try to send, in the terms that the engine decides by (engine.md, "Sending once", and the table per
 * transport and stage in the conformance suite).
 * - `accepted`: the provider has taken the message.
 * - `refused`: a documented, definite no before acceptance. `scope` tells whose fault it is; `recipient` with
 *   `addressDead` ends all contact with that address.
 * - `not_sent`: surely not sent, and worth another try with the same key.
 * - `unknown`: the message may or may not have been taken.
 */
export type SendResult =
  | {
      readonly kind: "accepted";
      readonly providerMessageId: string | null;
      /** The Message-ID that the recipient sees, with angle brackets, where the provider tells it; by itself, as `keepsMessageId` says. */
      readonly wireMessageId: string | null;
      readonly response: string;
      /** LinkedIn: the conversation that the message stands in, where the provider tells it. */
      readonly chatId?: string | null;
      /** LinkedIn: there was nothing to invite to, since the two are connected. */
      readonly isConnected?: true;
    }
  | {
      readonly kind: "refused";
      readonly scope: "recipient" | "sender" | "message" | "configuration";
      readonly addressDead: boolean;
      readonly code: string;
      readonly detail: string;
    }
  | {
      readonly kind: "not_sent";
      readonly code: string;
      readonly detail: string;
      readonly retryAfterMs: number | null;
      /** LinkedIn: nothing is wrong with the message, it is only too early; such a try isn't counted. */
      readonly isTooEarly?: true;
      /** LinkedIn: the account has had enough of these for now, not only this message. */
      readonly rests?: "invitations" | "messages";
      /** LinkedIn: the account itself can't act until somebody sees to it. */
      readonly trouble?: AccountTrouble;
    }
  | { readonly kind: "unknown"; readonly stage: string; readonly detail: string };

/**
 * What a provider's own records say of a message whose send ended as `unknown`.
 * - `found`: the provider has taken it.
 * - `not_found`: it isn't in the records by now. That proves nothing by itself: they may be late, or kept for a few days only.
 * - `failed`: they could not be read.
 */
export type LookUpResult =
  | {
      readonly kind: "found";
      readonly providerMessageId: string;
      /** The Message-ID that the recipient sees, with angle brackets, where it is known. */
      readonly wireMessageId: string | null;
    }
  | { readonly kind: "not_found" }
  | { readonly kind: "failed"; readonly detail: string };

/**
 * One way to get a message out. `compose` turns the mail into the exact bytes that are stored with the intent; `send`
 * takes these bytes, at the first try and at every later one. Neither throws for what a far side can do; `compose` throws
 * for a mail that `checkOutgoingMail` objects to, and `send` for a payload that isn't this provider's: bugs of ours. What
 * a provider's own limits forbid comes back from `send` as `refused`, before anything leaves.
 */
export interface MailProvider {
  readonly name: string;
  /** How long the provider recognises a `sendKey` it has seen, in milliseconds; null when it doesn't. */
  readonly idempotencyWindowMs: number | null;
  readonly keepsMessageId: "yes" | "no" | "learn";
  compose(mail: OutgoingMail): Promise<string>;
  send(payload: string, sendKey: string): Promise<SendResult>;
  /**
   * Looks the message of a stored payload up in the provider's records; the payload itself says by what it is found there.
   * Sends nothing, and throws only where `send` would. Null at the providers that keep no records which can be asked.
   */
  readonly lookUp: ((payload: string) => Promise<LookUpResult>) | null;
}
