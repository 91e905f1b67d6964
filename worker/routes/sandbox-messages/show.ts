import type { SandboxMailSummary } from "../../../adapters/d1/sandbox-mail.ts";
import type { SandboxMessageSummary } from "../../../core/contract/sandbox-message.ts";

/** A row as the API shows it in lists. */
export function showSandboxMail(row: SandboxMailSummary): SandboxMessageSummary {
  return {
    sendKey: row.sendKey,
    enrollmentId: row.enrollmentId,
    at: new Date(row.at).toISOString(),
    from: row.fromEmail,
    to: row.toEmail,
    subject: row.subject,
  };
}
