import type { CadenceVersion } from "../cadence.ts";
import type { Enrollment } from "../enrollment.ts";
import type { Facts } from "../facts.ts";
import { companyOf, type FrequencyLimit } from "../frequency.ts";
import type { GateVerdict } from "./gate.ts";

/** What is asked of the objects of a person and their company before a message. */
export interface ContactQuestion {
  /** The person's address. */
  readonly to: string;
  /** Those that the person had before: what was sent there within the limit's span counts, too. Absent for none. */
  readonly formerly?: readonly string[];
  /** Null: nothing bounds it, and nothing is counted. */
  readonly person: FrequencyLimit | null;
  readonly company: (FrequencyLimit & { readonly domain: string }) | null;
  /** Replies of the person in other enrollments from here on (ms) end this one; null: they don't. */
  readonly repliesFrom: number | null;
}

/** What they say. Times in milliseconds. */
export type ContactAnswer =
  | { readonly kind: "free" }
  | {
      readonly kind: "limit";
      readonly of: "person" | "company";
      /** Messages within the limit's span. */
      readonly counted: number;
      readonly freeAt: number;
    }
  | { readonly kind: "replied"; readonly enrollmentId: string; readonly repliedAt: number };

/** What has to be asked about a message of the cadence; null where nothing depends on it, so that it costs nothing. */
export function contactQuestion(state: Enrollment, cadence: CadenceVersion, facts: Facts): ContactQuestion | null {
  const to = state.lead.email;
  if (to === null) return null;
  const { person, company } = facts.tenant.frequencyLimits;
  const { exitOnReply, exitOnReplyElsewhere } = cadence.settings;
  const hearsReplies = exitOnReply && exitOnReplyElsewhere !== false && facts.isEnrolledElsewhere;
  const domain = company === null ? null : companyOf(to);
  const formerly = person === null ? [] : state.formerEmails;
  const asked: ContactQuestion = {
    to,
    ...(formerly.length === 0 ? {} : { formerly }),
    person,
    company: company === null || domain === null ? null : { ...company, domain },
    repliesFrom: hearsReplies ? state.enrolledAt : null,
  };
  return asked.person === null && asked.company === null && !hearsReplies ? null : asked;
}

/** Their answer as a gate's verdict. */
export function contactVerdict(question: ContactQuestion, answer: ContactAnswer): GateVerdict {
  const { person, company } = question;
  const bounds = {
    person: person === null ? null : { messages: person.messages, days: person.days },
    company: company === null ? null : { domain: company.domain, messages: company.messages, days: company.days },
  };
  if (answer.kind === "free") return { gate: "contact", read: bounds, verdict: "pass" };
  if (answer.kind === "replied") {
    const repliedAt = new Date(answer.repliedAt).toISOString();
    return {
      gate: "contact",
      read: { repliedIn: answer.enrollmentId, repliedAt },
      verdict: "stop",
      reason: "replied_elsewhere",
      detail: `the same person replied in ${answer.enrollmentId}`,
    };
  }
  const { counted, of, freeAt } = answer;
  const bound = bounds[of];
  return {
    gate: "contact",
    read: { ...bound, counted },
    verdict: "wait",
    until: freeAt,
    reason: of === "person" ? "person_limit_reached" : "company_limit_reached",
  };
}
