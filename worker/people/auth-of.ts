import { type Auth, type AuthSettings, openAuth } from "../../adapters/auth/open-auth.ts";
import { sendLink } from "./links.ts";

/** The objects, and not the waits for them: one that a request has left behind would hold up the next one. */
const kept = new WeakMap<Env, Auth>();

/** better-auth for this environment, made at the first request that needs it. */
export async function authOf(env: Env): Promise<Auth> {
  const known = kept.get(env);
  if (known !== undefined) return known;
  const made = await openAuth(settingsOf(env));
  kept.set(env, made);
  return made;
}

/**
 * The same with the sign-on of a company, or null where none is set up. Made for one request: it asks the provider what it
 * offers, which nobody else is to wait for.
 */
export async function authWithSingleSignOn(env: Env): Promise<Auth | null> {
  if (!hasSingleSignOn(env)) return null;
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret = "" } = env;
  return openAuth({ ...settingsOf(env), singleSignOn: { issuer, clientId, clientSecret } });
}

/** Whether people may come by the sign-on of a company. */
export function hasSingleSignOn(env: Env): boolean {
  return Boolean(env.OIDC_ISSUER && env.OIDC_CLIENT_ID);
}

function settingsOf(env: Env): AuthSettings {
  return {
    db: env.DB,
    tokenKey: env.TOKEN_KEY_V1,
    publicUrl: env.PUBLIC_URL,
    send: (link) => sendLink(env, link),
  };
}
