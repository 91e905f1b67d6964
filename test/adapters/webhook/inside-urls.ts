type Octets = readonly [number, number, number, number];

const CIRCLED = "⓪①②③④⑤⑥⑦⑧⑨";

/** Addresses that no webhook may be at: insides, and a public one, since a webhook is named by a name. */
const ADDRESSES = [
  "127.0.0.1",
  "127.1.2.3",
  "0.0.0.0",
  "10.0.0.1",
  "10.255.255.254",
  "100.64.0.1",
  "169.254.169.254",
  "172.16.0.1",
  "172.31.255.254",
  "192.0.2.1",
  "192.168.0.1",
  "192.168.1.254",
  "198.18.0.1",
  "224.0.0.1",
  "255.255.255.255",
  "8.8.8.8",
] as const;

/** All ways to write an IPv4 address that some parser takes for it. */
const SPELLINGS: readonly ((octets: Octets) => string)[] = [
  (octets) => octets.join("."),
  (octets) => `${octets.join(".")}.`,
  (octets) => `${numberOf(octets)}`,
  (octets) => `0x${numberOf(octets).toString(16)}`,
  (octets) => `0${numberOf(octets).toString(8)}`,
  (octets) => octets.map((octet) => `0${octet.toString(8)}`).join("."),
  (octets) => octets.map((octet) => `0x${octet.toString(16)}`).join("."),
  (octets) => octets.map((octet) => `000${octet.toString(8)}`).join("."),
  ([a, b, c, d]) => `0x${a.toString(16)}.${b}.0${c.toString(8)}.${d}`,
  ([a, b, c, d]) => `${a}.${(b * 256 + c) * 256 + d}`,
  ([a, b, c, d]) => `${a}.${b}.${c * 256 + d}`,
  (octets) => inDigits(octets, "０"),
  (octets) => octets.join(".").replaceAll(/\d/g, (digit) => CIRCLED.charAt(Number(digit))),
  (octets) => octets.join("。"),
  (octets) => octets.join("．"),
  (octets) => [...octets.join(".")].map((sign) => `%${sign.charCodeAt(0).toString(16)}`).join(""),
  (octets) => `[::ffff:${octets.join(".")}]`,
  (octets) => `[::ffff:${inHex(octets)}]`,
  (octets) => `[::${inHex(octets)}]`,
  (octets) => `[64:ff9b::${inHex(octets)}]`,
  (octets) => `[2002:${inHex(octets)}::1]`,
];

const NAMES = [
  "localhost",
  "localhost.",
  "LOCALHOST",
  "LocalHost..",
  "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ",
  "ｌｏｃａｌｈｏｓｔ",
  "loc%61lhost",
  "api.localhost",
  "localhost.localdomain",
  "metadata",
  "metadata.google.internal",
  "instance-data.ec2.internal",
  "kubernetes.default.svc.cluster.local",
  "printer.local",
  "router.lan",
  "nas.home.arpa",
  "wiki.intranet",
  "host.corp",
  "db.private",
  "abcdefghijklmnop.onion",
  "1.0.0.127.in-addr.arpa",
  "[::1]",
  "[::]",
  "[0:0:0:0:0:0:0:1]",
  "[fe80::1]",
  "[fc00::1]",
  "[fd12:3456:789a::1]",
  "[ff02::1]",
  "[100::1]",
  "[5f00::1]",
  "[2001::1]",
  "[2001:db8::1]",
  "[3fff::1]",
  "[2606:4700:4700::1111]",
] as const;

/** Every spelling of every address, and the names of insides, as webhook URLs. */
export const INSIDE_URLS: readonly string[] = [
  ...ADDRESSES.flatMap((address) => SPELLINGS.map((spell) => `https://${spell(octetsOf(address))}/hook`)),
  ...NAMES.map((name) => `https://${name}/hook`),
  ...NAMES.slice(0, 10).map((name) => `https://${name}:8443/hook`),
];

function octetsOf(address: string): Octets {
  const [a = 0, b = 0, c = 0, d = 0] = address.split(".").map(Number);
  return [a, b, c, d];
}

function numberOf([a, b, c, d]: Octets): number {
  return ((a * 256 + b) * 256 + c) * 256 + d;
}

function inHex([a, b, c, d]: Octets): string {
  return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
}

function inDigits(octets: Octets, zero: string): string {
  const from = zero.charCodeAt(0);
  return octets.join(".").replaceAll(/\d/g, (digit) => String.fromCharCode(from + Number(digit)));
}
