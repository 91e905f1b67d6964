import { CadenceCreated } from "../../../core/contract/cadence.ts";
import { Enrolled } from "../../../core/contract/enrollment.ts";
import { LinkedinAccountWithSecret } from "../../../core/contract/linkedin-account.ts";
import { Mailbox } from "../../../core/contract/mailbox.ts";
import { PlainError } from "../../plain-error.ts";
import type { Api } from "../api.ts";
import { inBatches } from "../in-batches.ts";
import { CAST, type Player } from "./cast.ts";
import { shortHours } from "./hours.ts";
import type { Linkedin } from "./linkedin.ts";

const HOURS_MINUTES = 5;
/** Between the message and the e-mail. Days in earnest. */
const MAIL_AFTER_SECONDS = 4;

/** A cadence by both ways, with its mailbox; gives its id. */
export async function makeCadence(api: Api, webhookUrl: string): Promise<string> {
  const mailbox = { provider: "sandbox", email: "asa@outreach.nordlicht.example", fromName: "Åsa Bergström" };
  await api.post("/v1/mailboxes", mailbox, Mailbox);
  const { cadence } = await api.post(
    "/v1/cadences",
    {
      ...{ name: "LinkedIn, then mail", webhookUrl, businessHoursOnly: false, dailySendCap: 1_000 },
      onLinkedinUnreachable: "skip",
      steps: [
        { kind: "linkedin_connect" },
        { kind: "linkedin_message", condition: "after_accept" },
        { kind: "email", delaySeconds: MAIL_AFTER_SECONDS },
      ],
    },
    CadenceCreated,
  );
  return cadence.id;
}

/** An account that acts through that LinkedIn, whose webhooks lead here; gives its id. */
export async function makeAccount(api: Api, name: string, linkedin: Linkedin): Promise<string> {
  const { apiUrl, apiKey, accountId } = linkedin;
  const pace = { perDay: 1_000, ramp: null, minGapSeconds: 0, gapSpreadSeconds: 0 };
  const { id, hookUrl, hookHeader, hookSecret } = await api.post(
    "/v1/linkedin-accounts",
    {
      ...{ provider: "unipile", name, ...shortHours(Date.now(), HOURS_MINUTES) },
      ...{ unipile: { apiUrl, apiKey, accountId }, messages: pace, invitations: { ...pace, perWeek: 7_000 } },
    },
    LinkedinAccountWithSecret,
  );
  if (hookUrl === null || hookHeader === null || hookSecret === null)
    throw new PlainError("The new LinkedIn account came without what its webhooks need.");
  const headers = [{ key: hookHeader.name, value: hookSecret }];
  for (const source of ["messaging", "users", "account_status"])
    await linkedin.order("webhook", { requestUrl: hookUrl, source, headers });
  return id;
}

/** Enrolls the cast, each with their account; gives the enrollments' ids by the leads' external ids. */
export async function enrollCast(
  api: Api,
  cadenceId: string,
  accountOf: (player: Player) => string,
): Promise<ReadonlyMap<string, string>> {
  const ids = await inBatches(CAST, async (player) => {
    const { externalId, name, publicId } = player;
    const lead = {
      ...{ leadExternalId: externalId, leadName: name, leadEmail: `${publicId}@lead.example` },
      ...{ leadLinkedinUrl: `https://www.linkedin.com/in/${publicId}`, sessionId: accountOf(player) },
    };
    return [
      externalId,
      (await api.post(`/v1/cadences/${cadenceId}/enrollments`, lead, Enrolled)).enrollment.id,
    ] as const;
  });
  return new Map(ids);
}
