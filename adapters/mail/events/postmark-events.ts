import { z } from "zod";
import { type DeliveryEvent, reportedBounce } from "../../../core/mail/delivery-event.ts";
import { equalInConstantTime } from "../../crypto/hmac.ts";
import { REFERENCE_FIELD } from "../providers/reference.ts";
import { type EventsRead, jsonOf, notUnderstood, type ProviderCall, timeOf, unproven } from "./provider-call.ts";

/**
 * Reads a webhook of Postmark, which signs nothing: it shows the password that its URL was saved with
 * (`https://drafthook:SECRET@…`), as HTTP Basic authentication.
 */
export async function readPostmarkEvents(call: ProviderCall, secret: string, now: number): Promise<EventsRead> {
  if (!(await isShown(call.headers, secret)))
    return unproven("the password is missing or another one: put it into the webhook's URL at Postmark");
  const read = Webhook.safeParse(jsonOf(call.body));
  if (!read.success) return notUnderstood(z.prettifyError(read.error));
  const { data } = read;
  const recipient = (data.Email ?? data.Recipient)?.toLowerCase();
  const sendKey = data.Metadata?.[REFERENCE_FIELD] ?? null;
  const kind = kindOf(data);
  if (kind === null || sendKey === null || recipient === undefined) return { ok: true, events: [] };
  const event: DeliveryEvent = {
    kind,
    sendKey,
    providerMessageId: data.MessageID ?? null,
    wireMessageId: null,
    recipient,
    at: timeOf(data.BouncedAt ?? data.DeliveredAt, now),
    bounce: kind === "bounced" ? bounceOf(data, recipient) : null,
  };
  return { ok: true, events: [event] };
}

const Webhook = z.looseObject({
  RecordType: z.string(),
  MessageID: z.string().optional(),
  Type: z.string().optional(),
  Email: z.string().optional(),
  Recipient: z.string().optional(),
  Description: z.string().optional(),
  Details: z.string().optional(),
  BouncedAt: z.string().optional(),
  DeliveredAt: z.string().optional(),
  SuppressSending: z.boolean().optional(),
  Origin: z.string().optional(),
  Metadata: z.record(z.string(), z.string()).optional(),
});
type Webhook = z.infer<typeof Webhook>;

/** Postmark counts answers of machines and wishes of people among bounces; none of them says that a message is lost. */
const NO_BOUNCES: ReadonlySet<string> = new Set([
  "AutoResponder",
  "Unsubscribe",
  "Subscribe",
  "ChallengeVerification",
  "OpenRelayTest",
]);
const DEAD: ReadonlySet<string> = new Set(["HardBounce", "BadEmailAddress"]);
const TRANSIENT: ReadonlySet<string> = new Set(["Transient", "SoftBounce", "DnsError", "AddressChange", "Unknown"]);

function kindOf({ RecordType, Type, SuppressSending, Origin }: Webhook): DeliveryEvent["kind"] | null {
  // By the link that Postmark puts into mail of a broadcast stream; bounces and complaints are told by themselves too.
  if (RecordType === "SubscriptionChange")
    return SuppressSending === true && Origin === "Recipient" ? "unsubscribed" : null;
  if (RecordType === "Delivery") return "delivered";
  if (RecordType === "SpamComplaint" || Type === "SpamComplaint") return "complained";
  return RecordType === "Bounce" && Type !== undefined && !NO_BOUNCES.has(Type) ? "bounced" : null;
}

function bounceOf({ Type = "", Details = "", Description = "" }: Webhook, recipient: string) {
  const judgement = DEAD.has(Type) ? "dead" : TRANSIENT.has(Type) ? "transient" : "permanent";
  return reportedBounce({ recipient, judgement, status: null, words: Details === "" ? Description : Details });
}

async function isShown(headers: Headers, secret: string): Promise<boolean> {
  const [scheme, credentials] = (headers.get("authorization") ?? "").split(" ");
  if (scheme?.toLowerCase() !== "basic" || credentials === undefined) return false;
  const said = decoded(credentials);
  return said !== null && equalInConstantTime(said.slice(said.indexOf(":") + 1), secret);
}

function decoded(base64: string): string | null {
  try {
    return atob(base64);
  } catch {
    return null;
  }
}
