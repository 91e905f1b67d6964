import { type EndpointRecord, type Looked, lookUp, type MailboxRecord } from "../../adapters/d1/facts.ts";
import type { CadenceVersion } from "../../core/cadence.ts";
import type { Enrollment } from "../../core/enrollment.ts";
import type { EnrollmentStore } from "../enrollment-store.ts";

/** How long D1 may take to say what it knows; after that it counts as unreadable. */
const LOOK_TIMEOUT_MS = 10_000;

/** What an effect is performed with. `look` asks D1 once more; `known` is what the last look of this run found. */
export interface Surroundings {
  readonly env: Env;
  readonly store: EnrollmentStore;
  readonly state: Enrollment;
  readonly cadence: CadenceVersion;
  readonly known: { endpoint: EndpointRecord | null; mailbox: MailboxRecord | null };
  readonly look: () => Promise<Looked>;
}

/** One look at D1 for this enrollment, bounded in time. */
export async function lookAround(env: Env, state: Enrollment, cadence: CadenceVersion): Promise<Looked> {
  const subject = {
    tenantId: state.tenantId,
    mode: state.mode,
    cadenceId: cadence.id,
    endpointId: cadence.endpointId,
    mailboxId: state.mailboxId,
    leadEmail: state.lead.email,
  };
  // The timer must not outlive the look: as long as it runs, the object stays in memory and is billed.
  const patience = new AbortController();
  const over = scheduler
    .wait(LOOK_TIMEOUT_MS, { signal: patience.signal })
    .then(() => Promise.reject(new Error(`D1 gave no answer in ${LOOK_TIMEOUT_MS} ms`)));
  over.catch(() => undefined);
  try {
    return await Promise.race([lookUp(env.DB, subject), over]);
  } finally {
    patience.abort();
  }
}

/** The error's own words, for the log. */
export function saying(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
