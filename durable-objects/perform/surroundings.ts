import { tombstoneHash } from "../../adapters/crypto/tombstone.ts";
import {
  type EndpointRecord,
  type LinkedinRecord,
  type Looked,
  lookUp,
  type MailboxRecord,
} from "../../adapters/d1/facts.ts";
import type { CadenceVersion } from "../../core/cadence.ts";
import type { Enrollment } from "../../core/enrollment.ts";
import type { LinkedinFacts } from "../../core/linkedin/account.ts";
import { atMost } from "../at-most.ts";
import type { EnrollmentStore } from "../enrollment-store.ts";

/** How long D1 may take to say what it knows; after that it counts as unreadable. */
const LOOK_TIMEOUT_MS = 10_000;

/** What an effect is performed with. `look` asks D1 once more; `known` is what the last look of this run found. */
export interface Surroundings {
  readonly env: Env;
  readonly store: EnrollmentStore;
  readonly state: Enrollment;
  readonly cadence: CadenceVersion;
  readonly known: {
    endpoint: EndpointRecord | null;
    mailbox: MailboxRecord | null;
    linkedin: LinkedinRecord | null;
    account: LinkedinFacts | null;
  };
  readonly look: () => Promise<Looked>;
  /** Work that nothing in hand waits for; the run stays until it has ended. It is bounded in time and never rejects. */
  readonly besides: (work: Promise<void>) => void;
}

/** One look at D1 for this enrollment, bounded in time. */
export async function lookAround(env: Env, state: Enrollment, cadence: CadenceVersion): Promise<Looked> {
  const { email } = state.lead;
  const subject = {
    tenantId: state.tenantId,
    mode: state.mode,
    cadenceId: cadence.id,
    endpointId: cadence.endpointId,
    mailboxId: state.mailboxId,
    linkedinAccountId: state.linkedinAccountId ?? null,
    leadEmail: email,
    verifiesDomains: env.VERIFY_FROM_DOMAINS === "on",
    enrollmentId: state.id,
    now: Date.now(),
    tombstone: email === null ? null : await tombstoneHash(env, state.tenantId, email),
  };
  return atMost(LOOK_TIMEOUT_MS, "D1", () => lookUp(env.DB, subject));
}

/** The error's own words, for the log. */
export function saying(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
