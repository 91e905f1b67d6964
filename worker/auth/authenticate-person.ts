import { getCookie } from "hono/cookie";
import { sessionCookie } from "../../adapters/auth/open-auth.ts";
import { roleIn } from "../../adapters/d1/members.ts";
import { type Database, openDatabase, type Tenant } from "../../adapters/d1/tenant-db.ts";
import { MODE_HEADER } from "../../core/contract/common.ts";
import { type Role, roleOf, scopesOf } from "../../core/roles.ts";
import type { ApiContext } from "../api.ts";
import { authOf } from "../people/auth-of.ts";
import { problem } from "../problem.ts";
import { invalid } from "../validation.ts";
import { crossSiteFault } from "./own-origin.ts";

/** Whether a request comes without any key and with a session's cookie, good or bad. */
export function asksBySession(c: ApiContext): boolean {
  const { authorization, "x-api-key": key } = c.req.header();
  return (
    authorization === undefined && key === undefined && getCookie(c, sessionCookie(c.env.PUBLIC_URL)) !== undefined
  );
}

/**
 * Lets in who is signed in, and binds the request to the tenant that they have chosen, while they are a member of it: both
 * are asked of D1 at each request. What a page of another site has made a browser send is refused before that.
 */
export async function authenticatePerson(c: ApiContext, next: () => Promise<void>): Promise<Response | undefined> {
  const fault = crossSiteFault(c);
  if (fault !== null) return problem(c, "cross_site", fault);
  const mode = c.req.header(MODE_HEADER) ?? "test";
  if (mode !== "test" && mode !== "live")
    return invalid(c, [{ parameter: MODE_HEADER, detail: "must be test or live" }]);
  const auth = await authOf(c.env);
  const { response: signedIn, headers } = await auth.api.getSession({
    headers: c.req.raw.headers,
    returnHeaders: true,
  });
  if (signedIn === null)
    return problem(c, "unauthorized", "You are not signed in any more. Sign in at /sign-in, or send an API key.");
  const db = openDatabase(c.env.DB);
  const { id, email } = signedIn.user;
  const place = await placeOf(db, id, signedIn.session.activeOrganizationId ?? null);
  if (place === null)
    return problem(
      c,
      "no_organization",
      "You are no member of the organisation that you had chosen. Choose another (POST /auth/organization), or sign in again.",
    );
  const tenant: Tenant = { db, tenantId: place.tenantId, mode: mode === "live" ? "live" : "sandbox" };
  c.set("tenant", tenant);
  c.set("keyId", id);
  c.set("makerId", id);
  c.set("actor", { kind: "person", id, email, role: place.role });
  c.set("grant", { scopes: scopesOf(place.role), expiresAt: null, allowedIps: null });
  await next();
  for (const cookie of headers.getSetCookie()) c.header("set-cookie", cookie, { append: true });
  return undefined;
}

interface Place {
  readonly tenantId: string;
  readonly role: Role;
}

async function placeOf(db: Database, personId: string, tenantId: string | null): Promise<Place | null> {
  if (tenantId === null) return null;
  const role = roleOf((await roleIn(db, personId, tenantId)) ?? "");
  return role === null ? null : { tenantId, role };
}
