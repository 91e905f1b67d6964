import { sha256Hex } from "../../adapters/crypto/bytes.ts";
import type { LimitWord } from "../../core/rate-limit.ts";
import type { ApiContext } from "../api.ts";
import { addressOf } from "../auth/address.ts";

/** The oldest go first: what is forgotten is looked up again by the next request. */
const CALLERS_KEPT = 2_000;

/** Whose credentials these were when they were last looked up. A hint for the limiter only: it opens nothing. */
export interface KnownCaller {
  readonly tenantId: string;
  readonly keyId: string;
}

/** Until when the limiter has refused a key, and with which word. */
export interface Refused {
  readonly until: number;
  readonly word: LimitWord;
}

/** What this isolate has seen, by the hash of the credentials; so that a flood is refused before anybody asks D1. */
const callers = new Map<string, KnownCaller>();
const refused = new Map<string, Refused>();

/**
 * What a request proves itself by, hashed, or null for nothing at all. Whatever way authentication reads it; with the address
 * it comes from, since a key may be good from some only.
 */
export async function credentialsOf(c: ApiContext): Promise<string | null> {
  const shown = ["authorization", "x-api-key", "cookie"].map((name) => c.req.header(name) ?? "").join("\n");
  return shown.trim() === "" ? null : sha256Hex(`${addressOf(c)}\n${shown}`);
}

export function knownCaller(credentials: string | null): KnownCaller | undefined {
  return credentials === null ? undefined : callers.get(credentials);
}

export function rememberCaller(credentials: string, caller: KnownCaller): void {
  keepSome(callers, CALLERS_KEPT, credentials, caller);
}

/** They open nothing any more. */
export function forgetCaller(credentials: string): void {
  callers.delete(credentials);
}

/** The refusal that still holds for this key, at `now` (ms). */
export function refusalOf({ keyId }: KnownCaller, now: number): Refused | undefined {
  const last = refused.get(keyId);
  if (last === undefined || last.until > now) return last;
  refused.delete(keyId);
  return undefined;
}

/** Until it is over nobody asks the limiter for this key: the answer would be the same. */
export function noteRefusal({ keyId }: KnownCaller, word: LimitWord, now: number): void {
  if (word.waitMs > 0) keepSome(refused, CALLERS_KEPT, keyId, { until: now + word.waitMs, word });
}

/** Puts a value into a map that holds `most`: the one that was put in first goes. */
export function keepSome<Value>(map: Map<string, Value>, most: number, name: string, value: Value): void {
  map.delete(name);
  map.set(name, value);
  const [oldest] = map.keys();
  if (map.size > most && oldest !== undefined) map.delete(oldest);
}
