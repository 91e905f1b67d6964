import { z } from "zod";
import type { ApiContext } from "../api.ts";
import { notFound } from "../problem.ts";
import { notSignedIn, signedIn, withCookies } from "./answer.ts";
import { authOf } from "./auth-of.ts";
import { readBody } from "./body.ts";

const Choice = z.strictObject({ tenantId: z.string().min(1).max(100) });

/** POST /auth/organization: which of their tenants a person's requests are for. */
export async function chooseOrganization(c: ApiContext): Promise<Response> {
  const read = await readBody(c, Choice);
  if (!read.ok) return read.answer;
  if ((await signedIn(c)) === null) return notSignedIn(c);
  const auth = await authOf(c.env);
  const body = { organizationId: read.value.tenantId };
  const answer = await auth.api.setActiveOrganization({ body, headers: c.req.raw.headers, asResponse: true });
  return answer.ok ? withCookies(c, answer) : notFound(c);
}
