import { z } from "zod";
import { type DeliveryEvent, reportedBounce } from "../../../core/mail/delivery-event.ts";
import { toHex } from "../../crypto/bytes.ts";
import { equalInConstantTime, hmacSha256 } from "../../crypto/hmac.ts";
import { type EventsRead, jsonOf, notUnderstood, type ProviderCall, unproven } from "./provider-call.ts";
import { sendKeyOfMessageId } from "./send-key.ts";

/**
 * They try for 485 minutes, and by all reports with the first try's signature (their page "Securing Webhooks" says only
 * not to be strict), so five minutes would lose what an hour's outage of ours delayed. What comes twice is heard once.
 */
const TOLERANCE_MS = 9 * 3_600_000;
/** How far their clock may be ahead of ours. */
const AHEAD_MS = 5 * 60_000;

/**
 * Reads a webhook of Mailgun. `secret` is the account's HTTP webhook signing key. It signs a time and a token and nothing
 * of the event, so whoever else gets the customer's webhooks can make up events of the same customer's messages.
 */
export async function readMailgunEvents({ body }: ProviderCall, secret: string, now: number): Promise<EventsRead> {
  const json = jsonOf(body);
  const forged = await findForgery(json, secret, now);
  if (forged !== null) return unproven(forged);
  const read = Webhook.safeParse(json);
  if (!read.success) return notUnderstood(z.prettifyError(read.error));
  const data = read.data["event-data"];
  const kind = kindOf(data);
  const messageId = data.message?.headers?.["message-id"];
  const sendKey = sendKeyOfMessageId(messageId);
  if (kind === null || sendKey === null || data.recipient === undefined) return { ok: true, events: [] };
  const recipient = data.recipient.toLowerCase();
  const event: DeliveryEvent = {
    kind,
    sendKey,
    providerMessageId: messageId ?? null,
    wireMessageId: messageId === undefined ? null : `<${messageId}>`,
    recipient,
    at: data.timestamp === undefined ? now : Math.round(data.timestamp * 1_000),
    bounce: kind === "bounced" ? bounceOf(data, recipient) : null,
  };
  return { ok: true, events: [event] };
}

const Signed = z.looseObject({
  signature: z.looseObject({
    timestamp: z.union([z.string(), z.number()]).transform(String),
    token: z.string(),
    signature: z.string(),
  }),
});

const Data = z.looseObject({
  event: z.string(),
  severity: z.string().nullish(),
  reason: z.string().nullish(),
  /** Seconds since the epoch, with a fraction. */
  timestamp: z.number().optional(),
  recipient: z.string().optional(),
  message: z
    .looseObject({
      headers: z
        .looseObject({
          "message-id": z
            .string()
            .transform((id) => id.replace(/^<|>$/g, ""))
            .optional(),
        })
        .optional(),
    })
    .optional(),
  "delivery-status": z
    .looseObject({
      message: z.string().nullish(),
      description: z.string().nullish(),
      "enhanced-code": z.string().nullish(),
      "bounce-type": z.string().nullish(),
    })
    .nullish(),
  reject: z.looseObject({ reason: z.string().nullish(), description: z.string().nullish() }).nullish(),
});
type Data = z.infer<typeof Data>;

const Webhook = z.looseObject({ "event-data": Data });

const KINDS: Readonly<Record<string, DeliveryEvent["kind"]>> = {
  delivered: "delivered",
  failed: "bounced",
  rejected: "bounced",
  complained: "complained",
  unsubscribed: "unsubscribed",
};

function kindOf({ event, severity, reason }: Data): DeliveryEvent["kind"] | null {
  // After the last try, too, a failure may be called temporary.
  if (event === "failed" && severity === "temporary" && reason !== "old") return "delayed";
  return KINDS[event] ?? null;
}

function bounceOf(data: Data, recipient: string) {
  const { reject, reason, "delivery-status": status } = data;
  const said = [status?.message, status?.description, reject?.description, reject?.reason].find(isSaid);
  const words = reason?.startsWith("suppress-") ? `on the suppression list (${reason}): ${said ?? ""}` : (said ?? "");
  const enhanced = /^[245]\.\d{1,3}\.\d{1,3}$/.exec(status?.["enhanced-code"] ?? "")?.[0] ?? null;
  return reportedBounce({ recipient, judgement: judgementOf(data), status: enhanced, words: words.trim() });
}

/** Any refusal in the 5xx is a `bounce` for them; the server's words tell whether it was the address. */
function judgementOf({ event, reason, "delivery-status": status }: Data): "dead" | "permanent" | "transient" {
  if (event === "failed" && reason === "old") return "transient";
  return event === "failed" && reason === "bounce" && status?.["bounce-type"] !== "soft" ? "dead" : "permanent";
}

function isSaid(text: string | null | undefined): text is string {
  return text != null && text !== "";
}

async function findForgery(json: unknown, secret: string, now: number): Promise<string | null> {
  const read = Signed.safeParse(json);
  if (!read.success) return "the signature is missing";
  const { timestamp, token, signature } = read.data.signature;
  const age = now - Number(timestamp) * 1_000;
  if (!(age <= TOLERANCE_MS && age >= -AHEAD_MS)) return "it was signed more than nine hours ago, or in the future";
  const own = toHex(await hmacSha256(new TextEncoder().encode(secret), `${timestamp}${token}`));
  return (await equalInConstantTime(signature.toLowerCase(), own))
    ? null
    : "the signature is of another key than the HTTP webhook signing key that was saved";
}
