import { z } from "zod";
import type { MailProvider } from "../../core/mail/outgoing.ts";
import { unseal } from "../crypto/seal.ts";
import type { MailboxRecord } from "../d1/facts.ts";
import { checkResendUrl } from "./check-resend-url.ts";
import { mailboxSecretContext } from "./mailbox-secret.ts";
import { cloudflareProvider } from "./providers/cloudflare.ts";
import { resendProvider } from "./providers/resend.ts";
import { sandboxProvider } from "./providers/sandbox.ts";
import { smtpProvider } from "./providers/smtp.ts";

const SmtpSettings = z.object({
  host: z.string(),
  port: z.number(),
  security: z.enum(["tls", "starttls", "none"]),
  username: z.string().nullish(),
});

const ResendSettings = z.object({ apiUrl: z.string() });

/** The way out of one mailbox, with its secret open. Throws when the stored settings are not ours: that is a bug. */
export async function providerFor(
  env: Env,
  tenantId: string,
  enrollmentId: string,
  mailbox: MailboxRecord,
): Promise<MailProvider> {
  switch (mailbox.provider) {
    case "sandbox":
      return sandboxProvider(env.DB, { tenantId, enrollmentId });
    case "cloudflare":
      return cloudflareProvider(env.EMAIL);
    case "smtp": {
      const settings = SmtpSettings.parse(JSON.parse(mailbox.settings));
      const password = await openSecret(env, tenantId, mailbox);
      return smtpProvider(
        { ...settings, username: settings.username ?? null, password },
        { allowPlaintext: env.LOCAL_MODE === "on" },
      );
    }
    case "resend": {
      const { apiUrl } = ResendSettings.parse(JSON.parse(mailbox.settings));
      const apiKey = await openSecret(env, tenantId, mailbox);
      if (apiKey === null) throw new Error(`mailbox ${mailbox.id} has no API key`);
      return resendProvider(
        { apiUrl, apiKey },
        { isAllowed: (url) => checkResendUrl(url, { publicUrl: env.PUBLIC_URL, localMode: env.LOCAL_MODE === "on" }) },
      );
    }
  }
}

async function openSecret(env: Env, tenantId: string, { id, secret }: MailboxRecord): Promise<string | null> {
  return secret === null ? null : unseal(env.KEK_V1, secret, mailboxSecretContext(tenantId, id));
}
