import { createHash, createPublicKey, verify } from "node:crypto";
import { Evidence, type EvidenceKeys } from "../../core/contract/evidence.ts";
import { canonicalJson } from "../../core/evidence/canonical.ts";
import { linkText } from "../../core/evidence/link.ts";
import { packText, signedText, thumbprintText } from "../../core/evidence/pack.ts";
import { storable } from "../../core/evidence/storable.ts";

/** One thing that was looked at. `note` says what can't be told, without a fault. */
export interface Check {
  readonly name: string;
  readonly verdict: "ok" | "failed" | "note";
  readonly detail: string;
}

/** What came of a file. `evidence` is null where it can't be read as such. */
export interface Verdict {
  readonly checks: readonly Check[];
  readonly evidence: Evidence | null;
}

type Keys = EvidenceKeys["keys"];
type Line = Evidence["lines"][number];

/** Checks a file of evidence, offline. `keys` are the installation's; with null any signature that fits its own key will do. */
export function verifyEvidence(text: string, keys: Keys | null): Verdict {
  const read = readFile(text);
  if (read.evidence === null) return { checks: [read.check], evidence: null };
  const { evidence } = read;
  const checks = [
    read.check,
    checkHash(evidence),
    checkSignature(evidence, keys),
    checkChain(evidence),
    ...checkLines(evidence),
    checkMessage(evidence),
    checkPayload(evidence),
  ];
  return { checks, evidence };
}

/** The line that says that the message was sent, or null. */
export function messageLine({ lines, about }: Evidence): Line | null {
  const own = lines.filter(
    ({ content }) => content?.["kind"] === "message" && content["subjectId"] === about.messageId,
  );
  return own.length === 1 ? (own[0] ?? null) : null;
}

function readFile(text: string): { readonly check: Check; readonly evidence: Evidence | null } {
  const name = "file";
  const value = parse(text);
  if (value === undefined) return { check: failed(name, "it can't be read as JSON"), evidence: null };
  const shape = Evidence.safeParse(value);
  if (!shape.success) {
    const [issue] = shape.error.issues;
    return {
      check: failed(name, `it is no evidence of this format: ${issue?.path.join("/")} ${issue?.message}`),
      evidence: null,
    };
  }
  // What was read, and not what the schema made of it: a field that it passes over would be one that nobody proves.
  const evidence = value as Evidence;
  // Two spellings of one value would be two files that prove the same; there is only the one that was downloaded.
  if (JSON.stringify(value) !== text)
    return { check: failed(name, "it was spelled anew since it was downloaded"), evidence };
  return {
    check: ok(name, `${evidence.format}, made at ${evidence.madeAt} by ${evidence.madeBy}`),
    evidence,
  };
}

function checkHash(evidence: Evidence): Check {
  return sha256(packText(evidence)) === evidence.sha256
    ? ok("hash", evidence.sha256)
    : failed("hash", "the file is not what its own hash says");
}

function checkSignature(evidence: Evidence, keys: Keys | null): Check {
  const name = "signature";
  const { signature, sha256: hash } = evidence;
  if (signature === null) {
    const unsigned =
      "it is unsigned: nothing shows who made it, and whoever altered it could have made all hashes anew";
    return keys === null ? note(name, unsigned) : failed(name, unsigned);
  }
  const { key, value } = signature;
  if (key.kid !== digest(thumbprintText(key.x)).toString("base64url"))
    return failed(name, "the key's id is another key's");
  if (keys !== null && !keys.some(({ kid, x }) => kid === key.kid && x === key.x))
    return failed(name, `it is signed by ${key.kid}, which is none of the keys given`);
  const bytes = Buffer.from(value, "base64url");
  // The last character holds bits that say nothing: of them there is one spelling, too.
  if (bytes.toString("base64url") !== value || !isSignedBy(key.x, signedText(hash), bytes))
    return failed(name, "the signature doesn't fit");
  if (sha256(packText(evidence)) !== hash) return failed(name, "it was made for what the file once was");
  return keys === null
    ? note(name, `it fits the key ${key.kid} in the file itself; --key says whose that is`)
    : ok(name, `by ${key.kid}`);
}

function isSignedBy(x: string, text: string, signature: Buffer): boolean {
  try {
    const key = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
    return verify(null, Buffer.from(text), key, signature);
  } catch {
    return false;
  }
}

function checkChain({ chain, end, about }: Evidence): Check {
  const name = "chain";
  let before: string | null = null;
  let unchained = 0;
  for (const [index, link] of chain.entries()) {
    if (link.line !== index + 1) return failed(name, `line ${index + 1} is missing or out of its place`);
    if (link.content === null || link.chain === null) {
      if (before !== null || link.content !== link.chain) return failed(name, `line ${link.line} has lost its hash`);
      unchained += 1;
      continue;
    }
    if (sha256(linkText(about.enrollmentId, link.line, before, link.content)) !== link.chain)
      return failed(name, `line ${link.line} doesn't hang on the one before`);
    before = link.chain;
  }
  if (end.line !== chain.length || end.chain !== before)
    return failed(name, `it ends at line ${chain.length}, and the end is told as line ${end.line} with another hash`);
  const older = unchained === 0 ? "" : `; lines 1 to ${unchained} are older than the chain and proven by nothing`;
  const source = end.from === "object" ? "the enrollment itself" : "the log, since the enrollment was emptied";
  return ok(name, `${chain.length} lines, the end as told by ${source}${older}`);
}

function checkLines({ lines, chain }: Evidence): readonly Check[] {
  let last = 0;
  return lines.map((line): Check => {
    const name = `line ${line.line}`;
    if (line.line <= last) return failed(name, "it stands twice or out of its order");
    last = line.line;
    const link = chain[line.line - 1];
    const fault = link === undefined ? "it is not in the chain" : faultOf(line, link.content);
    if (fault !== null) return failed(name, fault);
    if (line.content === null) return note(name, "what it said is no longer kept; its place in the chain stands");
    return ok(name, describe(line));
  });
}

function faultOf({ content, text, bodies }: Line, contentSha256: string | null): string | null {
  if (content === null)
    return text === null && bodies === null ? null : "it has a text or bodies, and nothing to prove them by";
  if (contentSha256 === null) return "it is older than the chain: nothing proves it";
  if (sha256(canonicalJson(content)) !== contentSha256) return "it doesn't say what its hash is of";
  if (text !== null && sha256(storable(text)) !== content["textSha256"]) return "its text is another one";
  if (bodies !== null && sha256(canonicalJson(bodies)) !== detailOf(content)["shownSha256"])
    return "its request or answer are others";
  return null;
}

function checkMessage(evidence: Evidence): Check {
  const line = messageLine(evidence);
  if (line?.content == null) return failed("message", `no line says that ${evidence.about.messageId} was sent`);
  const detail = detailOf(line.content);
  const assumed = detail["assumed"] === true ? ", assumed: the provider never said so" : "";
  return ok(
    "message",
    `${evidence.about.messageId} to ${line.content["to"]} by ${detail["provider"]} at ${timeOf(line.content)}${assumed}`,
  );
}

function checkPayload(evidence: Evidence): Check {
  const content = messageLine(evidence)?.content;
  const wanted = content == null ? undefined : detailOf(content)["sha256"];
  if (evidence.payload === null) return note("bytes sent", `no longer kept; their SHA-256 was ${wanted}`);
  return sha256(evidence.payload) === wanted
    ? ok("bytes sent", `${Buffer.byteLength(evidence.payload)} bytes, SHA-256 ${wanted}`)
    : failed("bytes sent", "they are not those that were handed to the provider");
}

function describe({ content, bodies }: Line): string {
  if (content === null) return "";
  const kept = content["kind"] === "exchange" && bodies === null ? "; its bytes are no longer kept" : "";
  const detail = detailOf(content);
  const by = typeof detail["by"] === "string" && detail["by"] !== "engine" ? ` by ${detail["by"]}` : "";
  const outcome = typeof content["decision"] === "string" ? `: ${content["outcome"]}, ${content["decision"]}` : "";
  const gates = Array.isArray(detail["gates"]) ? `, gates ${detail["gates"].map(wordOfGate).join(" ")}` : "";
  return `${timeOf(content)} ${content["kind"]} ${content["what"]}${by}${outcome}${gates}${kept}`;
}

function wordOfGate(verdict: unknown): string {
  const { gate, verdict: word } = Object(verdict) as Readonly<Record<string, unknown>>;
  return `${gate}:${word}`;
}

function detailOf(content: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object(content["detail"]) as Readonly<Record<string, unknown>>;
}

function timeOf({ at }: Readonly<Record<string, unknown>>): string {
  return typeof at === "number" ? new Date(at).toISOString() : "no time";
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text, "utf8").digest();
}

function sha256(text: string): string {
  return digest(text).toString("hex");
}

function ok(name: string, detail: string): Check {
  return { name, verdict: "ok", detail };
}

function note(name: string, detail: string): Check {
  return { name, verdict: "note", detail };
}

function failed(name: string, detail: string): Check {
  return { name, verdict: "failed", detail };
}
