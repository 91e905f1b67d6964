export type HostVerdict = { readonly ok: true } | { readonly ok: false; readonly detail: string };

/** The hosts that mean this machine, as the platform's URL parser writes them. */
export const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(["127.0.0.1", "localhost", "[::1]"]);

/**
 * Whether a parsed host (lower case, IDNs in ASCII, without a trailing dot) is a name that the public DNS may know. What
 * DNS says of it is not known here.
 */
export function judgePublicHost(host: string): HostVerdict {
  if (host === "") return no("has no host");
  if (isAddress(host)) return no("must name a host, not an IP address");
  if (isInside(host)) return no(`names ${host}, which is no public host`);
  return DNS_NAME.test(host) ? { ok: true } : no("names a host that DNS can't have");
}

/** A fully qualified name may end in a dot; it is the same host. */
export function withoutTrailingDot(host: string): string {
  return host.replace(/\.+$/, "");
}

const DNS_NAME = /^(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** RFC 6761, 6762, 7686, 8375, 9476, ICANN's `.internal`, and what houses call their insides. */
const INSIDE = [
  "localhost",
  "localdomain",
  "local",
  "internal",
  "home.arpa",
  "onion",
  "alt",
  "lan",
  "intranet",
  "corp",
  "home",
  "private",
  "in-addr.arpa",
  "ip6.arpa",
];

function isInside(host: string): boolean {
  return !host.includes(".") || INSIDE.some((zone) => host === zone || host.endsWith(`.${zone}`));
}

/** The parser leaves no other spelling of an address, and refuses a name that ends in a number. */
function isAddress(host: string): boolean {
  return /[:[\]]/.test(host) || /(?:^|\.)(?:\d+|0x[0-9a-f]*)$/.test(host);
}

function no(detail: string): HostVerdict {
  return { ok: false, detail };
}
