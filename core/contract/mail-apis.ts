import { z } from "zod";

const resend = {
  apiKey: apiSecret().meta({
    description: "Write-only, kept sealed. It needs no more than sending access.",
    writeOnly: true,
  }),
  apiUrl: apiUrlOf("Resend", "https://api.resend.com"),
};

const postmark = {
  serverToken: apiSecret()
    .refine((token) => token.toUpperCase() !== "POSTMARK_API_TEST", {
      error:
        "is Postmark's test token: nothing that it takes arrives; a mailbox with the provider sandbox does that better",
    })
    .meta({ description: "A server's API token. Write-only, kept sealed.", writeOnly: true }),
  messageStream: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9_-]{0,29}$/, {
      error: "must be the id of a message stream: it begins with a letter and has up to 30 letters, digits and hyphens",
    })
    .meta({ description: "The id of the stream that mail goes out by.", example: "outbound" }),
  apiUrl: apiUrlOf("Postmark", "https://api.postmarkapp.com"),
};

const ses = {
  region: z
    .string()
    .max(40)
    .regex(/^[a-z]{2,8}(?:-[a-z]{1,20}){1,3}-\d{1,2}$/, { error: "must be the name of a region, such as eu-west-1" })
    .meta({ description: "The region that the sender's domain is verified in.", example: "eu-west-1" }),
  accessKeyId: z
    .string()
    .regex(/^\w{16,128}$/, { error: "must be 16 to 128 letters and digits" })
    .refine((id) => !id.startsWith("ASIA"), {
      error: "belongs to a temporary key, which ends within hours: make one of an IAM user's, which begins with AKIA",
    })
    .meta({
      description: "The id of an access key that may do ses:SendEmail and ses:SendRawEmail.",
      example: "AKIAIOSFODNN7EXAMPLE",
    }),
  secretAccessKey: apiSecret().meta({ description: "Write-only, kept sealed.", writeOnly: true }),
  configurationSet: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,64}$/, { error: "must be up to 64 letters, digits, underscores and hyphens" })
    .nullable()
    .meta({ description: "The configuration set that mail goes out by; null for the default one.", example: null }),
  apiUrl: apiUrlOf("SES", "https://email.eu-west-1.amazonaws.com")
    .nullable()
    .meta({ description: "Where the API is; null for the region's own. https only.", example: null }),
};

const mailgun = {
  apiKey: apiSecret().meta({
    description:
      "Write-only, kept sealed. A domain's sending key is enough to send; to look doubtful sends up in the events, it takes a key that may read.",
    writeOnly: true,
  }),
  domain: z
    .string()
    .max(253)
    .regex(/^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]+$/, {
      error: "must be a host name in lower case, such as mg.example.com",
    })
    .meta({ description: "The sending domain, as it is called at Mailgun.", example: "mg.example.com" }),
  apiUrl: apiUrlOf("Mailgun", "https://api.mailgun.net").meta({
    description:
      "Where the API is: https://api.eu.mailgun.net for a domain in the EU, or a gateway in front of it. https only.",
    example: "https://api.mailgun.net",
  }),
};

/** `apiUrl` without slashes at its end, as paths are put behind it. */
const storedUrl = z.string().transform((url) => url.replace(/\/+$/, ""));

/**
 * Providers that are reached by an HTTP API, each with the forms that its part of a mailbox has: as it is `created`,
 * `changed`, `shown`, and `stored` (the secret is sealed apart). What `goesWithSecret` is never changed without it.
 */
export const MAIL_APIS = {
  resend: {
    secretName: "apiKey",
    goesWithSecret: ["apiUrl"],
    created: z.strictObject({ ...resend, apiUrl: resend.apiUrl.default("https://api.resend.com") }),
    changed: z.strictObject(resend).partial().meta({
      description: "What is left out stays; another `apiUrl` must come with an `apiKey`.",
    }),
    shown: shown({ apiUrl: z.string() }),
    stored: z.object({ apiUrl: storedUrl }),
  },
  postmark: {
    secretName: "serverToken",
    goesWithSecret: ["apiUrl"],
    created: z.strictObject({
      ...postmark,
      messageStream: postmark.messageStream.default("outbound"),
      apiUrl: postmark.apiUrl.default("https://api.postmarkapp.com"),
    }),
    changed: z.strictObject(postmark).partial().meta({
      description: "What is left out stays; another `apiUrl` must come with a `serverToken`.",
    }),
    shown: shown({ messageStream: z.string(), apiUrl: z.string() }),
    stored: z.object({ messageStream: z.string(), apiUrl: storedUrl }),
  },
  ses: {
    secretName: "secretAccessKey",
    goesWithSecret: ["apiUrl", "accessKeyId"],
    created: z.strictObject({
      ...ses,
      configurationSet: ses.configurationSet.default(null),
      apiUrl: ses.apiUrl.default(null),
    }),
    changed: z.strictObject(ses).partial().meta({
      description: "What is left out stays; another `apiUrl` or `accessKeyId` must come with a `secretAccessKey`.",
    }),
    shown: shown({
      region: z.string(),
      accessKeyId: z.string(),
      configurationSet: z.string().nullable(),
      apiUrl: z.string().nullable(),
    }),
    stored: z.object({
      region: z.string(),
      accessKeyId: z.string(),
      configurationSet: z.string().nullable(),
      apiUrl: storedUrl.nullable(),
    }),
  },
  mailgun: {
    secretName: "apiKey",
    goesWithSecret: ["apiUrl"],
    created: z.strictObject({ ...mailgun, apiUrl: mailgun.apiUrl.default("https://api.mailgun.net") }),
    changed: z.strictObject(mailgun).partial().meta({
      description: "What is left out stays; another `apiUrl` must come with an `apiKey`.",
    }),
    shown: shown({ domain: z.string(), apiUrl: z.string() }),
    stored: z.object({ domain: z.string(), apiUrl: storedUrl }),
  },
} as const;

/** The ARN of a topic of Amazon SNS that can tell by HTTPS; its groups are the partition and the region. */
export const SNS_TOPIC_ARN =
  /^arn:(aws|aws-cn|aws-us-gov):sns:([a-z]{2,8}(?:-[a-z]{1,20}){1,3}-\d{1,2}):\d{12}:[\w-]{1,256}$/;

/** What proves a provider's webhooks, where that has a form that a slip can be told by. */
export const EVENTS_SECRETS = {
  resend: z.string().regex(/^whsec_(?:[A-Za-z0-9+/]{4}){4,}(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/, {
    error: "must be the signing secret that Resend shows with the webhook: whsec_ and base64",
  }),
  ses: z.string().regex(SNS_TOPIC_ARN, {
    error: "must be the ARN of a standard topic, such as arn:aws:sns:eu-west-1:123456789012:drafthook-events",
  }),
} as const;

/** The name of a provider that is reached by an HTTP API. */
export type MailApiName = keyof typeof MAIL_APIS;

/** The names in the order of the documentation. */
export const MAIL_API_NAMES = ["resend", "postmark", "ses", "mailgun"] as const satisfies readonly MailApiName[];

function shown<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  return z.strictObject(shape).nullable().meta({ description: "Null for other providers." });
}

/** What opens an HTTP API: it goes into a header. */
function apiSecret() {
  return z
    .string()
    .regex(/^[!-~]{1,500}$/, { error: "must be 1 to 500 printable characters of ASCII, without a space" });
}

function apiUrlOf(provider: string, own: string) {
  return z
    .string()
    .max(2_000)
    .meta({
      description: `Where the API is; another than ${provider}'s own for a gateway in front of it. https only.`,
      example: own,
    });
}
