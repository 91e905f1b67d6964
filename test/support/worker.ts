/// <reference types="@cloudflare/vitest-pool-workers/types" />
import { applyD1Migrations, createExecutionContext, type D1Migration } from "cloudflare:test";
import { env, exports } from "cloudflare:workers";
import { sha256Hex } from "../../adapters/crypto/bytes.ts";
import { newId } from "../../adapters/crypto/ids.ts";
import { API_KEY_BODY_LENGTH, type ApiKeyMode, BASE62, formatApiKey } from "../../core/api-key.ts";
import { app } from "../../worker/app.ts";

declare global {
  namespace Cloudflare {
    interface Env {
      /** What is in migrations/ (test/vitest.workerd.config.ts). */
      TEST_MIGRATIONS: D1Migration[];
      /** The key-encryption key after KEK_V1, as in an installation that changes it. */
      KEK_V2: string;
    }
  }
}

export interface SeededTenant {
  readonly tenantId: string;
  /** A test key: mode sandbox. */
  readonly key: string;
  readonly liveKey: string;
}

/** A fresh tenant with a test and a live key in a migrated database. Each call makes another tenant. */
export async function seedTenant(): Promise<SeededTenant> {
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
  const tenantId = newId("ten");
  const [key, liveKey] = [randomKey("test"), randomKey("live")];
  await env.DB.batch([
    env.DB.prepare(
      "INSERT INTO tenants (id, name, time_zone, enabled, created_at) VALUES (?, 'A tenant', 'Europe/Berlin', 1, ?)",
    ).bind(tenantId, Date.now()),
    await insertKey(tenantId, "test", key),
    await insertKey(tenantId, "live", liveKey),
  ]);
  return { tenantId, key, liveKey };
}

/** An answer with its body read. `body` is parsed JSON, or null for none; tests compare it, so it is not typed further. */
export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: what a test asserts about is what it says
  readonly body: any;
}

export interface ApiClient {
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Answered>;
  post(path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answered>;
  put(path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answered>;
  patch(path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answered>;
  delete(path: string, headers?: Readonly<Record<string, string>>): Promise<Answered>;
}

/**
 * The API through the Worker's own door, with this key; null asks without one. A string body goes as it is. With
 * `overrides` the app is asked directly, in an environment in which these bindings are others (a dead D1, a recorder).
 */
export function api(key: string | null, overrides?: Partial<Env & Cloudflare.Env>): ApiClient {
  const send = (method: string, path: string, body: unknown, headers: Readonly<Record<string, string>> = {}) =>
    ask(overrides, method, path, body, {
      ...(key === null ? {} : { authorization: `Bearer ${key}` }),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...headers,
    });
  return {
    get: (path, headers) => send("GET", path, undefined, headers),
    post: (path, body, headers) => send("POST", path, body, headers),
    put: (path, body, headers) => send("PUT", path, body, headers),
    patch: (path, body, headers) => send("PATCH", path, body, headers),
    delete: (path, headers) => send("DELETE", path, undefined, headers),
  };
}

async function ask(
  overrides: Partial<Env & Cloudflare.Env> | undefined,
  method: string,
  path: string,
  body: unknown,
  headers: Readonly<Record<string, string>>,
): Promise<Answered> {
  const text = body === undefined ? null : typeof body === "string" ? body : JSON.stringify(body);
  const request = new Request(`https://drafthook.test${path}`, { method, headers, body: text });
  const response =
    overrides === undefined
      ? await exports.default.fetch(request)
      : await app.fetch(request, { ...env, ...overrides }, createExecutionContext());
  const answer = await response.text();
  return { status: response.status, headers: response.headers, body: readJson(answer) };
}

function readJson(text: string): unknown {
  try {
    return text === "" ? null : JSON.parse(text);
  } catch {
    return text;
  }
}

async function insertKey(tenantId: string, mode: ApiKeyMode, key: string): Promise<D1PreparedStatement> {
  return env.DB.prepare(
    "INSERT INTO api_keys (id, tenant_id, mode, name, hash, last4, created_at) VALUES (?, ?, ?, 'seeded', ?, ?, ?)",
  ).bind(newId("key"), tenantId, mode, await sha256Hex(key), key.slice(-4), Date.now());
}

function randomKey(mode: ApiKeyMode): string {
  const dice = crypto.getRandomValues(new Uint8Array(API_KEY_BODY_LENGTH));
  return formatApiKey(mode, [...dice].map((byte) => BASE62.charAt(byte % 62)).join(""));
}
