import { type Auth, sessionCookie } from "../../adapters/auth/open-auth.ts";
import type { ApiContext } from "../api.ts";
import { problem } from "../problem.ts";
import { authOf } from "./auth-of.ts";
import { noteAct } from "./note-act.ts";

/** Who is signed in, by the cookie of a request. */
export type SignedIn = NonNullable<Awaited<ReturnType<Auth["api"]["getSession"]>>>;

/** The person, once it is known who has signed in. */
const NOBODY_YET = { kind: "person", id: null };

/** Who has sent this request; null for nobody. */
export async function signedIn(c: ApiContext): Promise<SignedIn | null> {
  return (await authOf(c.env)).api.getSession({ headers: c.req.raw.headers, query: { disableRefresh: true } });
}

/**
 * Passes on the cookies that better-auth has set, and nothing else of its answer: that also holds the session's token, which
 * no script of a page is to see.
 */
export function withCookies(c: ApiContext, answer: Response, body: object = { ok: true }): Response {
  for (const cookie of answer.headers.getSetCookie()) c.header("set-cookie", cookie, { append: true });
  return c.json(body);
}

/** The same after signing in: the session that the browser had before, if any, is over. */
export async function withNewSession(c: ApiContext, answer: Response): Promise<Response> {
  const auth = await authOf(c.env);
  if (c.req.header("cookie")?.includes(sessionCookie(c.env.PUBLIC_URL)) === true)
    await auth.api.signOut({ headers: c.req.raw.headers });
  noteAct(c, asSignedIn(c, answer), { action: "person.sign_in", target: NOBODY_YET, before: null, after: null });
  return withCookies(c, answer);
}

/** The headers of a request as who has just got these cookies would send them. */
export function asSignedIn(c: ApiContext, answer: Response): Headers {
  const headers = new Headers(c.req.raw.headers);
  const cookies = answer.headers.getSetCookie().map((cookie) => cookie.split(";", 1)[0] ?? "");
  headers.set("cookie", cookies.join("; "));
  return headers;
}

export function notSignedIn(c: ApiContext): Response {
  return problem(c, "unauthorized", "You are not signed in. Sign in at /sign-in.");
}

export function linkGone(c: ApiContext): Response {
  return problem(
    c,
    "link_gone",
    "This link was used already, or its time is over. Each link works once; ask for a new one.",
  );
}
