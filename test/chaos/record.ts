import type { Point } from "./plan.ts";

/**
 * What the far sides saw, kept in the memory of the rig, which is never killed. Times in milliseconds since the epoch;
 * `boot` counts the system's starts from 1. Written by the doubles, the pulse and the killing only.
 */
export interface FarRecord {
  readonly requests: SeenRequest[];
  readonly conversations: Conversation[];
  readonly mails: SeenMail[];
  readonly replies: SentReply[];
  readonly kills: Kill[];
  readonly pulses: Heartbeat[];
  /** When each start was ready, by boot - 1. */
  readonly readyAt: number[];
}

/** A request that arrived whole at the customer's endpoint. */
export interface SeenRequest {
  readonly webhookId: string;
  readonly type: string;
  readonly lead: string;
  readonly step: number | null;
  /** As the body of a draft request says; null for events, which don't. */
  readonly attempt: number | null;
  readonly boot: number;
  readonly arrivedAt: number;
  readonly bodySha256: string;
  /** When the last byte of the answer was handed to the kernel; null as long as it was not. */
  answeredAt: number | null;
}

/** One delivery from its first byte on, finished or not. */
export interface Conversation {
  readonly boot: number;
  readonly openedAt: number;
  /** Known from the recipient's address on. */
  lead: string | null;
  /** Known once the whole message was there. */
  step: number | null;
  /** When acceptance was written. */
  answeredAt: number | null;
  /** When the connection was seen to end, by whichever side. */
  closedAt: number | null;
}

/** A message that the mail server has whole: from here on it counts as received. */
export interface SeenMail {
  readonly lead: string;
  readonly step: number;
  readonly draftId: string;
  /** Which answer to that draft the words come from, from 1. */
  readonly attempt: number;
  readonly at: number;
  readonly boot: number;
  readonly replyTo: string;
  readonly messageId: string;
  readonly subject: string;
}

/** One reply of a lead, handed in until it was taken. */
export interface SentReply {
  readonly lead: string;
  readonly toStep: number;
  readonly messageId: string;
  readonly firstTriedAt: number;
  tries: number;
  /** When the door said that it has it. */
  acceptedAt: number | null;
}

/** One SIGKILL of the whole system, or a reload of it. */
export interface Kill {
  readonly point: Point;
  /** When it was told to end: of a SIGKILL the same as `at`. */
  readonly beganAt: number;
  /** When nothing of it was left. */
  readonly at: number;
  readonly boot: number;
}

/** A sign of life that was asked for and came. */
export interface Heartbeat {
  readonly boot: number;
  readonly askedAt: number;
  readonly heardAt: number;
}

export function emptyRecord(): FarRecord {
  return { requests: [], conversations: [], mails: [], replies: [], kills: [], pulses: [], readyAt: [] };
}
