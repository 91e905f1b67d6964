import { z } from "zod";
import { type DeliveryEvent, reportedBounce } from "../../../core/mail/delivery-event.ts";
import { equalInConstantTime, hmacSha256 } from "../../crypto/hmac.ts";
import { REFERENCE_FIELD } from "../providers/reference.ts";
import { type EventsRead, jsonOf, notUnderstood, type ProviderCall, timeOf, unproven } from "./provider-call.ts";

/** Standard Webhooks: an older signature may be somebody's copy. */
const TOLERANCE_MS = 5 * 60_000;

/**
 * Reads a webhook of Resend, signed as Standard Webhooks has it (by Svix, with its header names). `secret` is the
 * webhook's signing secret, `whsec_` and base64.
 */
export async function readResendEvents(call: ProviderCall, secret: string, now: number): Promise<EventsRead> {
  const forged = await findForgery(call, secret, now);
  if (forged !== null) return unproven(forged);
  const json = jsonOf(call.body);
  const typed = Typed.safeParse(json);
  if (!typed.success) return notUnderstood(z.prettifyError(typed.error));
  const { type } = typed.data;
  const kind = KINDS[type];
  if (kind === undefined) return { ok: true, events: [] };
  const read = Webhook.safeParse(json);
  if (!read.success) return notUnderstood(z.prettifyError(read.error));
  const { created_at, data } = read.data;
  const sendKey = keyIn(data.tags);
  if (sendKey === null) return { ok: true, events: [] };
  const about = {
    kind,
    sendKey,
    providerMessageId: data.email_id,
    wireMessageId: data.message_id ?? null,
    at: timeOf(created_at, now),
  };
  return { ok: true, events: data.to.map((to) => eventOf(about, to.toLowerCase(), type, data)) };
}

const KINDS: Readonly<Record<string, DeliveryEvent["kind"]>> = {
  "email.delivered": "delivered",
  "email.delivery_delayed": "delayed",
  "email.bounced": "bounced",
  "email.failed": "bounced",
  "email.suppressed": "bounced",
  "email.complained": "complained",
};

const Data = z.looseObject({
  email_id: z.string(),
  message_id: z.string().optional(),
  to: z.array(z.string()),
  // A list as the documentation shows it, and a record as older deliveries have it.
  tags: z
    .union([z.array(z.looseObject({ name: z.string(), value: z.string() })), z.record(z.string(), z.string())])
    .optional(),
  bounce: z
    .looseObject({
      type: z.string().optional(),
      subType: z.string().optional(),
      message: z.string().optional(),
      diagnosticCode: z.array(z.string()).optional(),
    })
    .optional(),
  failed: z.looseObject({ reason: z.string().optional() }).optional(),
  suppressed: z.looseObject({ type: z.string().optional(), message: z.string().optional() }).optional(),
});
type Data = z.infer<typeof Data>;

/** Of contacts and domains it tells as well, in other forms. */
const Typed = z.looseObject({ type: z.string() });

const Webhook = z.looseObject({ created_at: z.string().optional(), data: Data });

function keyIn(tags: Data["tags"]): string | null {
  if (tags === undefined) return null;
  if (!Array.isArray(tags)) return tags[REFERENCE_FIELD] ?? null;
  return tags.find(({ name }) => name === REFERENCE_FIELD)?.value ?? null;
}

function eventOf(
  about: Omit<DeliveryEvent, "recipient" | "bounce">,
  recipient: string,
  type: string,
  data: Data,
): DeliveryEvent {
  if (about.kind !== "bounced") return { ...about, recipient, bounce: null };
  const { bounce, failed, suppressed } = data;
  const words = [...(bounce?.diagnosticCode ?? []), bounce?.message ?? failed?.reason ?? suppressed?.message ?? ""];
  const judgement = type === "email.bounced" ? judgementOf(bounce) : "permanent";
  return {
    ...about,
    recipient,
    bounce: reportedBounce({ recipient, judgement, status: null, words: words.join("\n").trim() }),
  };
}

/** Resend hands on what Amazon SES says: of its subtypes only these speak of the address and not of a list of theirs. */
function judgementOf(bounce: Data["bounce"]): "dead" | "permanent" | "transient" {
  if (bounce?.type !== "Permanent") return "transient";
  return bounce.subType === "Suppressed" || bounce.subType === "OnAccountSuppressionList" ? "permanent" : "dead";
}

async function findForgery({ headers, body }: ProviderCall, secret: string, now: number): Promise<string | null> {
  const [id, timestamp, signatures] = ["id", "timestamp", "signature"].map(
    (name) => headers.get(`svix-${name}`) ?? headers.get(`webhook-${name}`),
  );
  if (id == null || timestamp == null || signatures == null) return "the signature's headers are missing";
  const key = keyOf(secret);
  if (key === null) return "the secret that was saved is not a signing secret: whsec_ and base64";
  if (!(Math.abs(now - Number(timestamp) * 1_000) <= TOLERANCE_MS)) return "it was signed more than five minutes ago";
  const own = btoa(String.fromCharCode(...(await hmacSha256(key, `${id}.${timestamp}.${body}`))));
  for (const signature of signatures.split(" ")) if (await equalInConstantTime(signature, `v1,${own}`)) return null;
  return "the signature is of another secret or another body";
}

function keyOf(secret: string): Uint8Array | null {
  try {
    return Uint8Array.from(atob(secret.replace(/^whsec_/, "")), (character) => character.charCodeAt(0));
  } catch {
    return null;
  }
}
