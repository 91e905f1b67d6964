import { z } from "zod";
import { type DeliveryEvent, type ReportedBounce, reportedBounce } from "../../../core/mail/delivery-event.ts";
import { REFERENCE_FIELD } from "../providers/reference.ts";
import { type EventsRead, jsonOf, notUnderstood, timeOf } from "./provider-call.ts";
import { sendKeyOfMessageId } from "./send-key.ts";

/**
 * Reads what SES publishes of one message: an event of a configuration set (`eventType`) or a notification of an identity
 * (`notificationType`). The id on the wire is in neither: their headers are the ones that SES was given, before it put in
 * an id of its own.
 */
export function readSesRecord(text: string, now: number): EventsRead {
  const head = Head.safeParse(jsonOf(text));
  const type = head.success ? (head.data.eventType ?? head.data.notificationType) : undefined;
  // Also what it says to try out a topic, which is no record and may be no JSON.
  if (!head.success || type === undefined || !TYPES.has(type)) return NOTHING;
  const read = SesRecord.safeParse({ ...head.data, type });
  if (!read.success) return notUnderstood(z.prettifyError(read.error));
  const { mail } = read.data;
  const sendKey = mail.tags?.[REFERENCE_FIELD]?.[0] ?? sendKeyOfMessageId(mail.commonHeaders?.messageId);
  if (sendKey === null) return NOTHING;
  const { messageId: providerMessageId } = mail;
  const about = { sendKey, providerMessageId, wireMessageId: null };
  const events = findingsOf(read.data).map(({ address, kind, timestamp, ...bounce }): DeliveryEvent => {
    const recipient = address.toLowerCase();
    const facts = kind === "bounced" ? reportedBounce({ recipient, ...NO_WORDS, ...bounce }) : null;
    return { ...about, kind, recipient, at: timeOf(timestamp, now), bounce: facts };
  });
  return { ok: true, events };
}

const NOTHING: EventsRead = { ok: true, events: [] };

const Head = z.looseObject({ eventType: z.string().optional(), notificationType: z.string().optional() });

const timestamp = z.string().optional();
const recipients = z.array(
  z.looseObject({ emailAddress: z.string(), status: z.string().nullish(), diagnosticCode: z.string().nullish() }),
);
const mail = z.looseObject({
  messageId: z.string(),
  destination: z.array(z.string()).default([]),
  // Only of a configuration set's events.
  tags: z.record(z.string(), z.array(z.string())).optional(),
  // Of an identity's notifications only where the customer asked for the headers.
  commonHeaders: z.looseObject({ messageId: z.string().optional() }).optional(),
});
const bounce = z.looseObject({
  bounceType: z.string(),
  bounceSubType: z.string().default(""),
  bouncedRecipients: recipients,
  timestamp,
});
type Bounce = z.infer<typeof bounce>;
const complaint = z.looseObject({
  complainedRecipients: recipients,
  complaintSubType: z.string().nullish(),
  complaintFeedbackType: z.string().nullish(),
  timestamp,
});

const SesRecord = z.discriminatedUnion("type", [
  z.looseObject({
    type: z.literal("Delivery"),
    mail,
    delivery: z.looseObject({ recipients: z.array(z.string()), timestamp }),
  }),
  z.looseObject({
    type: z.literal("DeliveryDelay"),
    mail,
    deliveryDelay: z.looseObject({ delayedRecipients: recipients, timestamp }),
  }),
  z.looseObject({ type: z.literal("Bounce"), mail, bounce }),
  z.looseObject({ type: z.literal("Complaint"), mail, complaint }),
  z.looseObject({ type: z.literal("Reject"), mail, reject: z.looseObject({ reason: z.string().default("") }) }),
]);
type SesRecord = z.infer<typeof SesRecord>;

const TYPES: ReadonlySet<string> = new Set(["Delivery", "DeliveryDelay", "Bounce", "Complaint", "Reject"]);

/** What a record says of one address; the rest is of a bounce. */
interface Finding extends Partial<Omit<ReportedBounce, "recipient">> {
  readonly address: string;
  readonly kind: DeliveryEvent["kind"];
  readonly timestamp: string | undefined;
}

const NO_WORDS = { judgement: "permanent", status: null, words: "" } as const;

function findingsOf(record: SesRecord): readonly Finding[] {
  switch (record.type) {
    case "Delivery": {
      const { recipients: addresses, timestamp: at } = record.delivery;
      return addresses.map((address) => ({ address, kind: "delivered", timestamp: at }));
    }
    case "DeliveryDelay": {
      const { delayedRecipients, timestamp: at } = record.deliveryDelay;
      return delayedRecipients.map(({ emailAddress }) => ({ address: emailAddress, kind: "delayed", timestamp: at }));
    }
    case "Bounce":
      return record.bounce.bouncedRecipients.map(({ emailAddress, status, diagnosticCode }) => ({
        address: emailAddress,
        kind: "bounced",
        timestamp: record.bounce.timestamp,
        judgement: judgementOf(record.bounce, status ?? ""),
        status: status ?? null,
        words: diagnosticCode ?? (SUPPRESSED.test(record.bounce.bounceSubType) ? ON_THE_LIST : ""),
      }));
    case "Complaint":
      return complaintsIn(record.complaint);
    case "Reject":
      return record.mail.destination.map((address) => ({
        address,
        kind: "bounced",
        timestamp: undefined,
        words: record.reject.reason,
      }));
  }
}

const SUPPRESSED = /suppress/i;
const ON_THE_LIST = "on the suppression list of SES";

/** Others speak of a list of theirs, or of what a later version knows. */
const DEAD: ReadonlySet<string> = new Set(["General", "NoEmail"]);

/** A report of several addresses may say of one that it is only delayed. */
function judgementOf({ bounceType, bounceSubType }: Bounce, status: string): "dead" | "permanent" | "transient" {
  if (bounceType !== "Permanent" || status.startsWith("4.")) return "transient";
  return DEAD.has(bounceSubType) ? "dead" : "permanent";
}

/** Reports that nobody complains by. */
const NO_COMPLAINTS: ReadonlySet<string> = new Set(["not-spam", "auth-failure"]);

function complaintsIn(about: z.infer<typeof complaint>): readonly Finding[] {
  const { complainedRecipients, complaintSubType, complaintFeedbackType, timestamp: at } = about;
  if (NO_COMPLAINTS.has(complaintFeedbackType ?? "")) return [];
  return complainedRecipients.map(({ emailAddress: address }) =>
    // It was never sent, so nobody can have complained of it.
    complaintSubType === "OnAccountSuppressionList"
      ? { address, kind: "bounced", timestamp: at, words: ON_THE_LIST }
      : { address, kind: "complained", timestamp: at },
  );
}
