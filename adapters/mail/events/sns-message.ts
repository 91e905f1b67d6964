import { createVerify, type X509Certificate } from "node:crypto";
import { z } from "zod";
import { SNS_TOPIC_ARN } from "../../../core/contract/mail-apis.ts";
import { equalInConstantTime } from "../../crypto/hmac.ts";
import { jsonOf, type NotRead, type ProviderCall, unproven } from "./provider-call.ts";
import { snsCertificate } from "./sns-certificate.ts";

const common = {
  MessageId: z.string(),
  Message: z.string(),
  TopicArn: z.string(),
  Timestamp: z.string(),
  SignatureVersion: z.enum(["1", "2"]),
  Signature: z.string(),
  SigningCertURL: z.string(),
};
const confirmation = { ...common, SubscribeURL: z.string(), Token: z.string() };

const SnsMessage = z.discriminatedUnion("Type", [
  z.looseObject({ Type: z.literal("Notification"), ...common, Subject: z.string().nullish() }),
  z.looseObject({ Type: z.literal("SubscriptionConfirmation"), ...confirmation }),
  z.looseObject({ Type: z.literal("UnsubscribeConfirmation"), ...confirmation }),
]);

/** A message of Amazon SNS as it comes over HTTPS (its page "Parsing Amazon SNS message formats"). */
export type SnsMessage = z.infer<typeof SnsMessage>;

/** Over HTTPS they try for an hour at most, with the time of the first try; what comes twice is heard once. */
const TOLERANCE_MS = 2 * 3_600_000;
/** How far their clock may be ahead of ours. */
const AHEAD_MS = 5 * 60_000;

/**
 * What SNS sent of the topic `topicArn`. Anybody with an account there can have SNS sign, so the topic counts as much as
 * the signature does.
 */
export async function readSnsMessage(
  { headers, body }: ProviderCall,
  topicArn: string,
  now: number,
): Promise<{ readonly ok: true; readonly message: SnsMessage } | NotRead> {
  if (headers.get("x-amz-sns-rawdelivery") === "true")
    return unproven("raw message delivery carries no signature: switch it off in the subscription");
  const read = SnsMessage.safeParse(jsonOf(body));
  if (!read.success) return unproven("it isn't a signed message of SNS");
  const message = read.data;
  if (!(await equalInConstantTime(message.TopicArn, topicArn)))
    return unproven("it is of another topic than the one whose ARN was saved");
  const age = now - Date.parse(message.Timestamp);
  if (!(age <= TOLERANCE_MS && age >= -AHEAD_MS))
    return unproven("it was signed more than two hours ago, or in the future");
  const path = pathAtSns(message.SigningCertURL, topicArn);
  if (path === null || !/^SimpleNotificationService-\w{1,64}\.pem$/.test(path))
    return unproven("its certificate is not at the SNS of the topic's region");
  const found = await snsCertificate(message.SigningCertURL, now);
  if (!found.ok) return found;
  return isSignedBy(found.certificate, message)
    ? { ok: true, message }
    : unproven("the signature is of another key or another message");
}

/**
 * What stands behind the host in a URL of the SNS that the topic belongs to; null for any other URL. The region is the
 * topic's and not the URL's: under `sns.<anything>.amazonaws.com` there are buckets of S3 too, which are anybody's.
 */
export function pathAtSns(url: string, topicArn: string): string | null {
  const [, partition, region] = SNS_TOPIC_ARN.exec(topicArn) ?? [];
  if (partition === undefined || region === undefined || !URL.canParse(url)) return null;
  const start = `https://sns.${region}.amazonaws.com${partition === "aws-cn" ? ".cn" : ""}/`;
  const { href } = new URL(url);
  return href.startsWith(start) ? href.slice(start.length) : null;
}

function isSignedBy({ publicKey }: X509Certificate, message: SnsMessage): boolean {
  const verify = createVerify(message.SignatureVersion === "1" ? "RSA-SHA1" : "RSA-SHA256").update(signedText(message));
  try {
    return publicKey.asymmetricKeyType === "rsa" && verify.verify(publicKey, message.Signature, "base64");
  } catch {
    return false;
  }
}

/** The names and values that are signed, each on a line (their page "Verifying the signatures of Amazon SNS messages"). */
function signedText(message: SnsMessage): string {
  const { Message, MessageId, Timestamp, TopicArn, Type } = message;
  const fields =
    message.Type === "Notification"
      ? { Message, MessageId, Subject: message.Subject, Timestamp, TopicArn, Type }
      : { Message, MessageId, SubscribeURL: message.SubscribeURL, Timestamp, Token: message.Token, TopicArn, Type };
  return Object.entries(fields)
    .filter(([, value]) => value != null)
    .map(([name, value]) => `${name}\n${value}\n`)
    .join("");
}
