import type { LookUpResult, SendResult } from "../mail/outgoing.ts";

/** What is done to one person on LinkedIn. `text` of an invitation is its note; null sends it bare. */
export type OutgoingLinkedin =
  | { readonly act: "connect"; readonly profileId: string; readonly text: string | null }
  | {
      readonly act: "message";
      readonly profileId: string;
      /** The conversation that there is already; null opens one. */
      readonly chatId: string | null;
      readonly text: string;
    };

/** What became of one try: as with mail; or the two aren't connected, so nothing was sent, and won't be before the other has accepted. */
export type LinkedinSendResult = SendResult | { readonly kind: "not_connected"; readonly detail: string };

/** What stops an account and not one message: the provider has lost it, or LinkedIn has restricted it. */
export interface AccountTrouble {
  readonly state: "disconnected" | "restricted";
  /** The provider's words. */
  readonly detail: string;
}

/** A person as the account sees them. */
export interface LinkedinProfile {
  /** The provider's id (`ACo…`): invitations and messages go to it. */
  readonly profileId: string;
  /** The last part of the profile's URL; null where it has none. */
  readonly publicId: string | null;
  readonly name: string | null;
  readonly isConnected: boolean;
  /** An invitation of this account to them is open; null where the provider doesn't say. */
  readonly isInvited: boolean | null;
}

/** `unreachable`: there is no such person, or this account may not see them. `failed`: ask again later, not before `retryAfterMs`. */
export type ProfileResult =
  | { readonly kind: "found"; readonly profile: LinkedinProfile }
  | { readonly kind: "unreachable"; readonly detail: string }
  | { readonly kind: "account"; readonly trouble: AccountTrouble }
  | { readonly kind: "failed"; readonly detail: string; readonly retryAfterMs: number | null };

/** One page of a list, or why there is none. `cursor` null: it was the last page. */
export type PageResult<Item> =
  | { readonly kind: "page"; readonly items: readonly Item[]; readonly cursor: string | null }
  | { readonly kind: "account"; readonly trouble: AccountTrouble }
  | { readonly kind: "failed"; readonly detail: string };

/** Somebody whom the account is connected with. */
export interface Relation {
  readonly profileId: string;
  readonly publicId: string | null;
  /** Milliseconds; null where the provider doesn't say. */
  readonly connectedAt: number | null;
}

/** An invitation that is open. */
export interface SentInvitation {
  readonly id: string;
  readonly profileId: string | null;
  readonly publicId: string | null;
  readonly text: string | null;
  /** Milliseconds; null where the provider's words for it can't be read. */
  readonly sentAt: number | null;
}

/** One message of a conversation, by whomever. */
export interface LinkedinMessage {
  readonly id: string;
  readonly chatId: string;
  /** The profile id of who wrote it; null where the provider doesn't say. */
  readonly senderId: string | null;
  readonly senderName: string | null;
  /** The account itself wrote it, here or elsewhere. */
  readonly isOwn: boolean;
  readonly text: string;
  /** Milliseconds. */
  readonly at: number;
}

/** How the account stands with the provider, and whose it is. */
export type AccountResult =
  | { readonly kind: "ok"; readonly name: string | null; readonly userId: string | null }
  | { readonly kind: "account"; readonly trouble: AccountTrouble }
  | { readonly kind: "failed"; readonly detail: string };

export type WithdrawResult =
  /** `gone`: it was open no more: accepted, or withdrawn by hand. */
  | { readonly kind: "withdrawn" | "gone" }
  | { readonly kind: "account"; readonly trouble: AccountTrouble }
  | { readonly kind: "failed"; readonly detail: string };

/**
 * One account at a provider. LinkedIn knows no idempotency keys, so `send` is called once for a payload, and again only
 * where the engine knows that nothing left (engine.md, "Sending once"). None of these throws for what a far side can do.
 */
export interface LinkedinProvider {
  readonly name: "unipile";
  /** Finds a person by the last part of their profile's URL, or by their profile id. Costs the account a profile view. */
  findProfile(identifier: string): Promise<ProfileResult>;
  /** The exact bytes that are stored with the intent; `at` (ms) is when it is meant to leave, for `lookUp`. */
  compose(outgoing: OutgoingLinkedin, at: number): string;
  send(payload: string): Promise<LinkedinSendResult>;
  /** Looks for the message of a payload in the account's sent invitations and conversations. Only `found` proves anything. */
  lookUp(payload: string): Promise<LookUpResult>;
  withdraw(invitationId: string): Promise<WithdrawResult>;
  relations(cursor: string | null): Promise<PageResult<Relation>>;
  sentInvitations(cursor: string | null): Promise<PageResult<SentInvitation>>;
  /** Messages after an instant (ms), of all conversations of the account. */
  messagesSince(after: number, cursor: string | null): Promise<PageResult<LinkedinMessage>>;
  account(): Promise<AccountResult>;
}

/** What a provider's webhook tells. `ignored`: something that nothing here depends on. */
export type LinkedinNews =
  | { readonly kind: "message"; readonly message: LinkedinMessage }
  | { readonly kind: "connected"; readonly profileId: string; readonly publicId: string | null }
  | { readonly kind: "account_ok" }
  | { readonly kind: "account"; readonly trouble: AccountTrouble }
  | { readonly kind: "ignored"; readonly why: string };
