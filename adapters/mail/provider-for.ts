import { z } from "zod";
import type { MailProvider } from "../../core/mail/outgoing.ts";
import { sha256Hex } from "../crypto/bytes.ts";
import { keyEncryptionKeys, unseal } from "../crypto/seal.ts";
import type { MailboxRecord } from "../d1/facts.ts";
import type { ProviderApiOptions } from "../provider-api/ask-api.ts";
import { checkApiUrl } from "./check-api-url.ts";
import { mailboxSecretContext } from "./mailbox-secret.ts";
import { cloudflareProvider } from "./providers/cloudflare.ts";
import { mailgunProvider } from "./providers/mailgun.ts";
import { postmarkProvider } from "./providers/postmark.ts";
import { resendProvider } from "./providers/resend.ts";
import { sandboxProvider } from "./providers/sandbox.ts";
import { sesProvider, sesUrl } from "./providers/ses.ts";
import { smtpProvider } from "./providers/smtp.ts";

const SmtpSettings = z.object({
  host: z.string(),
  port: z.number(),
  security: z.enum(["tls", "starttls", "none"]),
  username: z.string().nullish(),
});

const ResendSettings = z.object({ apiUrl: z.string() });

const PostmarkSettings = z.object({ apiUrl: z.string(), messageStream: z.string() });

const SesSettings = z.object({
  region: z.string(),
  accessKeyId: z.string(),
  configurationSet: z.string().nullable(),
  apiUrl: z.string().nullable(),
});

const MailgunSettings = z.object({ apiUrl: z.string(), domain: z.string() });

/** A way to send, and through which of the provider's accounts, as a fingerprint; empty where there is no such thing. */
export interface WayOut {
  readonly provider: MailProvider;
  readonly account: string;
}

/** The way out of one mailbox, with its secret open. Throws when the stored settings are not ours: that is a bug. */
export async function providerFor(
  env: Env,
  tenantId: string,
  enrollmentId: string,
  mailbox: MailboxRecord,
): Promise<WayOut> {
  switch (mailbox.provider) {
    case "sandbox":
      return { provider: sandboxProvider(env.DB, { tenantId, enrollmentId }), account: "" };
    case "cloudflare":
      return { provider: cloudflareProvider(env.EMAIL), account: "" };
    case "smtp": {
      const settings = SmtpSettings.parse(JSON.parse(mailbox.settings));
      const password = await openSecret(env, tenantId, mailbox);
      const provider = smtpProvider(
        { ...settings, username: settings.username ?? null, password },
        { allowPlaintext: env.LOCAL_MODE === "on" },
      );
      return { provider, account: "" };
    }
    case "resend": {
      const { apiUrl } = ResendSettings.parse(JSON.parse(mailbox.settings));
      const apiKey = await needSecret(env, tenantId, mailbox);
      return { provider: resendProvider({ apiUrl, apiKey }, apiOptions(env)), account: await account(apiUrl, apiKey) };
    }
    case "postmark": {
      const settings = PostmarkSettings.parse(JSON.parse(mailbox.settings));
      const serverToken = await needSecret(env, tenantId, mailbox);
      const provider = postmarkProvider({ ...settings, serverToken }, apiOptions(env));
      return { provider, account: await account(settings.apiUrl, serverToken) };
    }
    case "ses": {
      const settings = SesSettings.parse(JSON.parse(mailbox.settings));
      const secretAccessKey = await needSecret(env, tenantId, mailbox);
      const provider = sesProvider({ ...settings, secretAccessKey }, apiOptions(env));
      const apiUrl = settings.apiUrl ?? sesUrl(settings.region);
      return { provider, account: await account(`${apiUrl} ${settings.accessKeyId}`, secretAccessKey) };
    }
    case "mailgun": {
      const settings = MailgunSettings.parse(JSON.parse(mailbox.settings));
      const apiKey = await needSecret(env, tenantId, mailbox);
      const provider = mailgunProvider({ ...settings, apiKey }, apiOptions(env));
      // A domain's events are asked by its name.
      return { provider, account: await account(`${settings.apiUrl} ${settings.domain}`, apiKey) };
    }
  }
}

/** A new key of the same account counts as another one: that costs a doubt, and the opposite would cost a second mail. */
async function account(where: string, secret: string): Promise<string> {
  return (await sha256Hex(`${where} ${secret}`)).slice(0, FINGERPRINT_CHARACTERS);
}

const FINGERPRINT_CHARACTERS = 16;

function apiOptions(env: Env): ProviderApiOptions {
  return { isAllowed: (url) => checkApiUrl(url, { publicUrl: env.PUBLIC_URL, localMode: env.LOCAL_MODE === "on" }) };
}

async function needSecret(env: Env, tenantId: string, mailbox: MailboxRecord): Promise<string> {
  const secret = await openSecret(env, tenantId, mailbox);
  if (secret === null) throw new Error(`mailbox ${mailbox.id} has no key to its provider's API`);
  return secret;
}

async function openSecret(env: Env, tenantId: string, { id, secret }: MailboxRecord): Promise<string | null> {
  return secret === null ? null : unseal(keyEncryptionKeys(env), secret, mailboxSecretContext(tenantId, id));
}
