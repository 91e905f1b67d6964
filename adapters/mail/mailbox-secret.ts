/** What a mailbox's password is bound to when it is sealed. */
export function mailboxSecretContext(tenantId: string, mailboxId: string): string {
  return `${tenantId}|mailboxes|secret|${mailboxId}`;
}
