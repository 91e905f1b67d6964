import type { Channel } from "./contract/step.ts";
import type { GateVerdict } from "./gates/gate.ts";
import type { Classification } from "./mail/inbound.ts";

/** One HTTP exchange as it crossed the wire. Secrets in the headers are masked before it gets here. */
export interface Exchange {
  readonly endpointId: string | null;
  readonly url: string;
  readonly startedAt: number;
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly requestBody: string;
  /** Null when no response came. */
  readonly status: number | null;
  readonly responseHeaders: Readonly<Record<string, string>>;
  /** The first 64 KiB; base64 when the bytes aren't UTF-8. */
  readonly responseBody: string;
  readonly responseEncoding: "utf-8" | "base64";
  /** Of all that was read (at most 256 KiB), which may be more than is kept; so is the hash, lower-case hex. */
  readonly responseBytes: number;
  readonly responseSha256: string;
  readonly responseCut: boolean;
  readonly firstByteMs: number | null;
  readonly totalMs: number;
  readonly traceId: string;
  /** How it ended on the wire: `answered`, or the failure's kind. */
  readonly outcome: string;
  readonly reason: string | null;
}

/** One message of the conversation. */
export interface ThreadMessage {
  readonly id: string;
  readonly direction: "out" | "in";
  readonly at: number;
  readonly channel: Channel;
  readonly subject: string | null;
  readonly text: string;
  /** RFC 5322 Message-ID with angle brackets, where known. */
  readonly messageId: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly step: number | null;
  readonly draftId: string | null;
  readonly classification: Classification | null;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** One line of the log; the order within an enrollment is the order of commits. */
export type JournalEntry =
  | {
      readonly kind: "exchange";
      readonly at: number;
      readonly about: "draft" | "event";
      /** The draft's or event's id: the `webhook-id`. */
      readonly subjectId: string;
      readonly eventType: string;
      readonly step: number | null;
      readonly attempt: number;
      readonly exchange: Exchange;
      readonly outcome: string;
      readonly reason: string | null;
      /** What it led to, in one word or two. */
      readonly decision: string;
    }
  | {
      readonly kind: "message";
      readonly at: number;
      readonly step: number | null;
      readonly message: ThreadMessage;
      /** Of a message of ours: the gates that let it pass, as they stood. */
      readonly gates?: readonly GateVerdict[];
    }
  | {
      readonly kind: "note";
      readonly at: number;
      readonly step: number | null;
      readonly code: string;
      readonly subjectId: string | null;
      readonly by: string;
      readonly detail: Readonly<Record<string, unknown>>;
      readonly gates?: readonly GateVerdict[];
    };
