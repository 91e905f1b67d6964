/** What stands in an unsubscribe link or address. Nothing is proven until `isOurUnsubscribeToken` says so. */
export interface UnsubscribeToken {
  readonly kid: string;
  /** `enr_` and 16 characters of base32. */
  readonly enrollmentId: string;
  readonly macBase32: string;
}

/** `u<kid><id><mac>`: 34 characters that say nothing about anybody. */
export function formatUnsubscribeToken({ kid, enrollmentId, macBase32 }: UnsubscribeToken): string {
  return `u${kid}${enrollmentId.slice("enr_".length)}${macBase32}`;
}

/** Reads a token of any case; null for what isn't one. */
export function readUnsubscribeToken(text: string): UnsubscribeToken | null {
  const [, kid, id, macBase32] = /^u([a-z0-9])([a-z2-7]{16})([a-z2-7]{16})$/.exec(text.toLowerCase()) ?? [];
  return kid === undefined || id === undefined || macBase32 === undefined
    ? null
    : { kid, enrollmentId: `enr_${id}`, macBase32 };
}

/** The token of an address that mail was sent to; null where it has none. */
export function unsubscribeTokenOf(address: string): UnsubscribeToken | null {
  return readUnsubscribeToken(address.slice(0, Math.max(address.lastIndexOf("@"), 0)));
}
