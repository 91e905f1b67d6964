import { openEvidenceKey } from "../../adapters/crypto/evidence-key.ts";
import { sha256Now } from "../../adapters/crypto/sha256-now.ts";
import { type ChainLine, contentOfRow, listChain, listLines } from "../../adapters/d1/evidence-lines.ts";
import type { JournalRecord } from "../../adapters/d1/journal.ts";
import type { MessageRecord } from "../../adapters/d1/messages.ts";
import type { Tenant } from "../../adapters/d1/tenant-db.ts";
import { maskBodies } from "../../adapters/r2/mask-bodies.ts";
import { readExchange } from "../../adapters/r2/read-bodies.ts";
import { toTimestamp } from "../../core/contract/common.ts";
import type { Evidence } from "../../core/contract/evidence.ts";
import { isAbout, type SentMessage } from "../../core/evidence/about.ts";
import { withoutSignatures } from "../../core/evidence/bodies.ts";
import { EVIDENCE_FORMAT, packText } from "../../core/evidence/pack.ts";
import { enrollmentStub } from "../../durable-objects/stub.ts";

/** How many exchanges' bodies are read at a time. */
const AT_ONCE = 6;

/** `late`: the log hasn't all of it yet. */
export type Made =
  | { readonly kind: "made"; readonly evidence: Evidence }
  | { readonly kind: "late"; readonly have: number; readonly of: number };

/** Gathers what is known of one sent message, and signs it where this installation has a key. */
export async function makeEvidence(env: Env, tenant: Tenant, message: MessageRecord, now: number): Promise<Made> {
  const { enrollmentId } = message;
  // The end first: what is written from then on is left out, and not missed.
  const told = await enrollmentStub(env, tenant.tenantId, enrollmentId).readChainEnd();
  const all = await listChain(tenant, enrollmentId);
  const have = all.at(-1)?.entry ?? 0;
  const end =
    told === null
      ? { line: have, chain: all.at(-1)?.chainSha256 ?? null, from: "log" as const }
      : { line: told.line, chain: told.chainSha256, from: "object" as const };
  const chain = all.filter(({ entry }) => entry <= end.line);
  const own = chain.find(({ kind, subjectId }) => kind === "message" && subjectId === message.id);
  if (chain.length < end.line || own === undefined) return { kind: "late", have: chain.length, of: end.line };
  const [head] = await listLines(tenant, enrollmentId, [own.entry]);
  if (head === undefined) throw new Error(`line ${own.entry} of ${enrollmentId} was listed and is not there`);
  const sent = sentMessage(message, head);
  const rows = await listLines(tenant, enrollmentId, entriesAbout(chain, sent));
  const pack = {
    format: EVIDENCE_FORMAT,
    madeAt: toTimestamp(now),
    madeBy: env.PUBLIC_URL,
    about: {
      ...{ messageId: message.id, enrollmentId, tenantId: tenant.tenantId, mode: tenant.mode },
      ...{ cadenceId: head.cadenceId, version: head.version },
    },
    chain: chain.map(({ entry, contentSha256, chainSha256 }) => ({
      line: entry,
      content: contentSha256,
      chain: chainSha256,
    })),
    end,
    lines: await inBatches(rows, (row) => showLine(env, row, message)),
    payload: head.bodyKey === null ? null : await textOf(env.BODIES, head.bodyKey),
  } satisfies Omit<Evidence, "sha256" | "signature">;
  const sha256 = sha256Now(packText(pack));
  return { kind: "made", evidence: { ...pack, sha256, signature: await signatureOf(env, sha256) } };
}

function sentMessage({ id, step }: MessageRecord, { entry, detail }: JournalRecord): SentMessage {
  const said: Readonly<Record<string, unknown>> = JSON.parse(detail);
  const text = (name: string) => (typeof said[name] === "string" ? said[name] : null);
  return {
    ...{ id, entry, step },
    ...{ draftId: text("draftId"), sendKey: text("sendKey"), providerMessageId: text("providerMessageId") },
  };
}

function entriesAbout(chain: readonly ChainLine[], sent: SentMessage): readonly number[] {
  return chain.filter((line) => isAbout(line, sent)).map(({ entry }) => entry);
}

async function showLine(env: Env, row: JournalRecord, message: MessageRecord): Promise<Evidence["lines"][number]> {
  const isMessage = row.kind === "message" && row.subjectId === message.id;
  const content = contentOfRow(row, isMessage ? message : null, sha256Now);
  const bodies = row.kind === "exchange" && row.bodyKey !== null ? await readExchange(env.BODIES, row.bodyKey) : null;
  return {
    line: row.entry,
    content: content === null ? null : { ...content },
    text: isMessage ? message.text : null,
    bodies: bodies === null ? null : withoutSignatures(maskBodies(bodies)),
  };
}

async function textOf(bodies: R2Bucket, key: string): Promise<string | null> {
  const object = await bodies.get(key);
  return object === null ? null : object.text();
}

async function signatureOf({ EVIDENCE_KEY_V1 }: Env, sha256: string): Promise<Evidence["signature"]> {
  if (EVIDENCE_KEY_V1 === undefined || EVIDENCE_KEY_V1 === "") return null;
  const { key, sign } = await openEvidenceKey(EVIDENCE_KEY_V1);
  return { key, value: await sign(sha256) };
}

async function inBatches<From, To>(all: readonly From[], make: (one: From) => Promise<To>): Promise<To[]> {
  const made: To[] = [];
  for (let start = 0; start < all.length; start += AT_ONCE)
    made.push(...(await Promise.all(all.slice(start, start + AT_ONCE).map(make))));
  return made;
}
