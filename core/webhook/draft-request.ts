import type { CadenceVersion } from "../cadence.ts";
import {
  ATTEMPT_TIMEOUT_MS,
  DRAFT_REQUEST_BYTES_MAX,
  THREAD_BYTES_MAX,
  THREAD_MESSAGES_MAX,
} from "../contract/limits.ts";
import type { Channel } from "../contract/step.ts";
import type { Draft, Enrollment, Mode } from "../enrollment.ts";
import type { ThreadMessage } from "../journal.ts";
import { utf8Bytes, utf8Head } from "../utf8.ts";

/** One message of the conversation as the customer sees it. */
export interface ThreadLine {
  readonly direction: "out" | "in";
  readonly at: string;
  readonly channel: Channel;
  readonly subject: string | null;
  readonly text: string;
}

/** What of an enrollment stands in a request; a test call is for none that is. */
export type Asking = Pick<Enrollment, "id" | "lead" | "step" | "thread"> & { readonly mode: Mode | "test" };

/** The body of one attempt as JSON text, under 64 KiB (contract.md section 1). `completionUrl` carries the token; `charactersMax` is the channel's own bound. */
export function draftRequestBody(
  state: Asking,
  cadence: Pick<CadenceVersion, "id" | "name" | "version" | "steps">,
  draft: Draft,
  now: number,
  completionUrl: string,
  thread: readonly ThreadMessage[],
  charactersMax: number | null = null,
): string {
  const step = cadence.steps[state.step];
  const { lead } = state;
  const request = {
    type: "cadence.step.draft.requested",
    id: draft.id,
    attempt: draft.attempt,
    deadline: new Date(now + ATTEMPT_TIMEOUT_MS).toISOString(),
    expiresAt: new Date(draft.expiresAt).toISOString(),
    completionUrl,
    mode: state.mode,
    previousDraftId: draft.previousDraftId,
    cadence: { id: cadence.id, name: cadence.name, version: cadence.version },
    enrollment: {
      id: state.id,
      leadExternalId: lead.externalId,
      leadName: lead.name,
      leadEmail: lead.email,
      leadLinkedinUrl: lead.linkedinUrl,
      leadTimeZone: lead.timeZone,
      leadCountry: lead.country,
      currentStep: state.step,
      context: lead.context,
    },
    step: {
      index: state.step,
      kind: step?.kind ?? "email",
      promptHint: step?.promptHint ?? null,
      maxChars: atMostOf(step?.maxChars ?? null, charactersMax),
    },
  };
  let lines = threadLines(thread);
  for (;;) {
    const body = JSON.stringify({ ...request, thread: { subject: state.thread.subject, messages: lines } });
    if (lines.length === 0 || utf8Bytes(body) < DRAFT_REQUEST_BYTES_MAX) return body;
    lines = lines.slice(1);
  }
}

function atMostOf(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.min(one, other);
}

/** The conversation so far, newest last: at most 20 messages and 32 KiB of text; what is older falls off first. */
export function threadLines(thread: readonly ThreadMessage[]): ThreadLine[] {
  let room = THREAD_BYTES_MAX;
  const lines: ThreadLine[] = [];
  for (const message of thread.slice(-THREAD_MESSAGES_MAX).toReversed()) {
    if (room <= 0) break;
    const { cleanText } = message.detail;
    const whole =
      message.direction === "in" && typeof cleanText === "string" && cleanText !== "" ? cleanText : message.text;
    const text = utf8Head(whole, room);
    if (text === "" && whole !== "") break;
    // Nothing older comes before a message that was cut.
    room = text === whole ? room - utf8Bytes(text) : 0;
    lines.unshift({
      direction: message.direction,
      at: new Date(message.at).toISOString(),
      channel: message.channel,
      subject: message.subject,
      text,
    });
  }
  return lines;
}
