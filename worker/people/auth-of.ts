import { type Auth, openAuth } from "../../adapters/auth/open-auth.ts";
import { sendLink } from "./links.ts";

/** The objects, and not the waits for them: one that a request has left behind would hold up the next one. */
const kept = new WeakMap<Env, Auth>();

/** better-auth for this environment, made at the first request that needs it. */
export async function authOf(env: Env): Promise<Auth> {
  const known = kept.get(env);
  if (known !== undefined) return known;
  const made = await openAuth({
    db: env.DB,
    tokenKey: env.TOKEN_KEY_V1,
    publicUrl: env.PUBLIC_URL,
    send: (link) => sendLink(env, link),
  });
  kept.set(env, made);
  return made;
}
