import { speaksFor } from "../../../core/mail/dkim/alignment.ts";
import { canonicalBody } from "../../../core/mail/dkim/canonical.ts";
import { readKeyRecord } from "../../../core/mail/dkim/key-record.ts";
import { type DkimMessage, splitMessage } from "../../../core/mail/dkim/message.ts";
import { type DkimSignature, readSignature } from "../../../core/mail/dkim/signature.ts";
import { signedHeader } from "../../../core/mail/dkim/signed-header.ts";
import {
  type DkimEvidence,
  type DkimReason,
  notChecked,
  type SignatureVerdict,
  weigh,
} from "../../../core/mail/dkim/verdict.ts";
import { toBase64 } from "../../crypto/bytes.ts";
import type { TxtAnswer } from "../../dns/txt-over-https.ts";
import { checkSignature } from "./check-signature.ts";

/** Answers for the TXT records of a name; must not reject. */
export type LookUpTxt = (name: string) => Promise<TxtAnswer>;

/**
 * Verifies the DKIM signatures of a raw mail (RFC 6376, 8301, 8463), at most five, with at most two names looked up, both
 * at once. `authorDomain` is that of From, in ASCII and lower case; null where it has none. `now` in milliseconds.
 */
export async function verifyDkim(
  raw: Uint8Array,
  authorDomain: string | null,
  lookUp: LookUpTxt,
  now: number,
): Promise<DkimEvidence> {
  const message = splitMessage(raw);
  if (message === null) return notChecked("too_large");
  // A second From is a way to have one signed and another one read.
  const isOneFrom = message.fields.filter(({ name }) => name === "from").length === 1;
  const isAligned = (domain: string | null) =>
    isOneFrom && authorDomain !== null && domain !== null && speaksFor(domain, authorDomain);

  const verdicts: SignatureVerdict[] = [];
  const open: DkimSignature[] = [];
  for (const field of message.fields.filter(({ name }) => name === "dkim-signature").slice(0, SIGNATURES_MAX)) {
    const read = readSignature(field);
    if (read.ok) open.push(read.signature);
    else verdicts.push({ word: read.word, reason: read.reason, domain: read.domain, aligned: isAligned(read.domain) });
  }
  open.sort((one, other) => Number(isAligned(other.domain)) - Number(isAligned(one.domain)));
  for (const { signature, finding } of await verifyAll(message, open, lookUp, now))
    verdicts.push({ ...finding, domain: signature.domain, aligned: isAligned(signature.domain) });
  return weigh(verdicts);
}

const SIGNATURES_MAX = 5;
const NAMES_MAX = 2;

type Finding = Pick<SignatureVerdict, "word" | "reason">;

async function verifyAll(
  message: DkimMessage,
  signatures: readonly DkimSignature[],
  lookUp: LookUpTxt,
  now: number,
): Promise<readonly { readonly signature: DkimSignature; readonly finding: Finding }[]> {
  const bodies = new Bodies(message.body);
  const states = [];
  // One after the other: five hashes of a large body at once would be five copies of it.
  for (const signature of signatures) states.push({ signature, body: await bodies.compare(signature) });
  const names = states.filter(({ body }) => body !== "changed").map(({ signature }) => keyName(signature));
  const records = new Map(
    await Promise.all([...new Set(names)].slice(0, NAMES_MAX).map(async (name) => [name, await lookUp(name)] as const)),
  );
  return Promise.all(
    states.map(async ({ signature, body }) => ({
      signature,
      finding:
        body === "changed"
          ? no("fail", "body_changed")
          : await verifyHeader(message, signature, records.get(keyName(signature)), body, now),
    })),
  );
}

async function verifyHeader(
  message: DkimMessage,
  signature: DkimSignature,
  record: TxtAnswer | undefined,
  body: "whole" | "part",
  now: number,
): Promise<Finding> {
  if (record === undefined) return no("neutral", "too_many_signatures");
  if (record.kind === "unavailable") return no("temperror", "key_unavailable");
  const key = readKeyRecord(record.kind === "found" ? record.texts : [], signature);
  if (!key.ok) return no("permerror", key.reason);
  const check = await checkSignature(signature, key.keyBase64, signedHeader(message.fields, signature));
  if (check === "key_syntax") return no("permerror", check);
  if (check === "key_weak") return no("policy", check);
  if (check === "wrong") return no("fail", "header_changed");
  if (key.testing) return no("neutral", "key_testing");
  if (signature.expiresAt !== null && signature.expiresAt <= now) return no("policy", "expired");
  // What stands behind the signed part may be anybody's, and a reader may see nothing else.
  return body === "part" ? no("policy", "body_not_covered") : { word: "pass", reason: null };
}

function no(word: Finding["word"], reason: DkimReason): Finding {
  return { word, reason };
}

function keyName({ selector, domain }: DkimSignature): string {
  return `${selector}._domainkey.${domain}`;
}

/** The body of one mail in its canonical forms; each is made and hashed once, however many signatures ask. */
class Bodies {
  readonly #body: Uint8Array;
  readonly #forms = new Map<DkimSignature["bodyForm"], Uint8Array<ArrayBuffer>>();
  readonly #hashes = new Map<string, string>();

  constructor(body: Uint8Array) {
    this.#body = body;
  }

  /** Whether the signed body is the one that came: all of it, or only its beginning (l=). */
  async compare({ bodyForm, bodyBytes, bodyHash }: DkimSignature): Promise<"whole" | "part" | "changed"> {
    const form = this.#forms.get(bodyForm) ?? canonicalBody(this.#body, bodyForm);
    this.#forms.set(bodyForm, form);
    const length = Math.min(bodyBytes ?? form.length, form.length);
    const name = `${bodyForm} ${length}`;
    const hash = this.#hashes.get(name) ?? toBase64(await sha256(form.subarray(0, length)));
    this.#hashes.set(name, hash);
    if (hash !== bodyHash) return "changed";
    return length < form.length ? "part" : "whole";
  }
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}
