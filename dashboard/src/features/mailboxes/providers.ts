import type { Mailbox } from "../../../../core/contract/mailbox.ts";

/** By what a mailbox sends. */
export type Provider = Mailbox["provider"];

/** One field of a provider's own part. */
export interface WayField {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly initial?: string;
  readonly kind?: "text" | "number" | "secret";
  /** Null is sent where it is empty. */
  readonly isOptional?: true;
  readonly options?: Readonly<Record<string, string>>;
}

interface ProviderForm {
  readonly name: string;
  readonly said: string;
  readonly fields: readonly WayField[];
}

const OTHER_API_URL = "Change it only for a gateway in front of it.";

/** What each provider is called and needs: core/contract/mailbox.ts and mail-apis.ts. */
export const PROVIDERS: Readonly<Record<Provider, ProviderForm>> = {
  sandbox: { name: "Sandbox", said: "Keeps mail to be read here. Sends none.", fields: [] },
  smtp: {
    name: "SMTP",
    said: "A mail server of your own.",
    fields: [
      { name: "host", label: "Server", hint: "Such as smtp.example.com." },
      { name: "port", label: "Port", initial: "587", kind: "number" },
      {
        name: "security",
        label: "Encryption",
        initial: "starttls",
        options: { starttls: "STARTTLS (587)", tls: "TLS from the start (465)", none: "None (this machine only)" },
      },
      { name: "username", label: "User name", isOptional: true },
      { name: "password", label: "Password", kind: "secret", isOptional: true },
    ],
  },
  resend: {
    name: "Resend",
    said: "Knows repeats for 24 hours: a send in doubt is repeated without a second mail.",
    fields: [
      { name: "apiKey", label: "API key", kind: "secret", hint: "Sending access is enough." },
      { name: "apiUrl", label: "API URL", initial: "https://api.resend.com", hint: OTHER_API_URL },
    ],
  },
  postmark: {
    name: "Postmark",
    said: "Its record of sent messages is asked about a send in doubt.",
    fields: [
      { name: "serverToken", label: "Server API token", kind: "secret" },
      { name: "messageStream", label: "Message stream", initial: "outbound" },
      { name: "apiUrl", label: "API URL", initial: "https://api.postmarkapp.com", hint: OTHER_API_URL },
    ],
  },
  ses: {
    name: "Amazon SES",
    said: "Can't be asked about a send in doubt: a person settles it.",
    fields: [
      { name: "region", label: "Region", hint: "Where the sender's domain is verified, such as eu-west-1." },
      { name: "accessKeyId", label: "Access key id", hint: "It may do ses:SendEmail and ses:SendRawEmail." },
      { name: "secretAccessKey", label: "Secret access key", kind: "secret" },
      { name: "configurationSet", label: "Configuration set", isOptional: true, hint: "Empty for the default one." },
      { name: "apiUrl", label: "API URL", isOptional: true, hint: "Empty for the region's own." },
    ],
  },
  mailgun: {
    name: "Mailgun",
    said: "Its events are asked about a send in doubt, half an hour later.",
    fields: [
      { name: "domain", label: "Sending domain", hint: "As it is called at Mailgun, such as mg.example.com." },
      { name: "apiKey", label: "API key", kind: "secret", hint: "One that may read is needed to look up doubts." },
      {
        name: "apiUrl",
        label: "API URL",
        initial: "https://api.mailgun.net",
        hint: "https://api.eu.mailgun.net for a domain in the EU.",
      },
    ],
  },
  cloudflare: { name: "Cloudflare", said: "Cloudflare Email Service, by this installation's binding.", fields: [] },
};

/** In the order of the list. */
export const PROVIDER_NAMES = ["sandbox", "smtp", "resend", "postmark", "ses", "mailgun", "cloudflare"] as const;
