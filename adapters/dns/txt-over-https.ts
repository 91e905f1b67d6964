import { z } from "zod";

/** What DNS says of a name's TXT records. `absent` is a definite word, `unavailable` none at all. */
export type TxtAnswer =
  | { readonly kind: "found"; readonly texts: readonly string[] }
  | { readonly kind: "absent" | "unavailable" };

/**
 * Asks a resolver over HTTPS (the JSON form that Cloudflare and Google answer) for the TXT records of a name, each with
 * its strings joined. Never rejects: whatever is not an answer within 3 s is `unavailable`. Answers are kept in the
 * isolate for their time to live, at most 300 s. `now` in milliseconds.
 */
export async function txtRecords(resolverUrl: string, name: string, now: number): Promise<TxtAnswer> {
  const key = `${resolverUrl} ${name}`;
  const known = kept.get(key);
  if (known !== undefined && known.until > now) return known.answer;
  const { answer, keepSeconds } = await ask(resolverUrl, name);
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
const TXT = 16;

const Answer = z.object({
  Status: z.number(),
  Answer: z.array(z.object({ type: z.number(), TTL: z.number().optional(), data: z.string() })).optional(),
});

interface Asked {
  readonly answer: TxtAnswer;
  readonly keepSeconds: number;
}

const kept = new Map<string, { readonly answer: TxtAnswer; readonly until: number }>();

/** The oldest goes: a stranger chooses the names. */
function keep(key: string, entry: { readonly answer: TxtAnswer; readonly until: number }): void {
  const [oldest] = kept.keys();
  if (kept.size >= KEPT_MAX && oldest !== undefined) kept.delete(oldest);
  kept.set(key, entry);
}

async function ask(resolverUrl: string, name: string): Promise<Asked> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), TIMEOUT_MS);
  try {
    const url = new URL(resolverUrl);
    url.searchParams.set("name", name);
    url.searchParams.set("type", "TXT");
    const response = await fetch(url, {
      headers: { accept: "application/dns-json" },
      redirect: "manual",
      signal: abort.signal,
    });
    const text = await response.text();
    if (!response.ok || text.length > ANSWER_CHARACTERS_MAX) return UNAVAILABLE;
    return toAsked(Answer.parse(JSON.parse(text)));
  } catch {
    return UNAVAILABLE;
  } finally {
    clearTimeout(timer);
  }
}

const UNAVAILABLE: Asked = { answer: { kind: "unavailable" }, keepSeconds: 0 };
const ABSENT: Asked = { answer: { kind: "absent" }, keepSeconds: KEEP_ABSENT_SECONDS };

/** RFC 1035: 0 is an answer, 3 is "no such name"; everything else is the resolver's trouble. */
function toAsked(answer: z.infer<typeof Answer>): Asked {
  if (answer.Status === 3) return ABSENT;
  if (answer.Status !== 0) return UNAVAILABLE;
  const records = (answer.Answer ?? []).filter(({ type }) => type === TXT);
  if (records.length === 0) return ABSENT;
  const keepSeconds = Math.min(KEEP_SECONDS_MAX, ...records.map(({ TTL }) => TTL ?? 0));
  return { answer: { kind: "found", texts: records.map(({ data }) => joined(data)) }, keepSeconds };
}

/** `"one" "two"` as zone files write it; a resolver that has joined the strings itself sends them bare. */
function joined(data: string): string {
  if (!data.startsWith('"')) return data;
  return [...data.matchAll(/"((?:[^"\\]|\\.)*)"/gs)].map(([, text = ""]) => unescaped(text)).join("");
}

function unescaped(text: string): string {
  return text.replace(/\\(\d{3}|.)/gs, (_all, code: string) =>
    code.length === 3 ? String.fromCharCode(Number(code)) : code,
  );
}
