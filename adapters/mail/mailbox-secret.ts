/** What a mailbox's password is bound to when it is sealed. */
export function mailboxSecretContext(tenantId: string, mailboxId: string): string {
  return `${tenantId}|mailboxes|secret|${mailboxId}`;
}

/** What the secret of a provider's webhooks is bound to. */
export function eventsSecretContext(tenantId: string, mailboxId: string): string {
  return `${tenantId}|mailboxes|events_secret|${mailboxId}`;
}
