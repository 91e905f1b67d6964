import { z } from "zod";
import type { MailProvider } from "../../core/mail/outgoing.ts";
import { unseal } from "../crypto/seal.ts";
import type { MailboxRecord } from "../d1/facts.ts";
import { mailboxSecretContext } from "./mailbox-secret.ts";
import { cloudflareProvider } from "./providers/cloudflare.ts";
import { sandboxProvider } from "./providers/sandbox.ts";
import { smtpProvider } from "./providers/smtp.ts";

const SmtpSettings = z.object({
  host: z.string(),
  port: z.number(),
  security: z.enum(["tls", "starttls", "none"]),
  username: z.string().nullish(),
});

/** The way out of one mailbox, with its password open. Throws when the stored settings are not ours: that is a bug. */
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
      const password =
        mailbox.secret === null
          ? null
          : await unseal(env.KEK_V1, mailbox.secret, mailboxSecretContext(tenantId, mailbox.id));
      return smtpProvider(
        { ...settings, username: settings.username ?? null, password },
        { allowPlaintext: env.LOCAL_MODE === "on" },
      );
    }
  }
}
