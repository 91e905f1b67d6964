/** What a LinkedIn account's API key is bound to when it is sealed. */
export function linkedinSecretContext(tenantId: string, accountId: string): string {
  return `${tenantId}|linkedin_accounts|secret|${accountId}`;
}

/** What the secret of its webhooks is bound to. */
export function hooksSecretContext(tenantId: string, accountId: string): string {
  return `${tenantId}|linkedin_accounts|hooks_secret|${accountId}`;
}
