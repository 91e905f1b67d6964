import { z } from "zod";
import { hasAccount } from "../../adapters/d1/people.ts";
import { openDatabase } from "../../adapters/d1/tenant-db.ts";
import type { ApiContext } from "../api.ts";
import { problem } from "../problem.ts";
import { linkGone, withCookies, withNewSession } from "./answer.ts";
import { authOf } from "./auth-of.ts";
import { Email, readBody, Token, TriedPassword } from "./body.ts";
import { refuseTooMany } from "./limit-attempts.ts";
import { wayOut } from "./links.ts";

const Address = z.strictObject({ email: Email });
const Credentials = z.strictObject({ email: Email, password: TriedPassword });
const Link = z.strictObject({ token: Token });

/** POST /auth/sign-in/password. A wrong address takes as long as a wrong password, and is answered the same. */
export async function signInByPassword(c: ApiContext): Promise<Response> {
  const read = await readBody(c, Credentials);
  if (!read.ok) return read.answer;
  const refused = await refuseTooMany(c, "password", read.value.email);
  if (refused !== null) return refused;
  const auth = await authOf(c.env);
  const answer = await auth.api.signInEmail({ body: read.value, headers: c.req.raw.headers, asResponse: true });
  if (!answer.ok) return problem(c, "wrong_credentials", "The e-mail address or the password is wrong.");
  return withNewSession(c, answer);
}

/** POST /auth/sign-in/email: sends a link. The answer doesn't tell whether there is such an account, nor does its time. */
export async function askForLink(c: ApiContext): Promise<Response> {
  return mailing(c, async (email) => {
    const auth = await authOf(c.env);
    await auth.api.signInMagicLink({ body: { email }, headers: c.req.raw.headers });
  });
}

/** POST /auth/sign-in/link: signs in by the token of a link, once. */
export async function signInByLink(c: ApiContext): Promise<Response> {
  const read = await readBody(c, Link);
  if (!read.ok) return read.answer;
  const refused = await refuseTooMany(c, "token");
  if (refused !== null) return refused;
  const auth = await authOf(c.env);
  const { token } = read.value;
  const answer = await auth.api.magicLinkVerify({ query: { token }, headers: c.req.raw.headers, asResponse: true });
  return answer.ok ? withNewSession(c, answer) : linkGone(c);
}

/** POST /auth/sign-out. The session is over for every copy of its cookie. */
export async function signOut(c: ApiContext): Promise<Response> {
  const auth = await authOf(c.env);
  return withCookies(c, await auth.api.signOut({ headers: c.req.raw.headers, asResponse: true }));
}

/** POST /auth/password/forgot: sends a link to set a new password. */
export async function askForNewPassword(c: ApiContext): Promise<Response> {
  return mailing(c, async (email) => {
    const auth = await authOf(c.env);
    await auth.api.requestPasswordReset({ body: { email } });
  });
}

/** Sends something to an address behind the answer, when somebody has an account with it. */
async function mailing(c: ApiContext, send: (email: string) => Promise<void>): Promise<Response> {
  const read = await readBody(c, Address);
  if (!read.ok) return read.answer;
  const { email } = read.value;
  if (wayOut(c.env) === "none")
    return problem(
      c,
      "mail_not_configured",
      "This installation sends no e-mail to its people (AUTH_MAIL_FROM is empty). Sign in by password, or ask an owner for an invitation.",
    );
  const refused = await refuseTooMany(c, "mail", email);
  if (refused !== null) return refused;
  const sent = hasAccount(openDatabase(c.env.DB), email).then((isKnown) => (isKnown ? send(email) : undefined));
  c.executionCtx.waitUntil(sent.catch((error: unknown) => console.error("a link could not be sent", error)));
  return c.json({ ok: true }, 202);
}
