import { mintSignInToken, openAuth } from "../adapters/auth/open-auth.ts";
import { ensureOwner } from "../adapters/d1/people.ts";
import { LOCAL_TENANT_ID } from "./seed.ts";

/** The developer's account on their own machine: no mail reaches it, and none is sent there. */
const DEVELOPER = { email: "you@drafthook.localhost", name: "You" };

/** Makes the developer the owner of the local tenant, where they are not yet, and a link that signs them in once. */
export async function mintFirstLink(
  database: D1Database,
  { tokenKey, publicUrl }: { readonly tokenKey: string; readonly publicUrl: string },
): Promise<string> {
  await ensureOwner(database, { tenantId: LOCAL_TENANT_ID, ...DEVELOPER, at: Date.now() });
  const send = async () => {
    throw new Error("the link is printed, not sent");
  };
  const auth = await openAuth({ db: database, tokenKey, publicUrl, send });
  const token = await mintSignInToken(auth, DEVELOPER.email);
  return `${new URL("/sign-in", publicUrl)}#link=${token}`;
}
