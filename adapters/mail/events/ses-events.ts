import { type EventsRead, type ProviderCall, unproven } from "./provider-call.ts";
import { readSesRecord } from "./ses-record.ts";
import { pathAtSns, readSnsMessage } from "./sns-message.ts";

/**
 * Reads what SES tells by a topic of Amazon SNS, whose subscription is this endpoint, by HTTPS. `topicArn` is the topic's
 * ARN; it isn't secret, but only its owner has SNS sign for it.
 */
export async function readSesEvents(call: ProviderCall, topicArn: string, now: number): Promise<EventsRead> {
  const read = await readSnsMessage(call, topicArn, now);
  if (!read.ok) return read;
  const { message } = read;
  switch (message.Type) {
    case "Notification":
      return readSesRecord(message.Message, now);
    case "SubscriptionConfirmation":
      return pathAtSns(message.SubscribeURL, topicArn) === null
        ? unproven("its SubscribeURL is not at the SNS of the topic's region")
        : { ok: true, events: [], confirm: message.SubscribeURL };
    case "UnsubscribeConfirmation":
      return { ok: true, events: [] };
  }
}
