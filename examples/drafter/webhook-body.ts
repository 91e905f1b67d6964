/** What of a draft request this drafter reads; there is more in it (see /docs of your installation). */
export interface DraftRequest {
  readonly type: "cadence.step.draft.requested";
  readonly attempt: number;
  /** Set when an earlier draft of this step was deferred or sent back by a person. */
  readonly previousDraftId: string | null;
  /** Where the answer goes after a 202. */
  readonly completionUrl: string;
  readonly enrollment: Enrollment & {
    readonly leadName: string | null;
    /** As you gave it when you enrolled the lead. */
    readonly context: Readonly<Record<string, unknown>>;
  };
  readonly step: {
    readonly index: number;
    readonly kind: string;
    readonly promptHint: string | null;
    /** What fits: 300 characters, or 200, for the note of a LinkedIn invitation. */
    readonly maxChars: number | null;
  };
  readonly thread: { readonly messages: readonly { readonly direction: "out" | "in"; readonly text: string }[] };
}

/** Something that happened: `cadence.step.fired`, `cadence.lead.replied` and so on. */
export interface CadenceEvent {
  readonly type: string;
  readonly enrollment: Enrollment;
}

export type WebhookBody = DraftRequest | CadenceEvent;

interface Enrollment {
  readonly leadExternalId: string;
}

/** The verified JSON as one of ours. The signature vouches for its shape, so that only what we branch on is looked at. */
export function parseWebhook(json: unknown): WebhookBody {
  if (typeof json === "object" && json !== null && "type" in json && "enrollment" in json) return json as WebhookBody;
  throw new Error("a signed request without type or enrollment");
}

/** Whether an answer with words is expected. */
export function isDraftRequest(body: WebhookBody): body is DraftRequest {
  return body.type === "cadence.step.draft.requested";
}
