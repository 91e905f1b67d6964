import { z } from "zod";
import type { ApiContext } from "../api.ts";
import { problem } from "../problem.ts";
import { linkGone, notSignedIn, signedIn, withCookies } from "./answer.ts";
import { authOf } from "./auth-of.ts";
import { NewPassword, readBody, Token, TriedPassword } from "./body.ts";
import { refuseTooMany } from "./limit-attempts.ts";

/** For so long after signing in a person may set a first password: not who finds a browser that was left open. */
const FRESH_MS = 3600_000;

const Change = z.strictObject({ currentPassword: TriedPassword.optional(), newPassword: NewPassword });
const Reset = z.strictObject({ token: Token, newPassword: NewPassword });

/** POST /auth/password: a first password, or another in place of the current one, which then ends all other sessions. */
export async function changePassword(c: ApiContext): Promise<Response> {
  const read = await readBody(c, Change);
  if (!read.ok) return read.answer;
  const person = await signedIn(c);
  if (person === null) return notSignedIn(c);
  const refused = await refuseTooMany(c, "password", person.user.email);
  if (refused !== null) return refused;
  const { currentPassword, newPassword } = read.value;
  const auth = await authOf(c.env);
  const { headers } = c.req.raw;
  if (currentPassword !== undefined) {
    const body = { currentPassword, newPassword, revokeOtherSessions: true };
    const answer = await auth.api.changePassword({ body, headers, asResponse: true });
    return answer.ok ? withCookies(c, answer) : problem(c, "wrong_credentials", "The current password is wrong.");
  }
  if (Date.now() - person.session.createdAt.getTime() > FRESH_MS)
    return problem(
      c,
      "sign_in_again",
      "A first password is set within an hour of signing in. Sign in again by a link.",
    );
  const answer = await auth.api.setPassword({ body: { newPassword }, headers, asResponse: true });
  return answer.ok
    ? withCookies(c, answer)
    : problem(c, "wrong_credentials", "You have a password already: send it as `currentPassword`.");
}

/** POST /auth/password/reset: a new password by the token of a link, once. All sessions of the person are over. */
export async function resetPassword(c: ApiContext): Promise<Response> {
  const read = await readBody(c, Reset);
  if (!read.ok) return read.answer;
  const refused = await refuseTooMany(c, "token");
  if (refused !== null) return refused;
  const auth = await authOf(c.env);
  const answer = await auth.api.resetPassword({ body: read.value, asResponse: true });
  return answer.ok ? withCookies(c, answer) : linkGone(c);
}
