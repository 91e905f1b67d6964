import { convertIPv4ToBinary, convertIPv6ToBinary } from "hono/utils/ipaddr";
import { withoutTrailingDot } from "../../core/host-policy.ts";
import { type DnsAnswer, dnsRecords } from "./over-https.ts";

/**
 * The first address that DNS has of a host and that is no public one; null when all are, or where nothing can be known: no
 * resolver is set, it doesn't answer, or it knows no such name. That is a second lock behind the rules for hosts (threat
 * T2), so a resolver that is down stops nobody's mail. `now` in milliseconds.
 */
export async function insideAddress(resolverUrl: string, host: string, now: number): Promise<string | null> {
  if (resolverUrl === "" || (silentUntil.get(resolverUrl) ?? 0) > now) return null;
  const name = withoutTrailingDot(host);
  const answers = await Promise.all([
    dnsRecords(resolverUrl, name, "A", now),
    dnsRecords(resolverUrl, name, "AAAA", now),
  ]);
  if (answers.some(({ kind }) => kind === "unavailable")) silentUntil.set(resolverUrl, now + SILENT_MS);
  return answers.flatMap(addressesOf).find((address) => !isPublicAddress(address)) ?? null;
}

/**
 * Whether an address, as DNS writes it, is one of the public internet. Of IPv6 only what IANA has given out for that
 * (2000::/3) and that carries no IPv4 address in it; of both families nothing of the special-purpose registries (RFC 6890).
 */
export function isPublicAddress(address: string): boolean {
  try {
    if (!address.includes(":")) return !isIn(convertIPv4ToBinary(address), 32n, INSIDE_IPV4);
    const number = convertIPv6ToBinary(address);
    return isIn(number, 128n, PUBLIC_IPV6) && !isIn(number, 128n, SPECIAL_IPV6);
  } catch {
    return false; // no address at all
  }
}

/** A resolver that didn't answer is left alone for a while: nobody waits for it at every attempt. */
const SILENT_MS = 10_000;
const silentUntil = new Map<string, number>();

interface Range {
  readonly from: bigint;
  readonly bits: bigint;
}

const INSIDE_IPV4 = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/4",
  "240.0.0.0/4",
].map((range) => rangeOf(range, convertIPv4ToBinary));

const PUBLIC_IPV6 = [rangeOf("2000::/3", convertIPv6ToBinary)];

/** Protocol assignments (Teredo and ORCHID are in them), documentation, 6to4. */
const SPECIAL_IPV6 = ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"].map((range) =>
  rangeOf(range, convertIPv6ToBinary),
);

function rangeOf(range: string, toNumber: (address: string) => bigint): Range {
  const [address = "", bits = ""] = range.split("/");
  return { from: toNumber(address), bits: BigInt(bits) };
}

function isIn(address: bigint, width: bigint, ranges: readonly Range[]): boolean {
  return ranges.some(({ from, bits }) => address >> (width - bits) === from >> (width - bits));
}

function addressesOf(answer: DnsAnswer): readonly string[] {
  return answer.kind === "found" ? answer.records : [];
}
