import type { Socket } from "node:net";

/** What an endpoint is asked, as far as an answer may depend on it. */
export interface Asked {
  /** The lead's address. */
  readonly lead: string;
  /** Which lead of its kind, from 0. */
  readonly number: number;
  /** From 1. */
  readonly attempt: number;
  /** When the request says that its answer is due, in milliseconds since the epoch. */
  readonly deadline: number;
  /** Where nobody may ever come. */
  readonly tripwireUrl: string;
  /** Words that may be sent; asking for them notes them as such. */
  right(note?: string): string;
}

/** One way in which an endpoint behaves, for all of its drafts. */
export interface Kind {
  /** In a URL, too. */
  readonly name: string;
  /** `large` answers are measured for memory, `slow` ones take the 30 s of an attempt. */
  readonly wave: "quick" | "large" | "slow";
  /** What the log may call its attempts: nothing else, and never nothing. */
  readonly outcomes: readonly string[];
  /** `any`: whether it is taken is a matter of taste; what is sent must be right words all the same. */
  readonly mails: "all" | "none" | "any";
  /**
   * How many leads it has at each of how many endpoints: enough for 50 attempts within the test, and too few for an
   * endpoint's breaker to open before, which takes ten results, the answers to news of held leads among them.
   */
  readonly spread: { readonly endpoints: number; readonly leads: number };
  /** At least so many attempts come of it. */
  readonly attemptsMin: number;
  /** Nobody listens at its URL. */
  readonly isRefused?: true;
  answer(socket: Socket, asked: Asked): void;
}

/** Its leads are asked three times within seconds. */
export const ASKED_THRICE = { endpoints: 9, leads: 2 } as const;
/** Its leads are asked once, and not again within a minute. */
export const ASKED_ONCE = { endpoints: 5, leads: 10 } as const;
/** After its first answer the endpoint is asked no more. */
export const ENDS_ALL = { endpoints: 1, leads: 50 } as const;

/** How many leads of this kind there are. */
export function leadsOf({ spread }: Kind): number {
  return spread.endpoints * spread.leads;
}
