import { z } from "zod";
import { mintSignInToken } from "../../adapters/auth/open-auth.ts";
import { equalInConstantTime } from "../../adapters/crypto/hmac.ts";
import { newId } from "../../adapters/crypto/ids.ts";
import { isBootstrapped, makeFirstOwner } from "../../adapters/d1/people.ts";
import { headerText } from "../../core/contract/text.ts";
import type { ApiContext } from "../api.ts";
import { problem } from "../problem.ts";
import { authOf } from "./auth-of.ts";
import { Email, readBody } from "./body.ts";
import { refuseTooMany } from "./limit-attempts.ts";
import { linkTo } from "./links.ts";
import { noteSystemAct } from "./note-act.ts";

/** A shorter secret could be guessed; then there is none. */
const SECRET_CHARACTERS_MIN = 32;

const Bootstrap = z.strictObject({
  secret: z.string().min(1).max(500),
  email: Email,
  organizationName: headerText(200),
});

/** POST /auth/bootstrap: the first owner of an installation and their organisation, once, by a secret of the operator's. */
export async function bootstrap(c: ApiContext): Promise<Response> {
  const read = await readBody(c, Bootstrap);
  if (!read.ok) return read.answer;
  const refused = await refuseTooMany(c, "bootstrap");
  if (refused !== null) return refused;
  const { secret, email, organizationName } = read.value;
  const expected = c.env.BOOTSTRAP_SECRET ?? "";
  const isRight = await equalInConstantTime(secret, expected);
  if (expected.length < SECRET_CHARACTERS_MIN || !isRight)
    return problem(
      c,
      "wrong_credentials",
      `The secret isn't the Worker's BOOTSTRAP_SECRET, or that has less than ${SECRET_CHARACTERS_MIN} characters or isn't set: wrangler secret put BOOTSTRAP_SECRET.`,
    );
  const owner = { tenantId: newId("ten"), organizationName, email, at: Date.now() };
  if ((await isBootstrapped(c.env.DB)) || !(await makeFirstOwner(c.env.DB, owner)))
    return problem(
      c,
      "already_set_up",
      "The first owner was made before, and is made once. Delete the secret: wrangler secret delete BOOTSTRAP_SECRET.",
    );
  const { tenantId } = owner;
  const after = { name: organizationName, owner: email };
  noteSystemAct(c, tenantId, {
    action: "tenant.create",
    target: { kind: "tenant", id: tenantId },
    before: null,
    after,
  });
  const token = await mintSignInToken(await authOf(c.env), email);
  return c.json({ tenantId, link: linkTo(c.env, "/sign-in", "link", token) }, 201);
}
