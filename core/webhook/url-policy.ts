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
  /** Our own front door; null when the settings name none that can be read. */
  readonly own: Pick<ParsedUrl, "protocol" | "hostname" | "port"> | null;
  /** Whether loopback may be reached; only `npm start` says so. */
  readonly localMode: boolean;
  /** Ports from 1024 on too: an API that people rent may listen there. */
  readonly highPorts?: boolean;
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
  const own = around.own === null ? null : withoutTrailingDot(around.own.hostname);
  if (around.localMode && LOOPBACK_HOSTS.has(host)) {
    if (!HTTP.has(url.protocol)) return no("must begin with http:// or https://");
    // This machine has many doors and three names; ours is known by its port.
    const isOwnDoor = around.own !== null && LOOPBACK_HOSTS.has(own ?? "") && portOf(url) === portOf(around.own);
    return isOwnDoor ? no(ITSELF) : { ok: true };
  }
  if (url.protocol !== "https:") return no("must begin with https://");
  if (around.highPorts === true) {
    if (!isApiPort(url.port)) return no("must use port 443, or one from 1024 on");
  } else if (!PORTS.has(url.port)) return no("must use port 443 or 8443");
  const named = judgePublicHost(host);
  if (!named.ok) return named;
  return host === own ? no(ITSELF) : { ok: true };
}

const ITSELF = "names this installation itself";

const HTTP: ReadonlySet<string> = new Set(["http:", "https:"]);
const PORTS: ReadonlySet<string> = new Set(["", "443", "8443"]);

function isApiPort(port: string): boolean {
  return port === "" || port === "443" || Number(port) >= 1024;
}

function portOf({ protocol, port }: Pick<ParsedUrl, "protocol" | "port">): string {
  if (port !== "") return port;
  return protocol === "https:" ? "443" : "80";
}

function no(detail: string): UrlVerdict {
  return { ok: false, detail };
}
