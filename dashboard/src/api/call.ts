import type { Problem } from "../../../core/contract/problem.ts";
import { forPeople } from "./for-people.ts";
import { currentMode, type Mode } from "./mode.ts";
import { noteLimits } from "./room.ts";
import { noteSignedIn, noteSignedOut } from "./session.ts";

/** What may stand in a query: what is undefined or empty is left out. */
export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

/** What a call takes beside its path. */
export interface CallOptions {
  readonly method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly query?: Query;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Whoever repeats a call gives the same one, so that it is done once. */
  readonly idempotencyKey?: string;
  /** `etag` of what was read: the change is refused when somebody else came first. */
  readonly ifMatch?: string;
  readonly mode?: Mode;
  readonly signal?: AbortSignal;
  /** Small and not to be lost: it goes on where the page is closed meanwhile. */
  readonly outlivesPage?: boolean;
}

/** The engine's "no" (RFC 9457), or that it can't be reached: `status` is 0 then. */
export class Refusal extends Error {
  readonly status: number;
  readonly problem: Partial<Problem>;
  /** How long the engine asks to wait (Retry-After); null where it doesn't say. */
  readonly retryAfterMs: number | null;

  constructor(status: number, problem: Partial<Problem>, retryAfterMs: number | null = null) {
    super(problem.detail ?? problem.title ?? `The server answered ${status}.`);
    this.name = "Refusal";
    this.status = status;
    this.problem = problem;
    this.retryAfterMs = retryAfterMs;
  }
}

/**
 * Asks the API; answers the body, which has the contract's shape by the tests of every route (so nothing is parsed here, and no
 * parser travels to the browser). Throws Refusal. Whoever isn't signed in
 * is taken to the sign-in and back; whose session ends while they work stays, and is told (session.ts).
 */
export async function call<Answer>(path: string, options: CallOptions = {}): Promise<Answer> {
  const response = await send(path, options);
  if (response.status === 204) return undefined as Answer;
  return (await response.json()) as Answer;
}

/** The same, for what has a version of its own (its `etag`). */
export async function callWithTag<Answer>(
  path: string,
  options: CallOptions = {},
): Promise<{ answer: Answer; etag: string | null }> {
  const response = await send(path, options);
  return { answer: (await response.json()) as Answer, etag: response.headers.get("etag") };
}

async function send(path: string, options: CallOptions): Promise<Response> {
  const { method = "GET", body, idempotencyKey, ifMatch, mode = currentMode(), signal, outlivesPage } = options;
  const headers = new Headers({ accept: "application/json", "drafthook-mode": mode });
  if (body !== undefined) headers.set("content-type", "application/json");
  if (idempotencyKey !== undefined) headers.set("idempotency-key", idempotencyKey);
  if (ifMatch !== undefined) headers.set("if-match", ifMatch);
  const response = await reach(path + queryOf(options.query), {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
    ...(outlivesPage === true ? { keepalive: true } : {}),
  });
  noteLimits(response.headers);
  if (response.ok) {
    noteSignedIn();
    return response;
  }
  if (response.status === 401 && noteSignedOut()) leaveForSignIn();
  const seconds = Number(response.headers.get("retry-after") ?? Number.NaN);
  throw new Refusal(
    response.status,
    forPeople(response.status, await readProblem(response)),
    Number.isFinite(seconds) ? seconds * 1_000 : null,
  );
}

/** Query values in the order given, with its question mark; empty where there is none. */
export function queryOf(query: Query = {}): string {
  const entries = Object.entries(query).flatMap(([name, value]) =>
    value === undefined || value === "" ? [] : [[name, String(value)]],
  );
  return entries.length === 0 ? "" : `?${new URLSearchParams(entries)}`;
}

async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw new Refusal(0, {
      detail: "The server can't be reached. Look at your connection; nothing that you typed is lost.",
    });
  }
}

async function readProblem(response: Response): Promise<Partial<Problem>> {
  try {
    return (await response.json()) as Partial<Problem>;
  } catch {
    return { detail: `The server answered ${response.status} and gave no reason.` };
  }
}

function leaveForSignIn(): void {
  location.assign(`/sign-in${queryOf({ next: location.pathname + location.search })}`);
}
