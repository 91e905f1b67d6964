import { setTimeout as wait } from "node:timers/promises";
import { PlainError } from "../plain-error.ts";

/** The API of one installation, asked again where it, or the way to it, has a bad moment. */
export interface Caller {
  /** The body of a 2xx. Throws PlainError with the API's own sentence for any other answer that stays. */
  readonly ask: (method: "GET" | "POST" | "PATCH", path: string, body?: object) => Promise<string>;
}

const TRIES = 6;
const WAIT_MS = 1_000;
const WAIT_MAX_MS = 30_000;

/** Who asks with this key. */
export function callerOf(url: string, key: string): Caller {
  const ask: Caller["ask"] = async (method, path, body) => {
    for (let tried = 1; ; tried += 1) {
      const outcome = await attempt(`${url.replace(/\/$/, "")}${path}`, method, key, body);
      if (outcome.ok) return outcome.text;
      if (outcome.isFinal || tried === TRIES) throw new PlainError(`${method} ${path.split("?")[0]}: ${outcome.why}`);
      await wait(outcome.waitMs ?? Math.min(WAIT_MS * 2 ** (tried - 1), WAIT_MAX_MS));
    }
  };
  return { ask };
}

type Outcome =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly isFinal: boolean; readonly why: string; readonly waitMs: number | null };

async function attempt(url: string, method: string, key: string, body: object | undefined): Promise<Outcome> {
  try {
    const response = await fetch(url, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (response.ok) return { ok: true, text };
    const isFinal = response.status < 500 && response.status !== 429;
    const after = Number(response.headers.get("retry-after"));
    return { ok: false, isFinal, why: sentenceOf(text, response.status), waitMs: after > 0 ? after * 1_000 : null };
  } catch (error) {
    return { ok: false, isFinal: false, why: error instanceof Error ? error.message : String(error), waitMs: null };
  }
}

function sentenceOf(text: string, status: number): string {
  try {
    const { detail } = JSON.parse(text) as { readonly detail?: unknown };
    return typeof detail === "string" ? `${status}: ${detail}` : `${status}: ${text.slice(0, 300)}`;
  } catch {
    return `${status}: ${text.slice(0, 300)}`;
  }
}
