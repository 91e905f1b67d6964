import type { ContactRef, Enrollment, PlaceRef, SlotRef, Words } from "./enrollment.ts";
import type { DraftPurpose, Lane, Purpose } from "./events.ts";
import type { Facts } from "./facts.ts";
import type { ContactQuestion } from "./gates/contact.ts";
import type { GateVerdict } from "./gates/gate.ts";
import type { JournalEntry, ThreadMessage } from "./journal.ts";
import type { LinkedinFacts } from "./linkedin/account.ts";
import type { AccountTrouble, OutgoingLinkedin } from "./linkedin/provider.ts";
import type { PlaceAsk } from "./pace/ask-place.ts";
import type { ProblemCode } from "./problems.ts";

/** Please do it. Each is done after the commit that asked for it, and answers with one event. */
export type Effect =
  | { readonly type: "read_facts"; readonly purpose: Purpose }
  | {
      readonly type: "reserve_slot";
      readonly purpose: Purpose;
      readonly facts: Facts;
      readonly slot: SlotRef;
      readonly cap: number;
      /** What the whole tenant may send that day, while it is new; null for no such bound. */
      readonly tenantCap: number | null;
      readonly opensAt: number;
    }
  | { readonly type: "release_slot"; readonly slot: SlotRef | PlaceRef }
  | {
      readonly type: "ask_place";
      readonly purpose: Exclude<Purpose, { readonly to: "retry" }>;
      readonly facts: Facts;
      readonly mailboxId: string;
      readonly ask: PlaceAsk;
    }
  | {
      readonly type: "ask_contacts";
      readonly purpose: Exclude<Purpose, { to: "retry" }>;
      readonly facts: Facts;
      readonly question: ContactQuestion;
      /** Which message is counted where there is room; null: it is only looked at. */
      readonly sendKey: string | null;
      /** The gates that were open so far. */
      readonly gates: readonly GateVerdict[];
    }
  | { readonly type: "release_contact"; readonly contact: ContactRef }
  /** The person's other enrollments are to know of a reply. */
  | { readonly type: "note_reply"; readonly emails: readonly string[]; readonly repliedAt: number }
  | {
      readonly type: "ask_breaker";
      readonly purpose: DraftPurpose;
      readonly facts: Facts;
      readonly endpointId: string;
      /** What this breaker last told to wait because the endpoint was down, in milliseconds; 0 when it didn't. */
      readonly restedMs: number;
      /** It last told to wait for a place. */
      readonly isQueued: boolean;
    }
  /** The breaker's leave for an attempt that isn't made, given back. */
  | { readonly type: "leave_place"; readonly endpointId: string }
  /** Who is behind the lead's profile on LinkedIn, and whether the account is connected with them. */
  | {
      readonly type: "find_profile";
      readonly purpose: Exclude<Purpose, { readonly to: "retry" }>;
      readonly facts: Facts;
      readonly account: LinkedinFacts;
      readonly identifier: string;
    }
  /** The LinkedIn account can't act until somebody sees to it. */
  | { readonly type: "pause_account"; readonly accountId: string; readonly trouble: AccountTrouble }
  /** LinkedIn itself has said that it is enough of these for now. */
  | {
      readonly type: "rest_account";
      readonly accountId: string;
      readonly what: "invitations" | "messages";
      readonly until: number;
    }
  | { readonly type: "request_draft"; readonly draftId: string; readonly attempt: number }
  | {
      readonly type: "compose_message";
      readonly lane: Lane;
      readonly sendKey: string;
      readonly words: Words;
      readonly subject: string;
      readonly inThread: boolean;
      /** The gates that let it pass, as they stood; kept with the message. */
      readonly gates: readonly GateVerdict[];
    }
  /** The same for LinkedIn: to a profile instead of an address. */
  | {
      readonly type: "compose_linkedin";
      readonly lane: Lane;
      readonly sendKey: string;
      readonly words: Words;
      readonly outgoing: OutgoingLinkedin;
      readonly gates: readonly GateVerdict[];
    }
  | {
      readonly type: "send_message";
      readonly lane: Lane;
      readonly sendKey: string;
      readonly provider: string;
      /** A repeat that is safe only where its key is known again: through no other account than this. Null where any will do. */
      readonly onlyBy: string | null;
    }
  | {
      readonly type: "look_message_up";
      readonly lane: Lane;
      readonly sendKey: string;
      /** How many looks this makes: its answer is told apart by it from one to an earlier look. */
      readonly look: number;
      readonly provider: string;
      readonly account: string;
    }
  | { readonly type: "deliver_event"; readonly deliveryId: string; readonly attempt: number }
  | { readonly type: "disable_endpoint"; readonly endpointId: string; readonly reason: string }
  | { readonly type: "forget_everything" };

/** What is written beside the state, in the same commit. */
export type Write =
  | { readonly type: "journal"; readonly entry: JournalEntry }
  | { readonly type: "keep_text"; readonly key: string; readonly text: string }
  | { readonly type: "drop_text"; readonly key: string }
  | { readonly type: "keep_message"; readonly message: ThreadMessage };

/** What one event led to. `refusal` is the answer to whoever asked for something that can't be had. */
export interface Transition {
  readonly state: Enrollment;
  readonly writes: readonly Write[];
  readonly effects: readonly Effect[];
  readonly refusal: { readonly code: ProblemCode; readonly detail: string } | null;
}

const LOOKS: ReadonlySet<Effect["type"]> = new Set([
  "read_facts",
  "ask_breaker",
  "reserve_slot",
  "ask_contacts",
  "ask_place",
  "find_profile",
  "compose_message",
  "compose_linkedin",
]);

/** Effects that only look: a crash before the next commit repeats the look and nothing else. */
export function onlyLooks(effects: readonly Effect[]): boolean {
  return effects.length > 0 && effects.every(({ type }) => LOOKS.has(type));
}
