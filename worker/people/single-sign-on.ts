import { z } from "zod";
import { SINGLE_SIGN_ON } from "../../adapters/auth/open-auth.ts";
import type { ApiContext } from "../api.ts";
import { notFound, problem } from "../problem.ts";
import { withCookies, withNewSession } from "./answer.ts";
import { authWithSingleSignOn } from "./auth-of.ts";
import { readBody } from "./body.ts";
import { refuseTooMany } from "./limit-attempts.ts";
import { safePath } from "./safe-path.ts";

const Beginning = z.strictObject({ next: z.string().max(2_000).optional() });
const Answer = z.object({ url: z.url({ protocol: /^https?$/ }) });

/** POST /auth/sign-in/sso: answers where at the company's sign-on the browser is to go. */
export async function beginSingleSignOn(c: ApiContext): Promise<Response> {
  const read = await readBody(c, Beginning);
  if (!read.ok) return read.answer;
  const refused = await refuseTooMany(c, "token");
  if (refused !== null) return refused;
  const auth = await authWithSingleSignOn(c.env);
  if (auth === null) return notFound(c);
  const body = {
    provider: SINGLE_SIGN_ON,
    callbackURL: safePath(read.value.next, new URL(c.env.PUBLIC_URL).origin),
    errorCallbackURL: "/sign-in",
    disableRedirect: true,
  };
  const answer = await auth.api.signInSocial({ body, headers: c.req.raw.headers, asResponse: true });
  const said = Answer.safeParse(answer.ok ? await answer.json() : null);
  if (!said.success)
    return problem(c, "unreadable", "The sign-on of your company doesn't answer as OpenID Connect says. Try again.");
  return withCookies(c, answer, { url: said.data.url });
}

/** GET /auth/callback/oidc: where the sign-on sends the browser back to, with a code for the person. */
export async function endSingleSignOn(c: ApiContext): Promise<Response> {
  const refused = await refuseTooMany(c, "token");
  if (refused !== null) return refused;
  const auth = await authWithSingleSignOn(c.env);
  if (auth === null) return notFound(c);
  const answer = await auth.handler(c.req.raw);
  const to = new URL(answer.headers.get("location") ?? "/sign-in", c.env.PUBLIC_URL);
  const isIn = answer.headers.getSetCookie().some((cookie) => /session_token=[^;]/.test(cookie));
  const path = isIn ? safePath(`${to.pathname}${to.search}`, to.origin) : "/sign-in?sso=refused";
  const response = isIn ? await withNewSession(c, answer) : withCookies(c, answer);
  const headers = new Headers(response.headers);
  headers.delete("content-type");
  headers.set("location", path);
  return new Response(null, { status: 302, headers });
}
