/** The TXT record by which the owner of a domain lets a tenant send for it. */
export interface DomainRecord {
  readonly name: string;
  readonly value: string;
}

/** The record for `domain` (in ASCII) and a tenant. No secret: only who may write into the domain's zone can publish it. */
export function domainRecord(domain: string, tenantId: string): DomainRecord {
  return { name: `_drafthook.${domain}`, value: `drafthook-tenant=${tenantId}` };
}

/** Whether one of a name's TXT records is this one; a domain may let several tenants send. */
export function isPublished({ value }: DomainRecord, texts: readonly string[]): boolean {
  return texts.some((text) => text.trim() === value);
}
