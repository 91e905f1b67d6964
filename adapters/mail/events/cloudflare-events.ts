import { z } from "zod";
import { type DeliveryEvent, reportedBounce } from "../../../core/mail/delivery-event.ts";
import type { DeliveryReport } from "../../d1/delivery-reports.ts";

const PREFIX = "cf.email.sending.message.";

/** An event of Cloudflare Email Service, as its event subscription puts it into a queue. */
const CloudflareEvent = z.looseObject({
  type: z.string().startsWith(PREFIX),
  payload: z.looseObject({
    eventId: z.string(),
    messageId: z.string(),
    sender: z.string(),
    recipient: z.string(),
    subject: z.string().default(""),
    delivery: z
      .looseObject({ smtpEnhancedStatusCode: z.string().nullish(), smtpResponse: z.string().nullish() })
      .nullish(),
    bounce: z.looseObject({ type: z.string().nullish(), reason: z.string().nullish() }).nullish(),
    rejection: z.looseObject({ reason: z.string().nullish() }).nullish(),
  }),
  metadata: z.looseObject({ eventTimestamp: z.string() }),
});
type Payload = z.infer<typeof CloudflareEvent>["payload"];

/** What one message of the queue says; null where it isn't an event that we know. */
export function readCloudflareEvent(body: unknown): DeliveryReport | null {
  const event = CloudflareEvent.safeParse(body);
  const at = event.success ? Date.parse(event.data.metadata.eventTimestamp) : Number.NaN;
  if (!event.success || Number.isNaN(at)) return null;
  const { type, payload } = event.data;
  const status = type.slice(PREFIX.length);
  return {
    id: payload.eventId,
    provider: "cloudflare",
    messageId: payload.messageId,
    sender: payload.sender.toLowerCase(),
    recipient: payload.recipient.toLowerCase(),
    subject: payload.subject,
    status,
    at,
    event: eventOf(status, payload, at),
  };
}

const KINDS: Readonly<Record<string, DeliveryEvent["kind"]>> = {
  delivered: "delivered",
  deferred: "delayed",
  bounced: "bounced",
  failed: "bounced",
  rejected: "bounced",
  complained: "complained",
};

function eventOf(status: string, payload: Payload, at: number): DeliveryEvent | null {
  const kind = KINDS[status];
  if (kind === undefined) return null;
  const recipient = payload.recipient.toLowerCase();
  return {
    kind,
    sendKey: null,
    providerMessageId: payload.messageId,
    wireMessageId: null,
    recipient,
    at,
    bounce: kind === "bounced" ? bounceOf(status, payload, recipient) : null,
  };
}

/** What they failed to send, or rejected by their own list, says nothing of the address. */
function bounceOf(status: string, { delivery, bounce, rejection }: Payload, recipient: string) {
  const judgement = status !== "bounced" ? "permanent" : bounce?.type === "hard" ? "dead" : "transient";
  const rejected = rejection?.reason === "suppressed" ? "on the suppression list" : rejection?.reason;
  const words = delivery?.smtpResponse ?? bounce?.reason ?? rejected ?? "";
  return reportedBounce({ recipient, judgement, status: delivery?.smtpEnhancedStatusCode ?? null, words });
}
