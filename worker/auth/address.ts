import { HTTPException } from "hono/http-exception";
import { ipRestriction } from "hono/ip-restriction";
import type { ApiContext } from "../api.ts";

/**
 * The address that a request came from, as Cloudflare's edge (on one machine: workerd's door) saw it; null where nothing
 * says so. A sender can't choose it: the edge writes the header anew.
 */
export function addressOf(c: ApiContext): string | null {
  return c.req.header("cf-connecting-ip")?.trim() ?? null;
}

/** Whether one of `ranges` (addresses or CIDR, IPv4 or IPv6) holds the address. IPv4 mapped into IPv6 is that IPv4 address. */
export async function isWithin(c: ApiContext, address: string, ranges: readonly string[]): Promise<boolean> {
  // An empty list would let in everybody.
  if (ranges.length === 0) return false;
  const outside = new Response(null, { status: 403 });
  const guard = ipRestriction(
    () => address,
    { allowList: [...ranges] },
    async () => outside,
  );
  try {
    return (await guard(c, async () => undefined)) !== outside;
  } catch (error) {
    if (error instanceof HTTPException) return false; // no address at all
    throw error;
  }
}

/** Whether all of `range` lies in one of `ranges`. */
export async function isRangeWithin(c: ApiContext, range: string, ranges: readonly string[]): Promise<boolean> {
  const [address = range] = range.split("/");
  for (const wider of ranges)
    if (prefixBits(wider) <= prefixBits(range) && (await isWithin(c, address, [wider]))) return true;
  return false;
}

/** How many bits of the address are given, counted as of IPv6, in which IPv4 is mapped into 96 bits. */
function prefixBits(range: string): number {
  const [address = "", prefix] = range.split("/");
  const isIpv6 = address.includes(":");
  return (isIpv6 ? 0 : 96) + (prefix === undefined ? (isIpv6 ? 128 : 32) : Number(prefix));
}
