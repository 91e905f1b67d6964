/** An address with its domain in ASCII, as the servers on the way look it up; unchanged where it can't be so written. */
export function withAsciiDomain(email: string): string {
  const at = email.lastIndexOf("@");
  const domain = email.slice(at + 1);
  if (/^[\p{ASCII}]*$/u.test(domain)) return email;
  const host = `http://${domain}`;
  return URL.canParse(host) ? `${email.slice(0, at)}@${new URL(host).hostname}` : email;
}
