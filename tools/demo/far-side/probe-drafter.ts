import { Webhook } from "standardwebhooks";
import type { Probe, SeenRequest } from "./report.ts";

/**
 * Hands the drafter one genuine request again, signed anew by standardwebhooks, and forged ones beside it. Were the
 * forged ones taken, a passed signature check would mean nothing.
 */
export async function probeDrafter(drafterUrl: string, secret: string, genuine: SeenRequest): Promise<Probe[]> {
  const { webhookId, body } = genuine;
  const now = new Date();
  const old = new Date(now.getTime() - TEN_MINUTES_MS);
  const ours = new Webhook(secret);
  const stranger = new Webhook(`whsec_${Buffer.alloc(32, 7).toString("base64")}`);
  const send = async (
    what: string,
    expectedStatus: number,
    sent: string,
    headers: Record<string, string>,
  ): Promise<Probe> => {
    const response = await fetch(drafterUrl, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: sent,
    });
    await response.body?.cancel();
    return { what, expectedStatus, status: response.status };
  };
  const signed = (webhook: Webhook, at: Date) => ({
    "webhook-id": webhookId,
    "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
    "webhook-signature": webhook.sign(webhookId, at, body),
  });
  return [
    await send("a genuine retry", 200, body, signed(ours, now)),
    await send("a body with one letter changed", 401, body.replace("lead", "Lead"), signed(ours, now)),
    await send("a stale copy, signed ten minutes ago", 401, body, signed(ours, old)),
    await send("a body signed with another secret", 401, body, signed(stranger, now)),
    await send("a body without a signature", 401, body, {}),
  ];
}

const TEN_MINUTES_MS = 600_000;
