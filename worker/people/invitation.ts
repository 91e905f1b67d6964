import { z } from "zod";
import { sha256Hex } from "../../adapters/crypto/bytes.ts";
import { type OpenInvitation, openInvitation } from "../../adapters/d1/invitations.ts";
import { noteVerified } from "../../adapters/d1/people.ts";
import { openDatabase } from "../../adapters/d1/tenant-db.ts";
import { headerText } from "../../core/contract/text.ts";
import type { ApiContext } from "../api.ts";
import { problem } from "../problem.ts";
import { asSignedIn, linkGone, signedIn, withCookies } from "./answer.ts";
import { authOf } from "./auth-of.ts";
import { NewPassword, readBody, Token } from "./body.ts";
import { refuseTooMany } from "./limit-attempts.ts";
import { noteAct } from "./note-act.ts";

const Shown = z.strictObject({ token: Token });
const Accepted = z.strictObject({
  token: Token,
  newAccount: z.strictObject({ name: headerText(100), password: NewPassword }).optional(),
});

/** POST /auth/invitation: what a link invites to. By POST, so that the token stands in no address. */
export async function showInvitation(c: ApiContext): Promise<Response> {
  const found = await findInvitation(c, Shown);
  if (!found.ok) return found.answer;
  const { email, role, tenantName, hasAccount } = found.invitation;
  return c.json({ email, role, tenantName, hasAccount, signedInAs: (await signedIn(c))?.user.email ?? null });
}

/**
 * POST /auth/invitation/accept: by who is signed in with the invited address, or with a new account for it. Having the link
 * is never a way into an account that is there already: whoever invites may have it too.
 */
export async function acceptInvitation(c: ApiContext): Promise<Response> {
  const found = await findInvitation(c, Accepted);
  if (!found.ok) return found.answer;
  const { invitation, body } = found;
  const person = await signedIn(c);
  if (person !== null && person.user.email !== invitation.email)
    return problem(
      c,
      "conflict",
      `This invitation is for ${invitation.email}, and you are signed in as ${person.user.email}. Sign out first.`,
    );
  if (person !== null) return accept(c, invitation, c.req.raw.headers, null);
  if (invitation.hasAccount)
    return problem(c, "account_exists", `There is an account for ${invitation.email}. Sign in, then accept.`);
  if (body.newAccount === undefined)
    return problem(c, "unauthorized", "Sign in, or make an account: send `newAccount` with a name and a password.");
  const { name, password } = body.newAccount;
  const auth = await authOf(c.env);
  const made = await auth.api.signUpEmail({
    body: { email: invitation.email, name, password },
    headers: c.req.raw.headers,
    asResponse: true,
  });
  if (!made.ok) return problem(c, "account_exists", `There is an account for ${invitation.email} by now. Sign in.`);
  if (invitation.mailed) await noteVerified(openDatabase(c.env.DB), invitation.email);
  return accept(c, invitation, asSignedIn(c, made), made);
}

/** `signedUp` is the answer that has the new account's cookies, which go to the browser then. */
async function accept(
  c: ApiContext,
  { id, tenantId, email, role }: OpenInvitation,
  headers: Headers,
  signedUp: Response | null,
): Promise<Response> {
  const auth = await authOf(c.env);
  const answer = await auth.api.acceptInvitation({ body: { invitationId: id }, headers, asResponse: true });
  if (!answer.ok) return linkGone(c);
  const act = { action: "invitation.accept", target: { kind: "invitation", id }, before: null, after: { email, role } };
  noteAct(c, headers, act, tenantId);
  return withCookies(c, signedUp ?? answer);
}

type Found<Body> =
  | { readonly ok: true; readonly invitation: OpenInvitation; readonly body: Body }
  | { readonly ok: false; readonly answer: Response };

async function findInvitation<Schema extends z.ZodType<{ readonly token: string }>>(
  c: ApiContext,
  schema: Schema,
): Promise<Found<z.output<Schema>>> {
  const read = await readBody(c, schema);
  if (!read.ok) return read;
  const refused = await refuseTooMany(c, "token");
  if (refused !== null) return { ok: false, answer: refused };
  const hash = await sha256Hex(read.value.token);
  const invitation = await openInvitation(openDatabase(c.env.DB), hash, Date.now());
  return invitation === null ? { ok: false, answer: linkGone(c) } : { ok: true, invitation, body: read.value };
}
