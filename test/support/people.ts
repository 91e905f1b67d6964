import { env } from "cloudflare:workers";
import { mintSignInToken } from "../../adapters/auth/open-auth.ts";
import { newId } from "../../adapters/crypto/ids.ts";
import type { Role } from "../../core/roles.ts";
import { authOf } from "../../worker/people/auth-of.ts";
import { type Answered, api } from "./worker.ts";

export const OWN_ORIGIN = "https://drafthook.test";

/** Somebody with an account, and where they are a member. */
export interface Person {
  readonly id: string;
  readonly email: string;
  readonly memberId: string | null;
}

/** A new person; with a tenant and a role they are a member of it. */
export async function person(tenantId?: string, role: Role = "owner", name = "Jane Doe"): Promise<Person> {
  const id = newId("usr");
  const email = `${id}@people.example`;
  const now = Date.now();
  await env.DB.prepare(
    "INSERT INTO users (id, name, email, email_verified, created_at, updated_at) VALUES (?, ?, ?, 1, ?, ?)",
  )
    .bind(id, name, email, now, now)
    .run();
  const memberId = tenantId === undefined ? null : await join(id, tenantId, role);
  return { id, email, memberId };
}

let joined = 0;

/** Makes a person a member of one more tenant. */
export async function join(personId: string, tenantId: string, role: Role): Promise<string> {
  const id = newId("mem");
  // Which of several is the first is told by the time, so no two are made in the same millisecond.
  joined += 1;
  await env.DB.prepare("INSERT INTO members (id, tenant_id, user_id, role, created_at) VALUES (?, ?, ?, ?, ?)")
    .bind(id, tenantId, personId, role, Date.now() + joined)
    .run();
  return id;
}

/** Asks the doors under /auth as one browser does: from a network address of its own, and from our own page. */
export function browser(cookie?: string, from = anAddress()) {
  const headers = {
    origin: OWN_ORIGIN,
    "sec-fetch-site": "same-origin",
    "cf-connecting-ip": from,
    ...(cookie === undefined ? {} : { cookie }),
  };
  return {
    headers,
    post: (path: string, body: unknown, more: Readonly<Record<string, string>> = {}, overrides?: Partial<Env>) =>
      api(null, overrides).post(path, body, { ...headers, ...more }),
    get: (path: string) => api(null).get(path, headers),
  };
}

/** The cookies of a person who has signed in by a link. */
export async function signIn({ email }: Pick<Person, "email">): Promise<string> {
  const token = await mintSignInToken(await authOf(env), email);
  const answer = await browser().post("/auth/sign-in/link", { token });
  if (answer.status !== 200) throw new Error(`no sign-in: ${JSON.stringify(answer.body)}`);
  return cookiesOf(answer);
}

/** What a browser would send back of an answer's cookies. */
export function cookiesOf({ headers }: Pick<Answered, "headers">): string {
  return headers
    .getSetCookie()
    .filter((cookie) => !/max-age=0/i.test(cookie))
    .map((cookie) => cookie.split(";", 1)[0] ?? "")
    .join("; ");
}

/** The API as a person who is signed in uses it, from our own pages. */
export function asPerson(cookie: string, mode: "live" | "test" = "live") {
  const headers = { ...browser(cookie).headers, "drafthook-mode": mode };
  const ask = api(null);
  return {
    get: (path: string) => ask.get(path, headers),
    post: (path: string, body?: unknown) => ask.post(path, body, headers),
    patch: (path: string, body?: unknown) => ask.patch(path, body, headers),
    delete: (path: string) => ask.delete(path, headers),
  };
}

/** A network address that nobody has used yet. */
function anAddress(): string {
  const group = () => Math.floor(Math.random() * 0xffff).toString(16);
  return `2001:db8:${group()}:${group()}::1`;
}
