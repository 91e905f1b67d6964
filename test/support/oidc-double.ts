import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose";
import { vi } from "vitest";

export const ISSUER = "https://sign-on.acme.example";
export const CLIENT_ID = "drafthook";

/** What the double is to say of whoever signs in there next, and how it is to cheat. */
export interface SaidOfPerson {
  readonly claims: JWTPayload;
  /** Signs with a key that it doesn't publish. */
  readonly hasForeignKey?: boolean;
  /** Names another browser's request. */
  readonly nonce?: string;
}

/**
 * A company's sign-on, by the far side of `fetch`: it publishes its keys, and gives a signed id token for a code. `visit` is
 * a browser that goes there and signs in: it answers where it is sent back to.
 */
export async function oidcDouble() {
  const own = await generateKeyPair("RS256");
  const foreign = await generateKeyPair("RS256");
  const jwk = { ...(await exportJWK(own.publicKey)), kid: "k1", alg: "RS256", use: "sig" };
  const codes = new Map<string, { readonly said: SaidOfPerson; readonly nonce: string | null }>();
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
    const request = new Request(input as RequestInfo, init);
    const { pathname } = new URL(request.url);
    if (pathname === "/.well-known/openid-configuration") return Response.json(DISCOVERY);
    if (pathname === "/keys") return Response.json({ keys: [jwk] });
    if (pathname !== "/token") return new Response(null, { status: 404 });
    const form = new URLSearchParams(await request.text());
    const issued = codes.get(form.get("code") ?? "");
    if (issued === undefined || form.get("code_verifier") === null)
      return Response.json({ error: "invalid_grant" }, { status: 400 });
    codes.delete(form.get("code") ?? "");
    const { said, nonce } = issued;
    const idToken = await new SignJWT({ nonce: said.nonce ?? nonce, ...said.claims })
      .setProtectedHeader({ alg: "RS256", kid: "k1" })
      .setIssuer((said.claims.iss ?? ISSUER) as string)
      .setAudience((said.claims.aud ?? CLIENT_ID) as string)
      .setIssuedAt()
      .setExpirationTime("5m")
      .sign(said.hasForeignKey === true ? foreign.privateKey : own.privateKey);
    return Response.json({ access_token: "at", token_type: "Bearer", expires_in: 300, id_token: idToken });
  });
  return {
    visit: (url: string, said: SaidOfPerson): string => {
      const asked = new URL(url).searchParams;
      const code = crypto.randomUUID();
      codes.set(code, { said, nonce: asked.get("nonce") });
      const back = new URL(asked.get("redirect_uri") ?? "");
      back.searchParams.set("code", code);
      back.searchParams.set("state", asked.get("state") ?? "");
      return `${back.pathname}${back.search}`;
    },
  };
}

const DISCOVERY = {
  issuer: ISSUER,
  authorization_endpoint: `${ISSUER}/authorize`,
  token_endpoint: `${ISSUER}/token`,
  jwks_uri: `${ISSUER}/keys`,
  id_token_signing_alg_values_supported: ["RS256"],
};
