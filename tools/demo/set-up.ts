import { CadenceCreated } from "../../core/contract/cadence.ts";
import { Enrolled } from "../../core/contract/enrollment.ts";
import { Mailbox } from "../../core/contract/mailbox.ts";
import { PlainError } from "../plain-error.ts";
import type { Api } from "./api.ts";
import { inBatches } from "./in-batches.ts";
import type { Lead } from "./leads.ts";

/** Who sends; the name has letters that a header can't hold as they are. */
export const SENDER = { name: "Åsa Bergström", email: "asa@outreach.nordlicht.example" } as const;

/** Between two steps. Days in earnest: `delaySeconds` is for a demonstration like this one. */
export const DELAY_SECONDS = 3;

/** What was made for the demonstration. */
export interface SetUp {
  readonly cadenceId: string;
  readonly mailboxId: string;
  /** The endpoint's, shown this once. */
  readonly secret: string;
}

/** A mailbox that sends through the recipients' mail server, and a cadence of four steps with its endpoint. */
export async function setUp(api: Api, webhookUrl: string, smtpPort: number): Promise<SetUp> {
  const mailbox = await api.post(
    "/v1/mailboxes",
    {
      provider: "smtp",
      email: SENDER.email,
      fromName: SENDER.name,
      smtp: { host: "127.0.0.1", port: smtpPort, security: "none" },
    },
    Mailbox,
  );
  const hints = ["Offer the two pages.", "Give one number.", "Say what is on the second page.", "Close politely."];
  const steps = hints.map((promptHint, index) => ({
    ...{ kind: "email", draftStrategy: "webhook", promptHint },
    delaySeconds: index === 0 ? 0 : DELAY_SECONDS,
    ...(index === 0 ? {} : { condition: "no_reply_to_prev" }),
  }));
  const { cadence, webhookSecret } = await api.post(
    "/v1/cadences",
    { name: "Two pages – „kurz & gut“ 🙂", webhookUrl, businessHoursOnly: false, dailySendCap: 1_000, steps },
    CadenceCreated,
  );
  if (webhookSecret === null) throw new PlainError("The new cadence came without its endpoint's secret.");
  return { cadenceId: cadence.id, mailboxId: mailbox.id, secret: webhookSecret };
}

/** Enrolls every lead; gives the enrollments' ids by the leads' external ids. */
export async function enroll(
  api: Api,
  { cadenceId }: SetUp,
  leads: readonly Lead[],
): Promise<ReadonlyMap<string, string>> {
  const ids = await inBatches(leads, async (lead) => {
    const { externalId, name, email, timeZone, country, context } = lead;
    const body = {
      leadExternalId: externalId,
      leadName: name,
      leadEmail: email,
      leadTimeZone: timeZone,
      leadCountry: country,
      context,
    };
    const { enrollment } = await api.post(`/v1/cadences/${cadenceId}/enrollments`, body, Enrolled);
    return [externalId, enrollment.id] as const;
  });
  return new Map(ids);
}
