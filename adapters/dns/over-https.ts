import { z } from "zod";

/** What DNS says of a name's records of one type. `absent` is a definite word, `unavailable` none at all. */
export type DnsAnswer =
  | { readonly kind: "found"; readonly records: readonly string[] }
  | { readonly kind: "absent" | "unavailable" };

/** The types that are asked for, by their numbers (IANA, "Resource Record TYPEs"). */
export const RECORD_TYPES = { A: 1, TXT: 16, AAAA: 28 } as const;

export type RecordType = keyof typeof RECORD_TYPES;

/**
 * Asks a resolver over HTTPS (the JSON form that Cloudflare and Google answer) for a name's records of one type, each as
 * its data is written there. Never rejects: whatever is not an answer within 3 s is `unavailable`. Answers are kept in the
 * isolate for their time to live, at most 300 s. `now` in milliseconds.
 */
export async function dnsRecords(resolverUrl: string, name: string, type: RecordType, now: number): Promise<DnsAnswer> {
  const key = `${resolverUrl} ${type} ${name}`;
  const known = kept.get(key);
  if (known !== undefined && known.until > now) return known.answer;
  const { answer, keepSeconds } = await ask(resolverUrl, name, type);
  kept.delete(key);
  if (keepSeconds > 0) keep(key, { answer, until: now + keepSeconds * 1000 });
  return answer;
}

const TIMEOUT_MS = 3_000;
const ANSWER_CHARACTERS_MAX = 65_536;
const KEEP_SECONDS_MAX = 300;
/** A key that was just published must not be missing for long. */
const KEEP_ABSENT_SECONDS = 30;
const KEPT_MAX = 500;

const Answer = z.object({
  Status: z.number(),
  Answer: z.array(z.object({ type: z.number(), TTL: z.number().optional(), data: z.string() })).optional(),
});

interface Asked {
  readonly answer: DnsAnswer;
  readonly keepSeconds: number;
}

const kept = new Map<string, { readonly answer: DnsAnswer; readonly until: number }>();

/** The oldest goes: a stranger chooses the names. */
function keep(key: string, entry: { readonly answer: DnsAnswer; readonly until: number }): void {
  const [oldest] = kept.keys();
  if (kept.size >= KEPT_MAX && oldest !== undefined) kept.delete(oldest);
  kept.set(key, entry);
}

async function ask(resolverUrl: string, name: string, type: RecordType): Promise<Asked> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), TIMEOUT_MS);
  try {
    const url = new URL(resolverUrl);
    url.searchParams.set("name", name);
    url.searchParams.set("type", type);
    const response = await fetch(url, {
      headers: { accept: "application/dns-json" },
      redirect: "manual",
      signal: abort.signal,
    });
    const text = await response.text();
    if (!response.ok || text.length > ANSWER_CHARACTERS_MAX) return UNAVAILABLE;
    return toAsked(Answer.parse(JSON.parse(text)), type);
  } catch {
    return UNAVAILABLE;
  } finally {
    clearTimeout(timer);
  }
}

const UNAVAILABLE: Asked = { answer: { kind: "unavailable" }, keepSeconds: 0 };
/** An address that wasn't there may be there at the next asking, and be the one that is connected to. */
function absent(type: RecordType): Asked {
  return { answer: { kind: "absent" }, keepSeconds: type === "TXT" ? KEEP_ABSENT_SECONDS : 0 };
}

/** RFC 1035: 0 is an answer, 3 is "no such name"; everything else is the resolver's trouble. */
function toAsked(answer: z.infer<typeof Answer>, wanted: RecordType): Asked {
  if (answer.Status === 3) return absent(wanted);
  if (answer.Status !== 0) return UNAVAILABLE;
  const records = (answer.Answer ?? []).filter(({ type }) => type === RECORD_TYPES[wanted]);
  if (records.length === 0) return absent(wanted);
  const keepSeconds = Math.min(KEEP_SECONDS_MAX, ...records.map(({ TTL }) => TTL ?? 0));
  return { answer: { kind: "found", records: records.map(({ data }) => data) }, keepSeconds };
}
