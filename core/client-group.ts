/**
 * Whom an address counts for: an IPv4 address by itself, an IPv6 one by its /64, which is one household or one server.
 * Takes what Cloudflare writes into `cf-connecting-ip`; anything else counts for itself.
 */
export function clientGroup(address: string): string {
  if (!address.includes(":") || address.includes(".")) return address;
  const [before = "", after] = address.toLowerCase().split("::");
  const first = groupsOf(before);
  const last = after === undefined ? [] : groupsOf(after);
  const zeros = Array.from({ length: Math.max(8 - first.length - last.length, 0) }, () => "0");
  const whole = after === undefined ? first : [...first, ...zeros, ...last];
  const network = whole.slice(0, 4).map((group) => group.replace(/^0+(?=.)/, ""));
  return `${network.join(":")}::/64`;
}

function groupsOf(part: string): readonly string[] {
  return part === "" ? [] : part.split(":");
}
