import { judgePublicHost, LOOPBACK_HOSTS, withoutTrailingDot } from "../host-policy.ts";

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

/** Where we run. */
export interface UrlSurroundings {
  /** Hosts that are our own: lower case, without port. */
  readonly ownHosts: readonly string[];
  /** Whether loopback may be reached; only `npm start` says so. */
  readonly localMode: boolean;
}

/** `detail` goes on a sentence that begins with "The URL". */
export type UrlVerdict = { readonly ok: true } | { readonly ok: false; readonly detail: string };

/**
 * Whether a customer's webhook may be at this URL. It decides on the parsed host, since the spelling lies: octal,
 * hexadecimal, full-width and one-number addresses are all plain after parsing. What DNS says is not known here.
 */
export function judgeUrl(url: ParsedUrl, around: UrlSurroundings): UrlVerdict {
  const host = withoutTrailingDot(url.hostname);
  if (url.username !== "" || url.password !== "") return no("must not carry a user name or password");
  if (around.localMode && LOOPBACK_HOSTS.has(host))
    return HTTP.has(url.protocol) ? { ok: true } : no("must begin with http:// or https://");
  if (url.protocol !== "https:") return no("must begin with https://");
  if (!PORTS.has(url.port)) return no("must use port 443 or 8443");
  const named = judgePublicHost(host);
  if (!named.ok) return named;
  if (around.ownHosts.some((own) => host === withoutTrailingDot(own))) return no("names this installation itself");
  return { ok: true };
}

const HTTP: ReadonlySet<string> = new Set(["http:", "https:"]);
const PORTS: ReadonlySet<string> = new Set(["", "443", "8443"]);

function no(detail: string): UrlVerdict {
  return { ok: false, detail };
}
