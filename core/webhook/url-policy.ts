/** A URL as the platform's WHATWG parser gives it: what `new URL(text)` says of itself, field by field. */
export interface ParsedUrl {
  /** With its colon: `https:`. */
  readonly protocol: string;
  /** Lower case, percent-decoded, IDNs in ASCII, odd spellings of IPv4 folded to dotted decimal, IPv6 in brackets. */
  readonly hostname: string;
  /** Empty where it is the scheme's own. */
  readonly port: string;
  readonly username: string;
  readonly password: string;
}

/** Where we run: hosts that are our own, and whether loopback may be reached. */
export interface UrlSurroundings {
  /** Lower case, without port. */
  readonly ownHosts: readonly string[];
  /** Only `npm start` says so. */
  readonly localMode: boolean;
}

export type UrlVerdict = { readonly ok: true } | { readonly ok: false; readonly detail: string };

/**
 * Whether a customer's webhook may be at this URL. It decides on the parsed host, since the spelling lies: octal,
 * hexadecimal, full-width and one-number addresses are all plain after parsing. What DNS says is not known here.
 */
export function judgeUrl(url: ParsedUrl, around: UrlSurroundings): UrlVerdict {
  const host = withoutTrailingDot(url.hostname);
  if (url.username !== "" || url.password !== "") return no("must not carry a user name or password");
  if (around.localMode && LOOPBACK.has(host)) return HTTP.has(url.protocol) ? { ok: true } : no("must begin with http:// or https://");
  if (url.protocol !== "https:") return no("must begin with https://");
  if (host === "") return no("has no host");
  if (!PORTS.has(url.port)) return no("must use port 443 or 8443");
  if (isAddress(host)) return no("must name a host, not an IP address");
  if (isInside(host)) return no(`names ${host}, which is no public host`);
  if (!/^(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(host)) return no("names a host that DNS can't have");
  if (around.ownHosts.some((own) => host === withoutTrailingDot(own))) return no("names this installation itself");
  return { ok: true };
}

const HTTP: ReadonlySet<string> = new Set(["http:", "https:"]);
const PORTS: ReadonlySet<string> = new Set(["", "443", "8443"]);
const LOOPBACK: ReadonlySet<string> = new Set(["127.0.0.1", "localhost", "[::1]"]);

/** RFC 6761, RFC 6762, RFC 7686, RFC 8375, RFC 9476, ICANN's `.internal`, and what clouds name their insides. */
const INSIDE = ["localhost", "local", "internal", "home.arpa", "onion", "alt", "localdomain", "lan", "intranet", "corp", "home", "private", "in-addr.arpa", "ip6.arpa"];

function isInside(host: string): boolean {
  return !host.includes(".") || INSIDE.some((zone) => host === zone || host.endsWith(`.${zone}`));
}

/** The parser leaves no other form of an address; what merely ends in digits it would have refused as a bad IPv4. */
function isAddress(host: string): boolean {
  return host.startsWith("[") || host.includes(":") || /^[0-9.]+$/.test(host) || /(?:^|\.)(?:\d+|0x[0-9a-f]*)$/.test(host);
}

function withoutTrailingDot(host: string): string {
  return host.replace(/\.+$/, "");
}

function no(detail: string): UrlVerdict {
  return { ok: false, detail };
}
