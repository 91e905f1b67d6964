import { createSign } from "node:crypto";
import { makeRsaCertificate } from "./self-signed-certificate.ts";

/** A topic of the customer's. */
export const TOPIC = "arn:aws:sns:eu-west-1:123456789012:drafthook-events";
const SNS = "https://sns.eu-west-1.amazonaws.com";

/** A message of SNS, each field as its documentation shows it. */
export type SnsFields = Readonly<Record<string, string>>;

/** SNS with a key of its own, whose certificate is at `certUrl`. */
export interface SnsSigner {
  readonly certUrl: string;
  readonly certificate: string;
  /** A notification; `changes` are signed with it. */
  notification(message: string, at: number, changes?: SnsFields): SnsFields;
  /** What a new subscription gets first. */
  confirmation(at: number, changes?: SnsFields): SnsFields;
}

/** A fresh signer: RSA of node:crypto under a certificate from 2020 to 2040, or as `validity` says. */
export function makeSnsSigner(
  validity: readonly [number, number] = [Date.UTC(2020, 0, 1), Date.UTC(2040, 0, 1)],
): SnsSigner {
  const { key, cert } = makeRsaCertificate("sns.amazonaws.com", ...validity);
  const certUrl = `${SNS}/SimpleNotificationService-${crypto.randomUUID().replaceAll("-", "")}.pem`;
  const signed = (names: readonly string[], fields: SnsFields): SnsFields => {
    const sign = createSign(fields["SignatureVersion"] === "1" ? "sha1" : "sha256");
    for (const name of names) if (fields[name] !== undefined) sign.update(`${name}\n${fields[name]}\n`);
    return { ...fields, Signature: sign.sign(key, "base64") };
  };
  const common = (at: number) => ({
    MessageId: crypto.randomUUID(),
    TopicArn: TOPIC,
    Timestamp: new Date(at).toISOString(),
    SignatureVersion: "2",
    SigningCertURL: certUrl,
  });
  return {
    certUrl,
    certificate: cert,
    notification: (message, at, changes = {}) =>
      signed(["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"], {
        ...common(at),
        Type: "Notification",
        Message: message,
        UnsubscribeURL: `${SNS}/?Action=Unsubscribe&SubscriptionArn=${TOPIC}:1`,
        ...changes,
      }),
    confirmation: (at, changes = {}) =>
      signed(["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"], {
        ...common(at),
        Type: "SubscriptionConfirmation",
        Message: `You have chosen to subscribe to the topic ${TOPIC}.\nTo confirm the subscription, visit the URL.`,
        SubscribeURL: `${SNS}/?Action=ConfirmSubscription&TopicArn=${TOPIC}&Token=2336412f37`,
        Token: "2336412f37",
        ...changes,
      }),
  };
}
