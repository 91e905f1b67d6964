/** An address with its domain in ASCII, as the servers on the way look it up; unchanged where it can't be so written. */
export function withAsciiDomain(email: string): string {
  const at = email.lastIndexOf("@");
  return `${email.slice(0, at + 1)}${asciiDomain(email.slice(at + 1))}`;
}

/** A domain in ASCII (UTS 46); unchanged where it can't be so written. */
export function asciiDomain(domain: string): string {
  if (/^[\p{ASCII}]*$/u.test(domain)) return domain;
  const host = `http://${domain}`;
  return URL.canParse(host) ? new URL(host).hostname : domain;
}

/** The domain of an address as it is compared: in ASCII and lower case. */
export function domainOf(email: string): string {
  return asciiDomain(email.slice(email.lastIndexOf("@") + 1)).toLowerCase();
}

/** An address as it is compared: addresses that reach the same mailbox are one, however their domain and its case are written. */
export function comparable(email: string): string {
  return withAsciiDomain(email).toLowerCase();
}
