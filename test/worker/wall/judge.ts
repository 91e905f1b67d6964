import { createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import type { Scope } from "../../../core/scope.ts";
import type { Api } from "../../../worker/api.ts";
import type { Call } from "./calls.ts";
import type { Identity } from "./identities.ts";
import type { Operation } from "./operations.ts";
import type { World } from "./world.ts";

/** An answer as a stranger sees it. */
export interface Seen {
  readonly status: number;
  readonly text: string;
  /** Names and values of its headers but those that each request has its own, sorted. */
  readonly headers: string;
}

/** Its id, and how many more may follow. */
const OF_EACH_REQUEST: ReadonlySet<string> = new Set(["x-request-id", "ratelimit"]);

/** Fails whoever asks it anything. */
const NEVER_ASKED: Partial<Env> = {
  DB: new Proxy(env.DB, {
    get: () => {
      throw new Error("D1 was asked");
    },
  }),
};

/** Knocks at one route of a world as somebody; answers what is wrong with what came back, or null. */
export async function judge(
  app: Api,
  operation: Operation,
  call: Call,
  identity: Identity,
  world: World,
): Promise<string | null> {
  const { scope } = operation;
  const headers = identity.headers(scope ?? "tenant:read");
  const overrides = scope !== null && identity.costsNoLookUp === true ? NEVER_ASKED : {};
  const seen = await knock(app, operation, call, headers, world, overrides);
  const fault =
    scope === null ? faultOfPublic(seen, call) : faultOf(seen, { ...operation, scope }, call, identity, world);
  return fault === null ? null : `${operation.operationId}, ${identity.name}: ${fault}`;
}

/** One request of the table, with the world's ids or those given. */
export async function knock(
  app: Api,
  { method, path }: Operation,
  call: Call,
  headers: Readonly<Record<string, string>>,
  world: World,
  overrides: Partial<Env> = {},
): Promise<Seen> {
  const id = call.id === undefined ? "" : world.ids[call.id];
  const url = `https://drafthook.test${path.replace(/\{\w+\}/, id)}${call.query?.(world) ?? ""}`;
  const body = call.body === undefined ? null : JSON.stringify(call.body(world));
  const type: Record<string, string> = body === null ? {} : { "content-type": "application/json" };
  const request = new Request(url, { method, headers: { ...type, ...headers }, body });
  const response = await app.fetch(request, { ...env, ...overrides }, createExecutionContext());
  const kept = [...response.headers].filter(([name]) => !OF_EACH_REQUEST.has(name));
  return { status: response.status, text: await response.text(), headers: JSON.stringify(kept.sort()) };
}

function faultOf(
  seen: Seen,
  operation: Operation & { readonly scope: Scope },
  call: Call,
  identity: Identity,
  world: World,
): string | null {
  const expected = identity.expected(operation);
  const mode = identity.mode ?? world.mode;
  if (expected === "as owner") {
    const status = mode === "test" ? (call.ownerInTest ?? call.owner) : call.owner;
    return seen.status === status ? null : `${status} expected, got ${seen.status} ${seen.text}`;
  }
  const leak = leakIn(seen.text, world);
  if (leak !== null) return `it tells ${leak}`;
  if (expected === "as stranger") {
    const status = mode === "test" ? (call.strangerInTest ?? call.stranger) : call.stranger;
    return seen.status === status ? null : `${status} expected, got ${seen.status} ${seen.text}`;
  }
  const code = codeIn(seen.text);
  if (seen.status === expected.status && code === expected.code)
    return code !== "missing_scope" || seen.text.includes(operation.scope) ? null : "it doesn't name the scope";
  return `${expected.status} ${expected.code} expected, got ${seen.status} ${seen.text}`;
}

/** A key, good or bad, changes nothing where none is needed. */
function faultOfPublic(seen: Seen, call: Call): string | null {
  return seen.status === call.owner
    ? null
    : `${call.owner} expected of a public route, got ${seen.status} ${seen.text}`;
}

/** Anything of the world that an answer tells. Its tenant's own id may be told to the tenant's other mode. */
function leakIn(text: string, { ids, mark }: World): string | null {
  return [mark, ...Object.values(ids)].find((secret) => text.includes(secret)) ?? null;
}

function codeIn(text: string): string | null {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === "object" && body !== null && "code" in body ? String(body.code) : null;
  } catch {
    return null;
  }
}
