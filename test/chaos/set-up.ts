import { z } from "zod";
import { CadenceCreated } from "../../core/contract/cadence.ts";
import { type Api, openApi } from "../../tools/demo/api.ts";

/** How the system sends in this run. */
export type ProviderName = "smtp" | "idempotent";

export type OnAmbiguous = "assume_sent" | "hold" | "resend_after";

/** What the run needs to know to make its mailbox and cadence. */
export interface SetUpSettings {
  readonly provider: ProviderName;
  /** Of the mail server or the mail API, by `provider`. */
  readonly mailPort: number;
  readonly webhookUrl: string;
  readonly steps: number;
  readonly onAmbiguous: OnAmbiguous;
}

/** Between two steps: enough for a reply to fall in between, not so much that a run takes an hour. */
const STEP_DELAY_SECONDS = 1;
const CAP = 100_000;

/** A mailbox and a published cadence; returns the cadence's id. */
export async function setUp(url: string, key: string, settings: SetUpSettings): Promise<string> {
  const api: Api = openApi(url, key);
  await api.post("/v1/mailboxes", mailbox(settings), z.object({ id: z.string() }));
  const steps = Array.from({ length: settings.steps }, (_, index) => ({
    ...{ kind: "email", draftStrategy: "webhook" },
    delaySeconds: index === 0 ? 0 : STEP_DELAY_SECONDS,
  }));
  const { webhookUrl, onAmbiguous } = settings;
  const body = { name: "Chaos", webhookUrl, businessHoursOnly: false, dailySendCap: CAP, onAmbiguous, steps };
  const { cadence } = await api.post("/v1/cadences", body, CadenceCreated);
  return cadence.id;
}

function mailbox({ provider, mailPort }: SetUpSettings): Record<string, unknown> {
  const sender = { email: "sender@chaos.example", fromName: "Chaos" };
  switch (provider) {
    case "smtp":
      return { provider: "smtp", ...sender, smtp: { host: "127.0.0.1", port: mailPort, security: "none" } };
    case "idempotent":
      return {
        provider: "resend",
        ...sender,
        resend: { apiKey: "re_chaos_0123456789", apiUrl: `http://127.0.0.1:${mailPort}` },
      };
  }
}
