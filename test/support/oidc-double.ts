import { vi } from "vitest";

export const ISSUER = "https://sign-on.acme.example";
export const CLIENT_ID = "drafthook";

/** What the double is to say of whoever signs in there next, and how it is to cheat. */
export interface SaidOfPerson {
  readonly claims: Readonly<Record<string, unknown>>;
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
  const [own, foreign] = [await keyPair(), await keyPair()];
  const jwk = { ...(await crypto.subtle.exportKey("jwk", own.publicKey)), kid: "k1", alg: "RS256", use: "sig" };
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
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      iss: ISSUER,
      aud: CLIENT_ID,
      iat: now,
      exp: now + 300,
      nonce: said.nonce ?? nonce,
      ...said.claims,
    };
    const idToken = await signed(claims, (said.hasForeignKey === true ? foreign : own).privateKey);
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

const RS256 = {
  name: "RSASSA-PKCS1-v1_5",
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
  hash: "SHA-256",
};

async function keyPair(): Promise<CryptoKeyPair> {
  return (await crypto.subtle.generateKey(RS256, true, ["sign", "verify"])) as CryptoKeyPair;
}

/** A JWS in compact form (RFC 7515), by RS256. */
async function signed(claims: object, key: CryptoKey): Promise<string> {
  const encode = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64url");
  const text = (value: object) => encode(new TextEncoder().encode(JSON.stringify(value)));
  const input = `${text({ alg: "RS256", kid: "k1" })}.${text(claims)}`;
  const signature = await crypto.subtle.sign(RS256.name, key, new TextEncoder().encode(input));
  return `${input}.${encode(new Uint8Array(signature))}`;
}

const DISCOVERY = {
  issuer: ISSUER,
  authorization_endpoint: `${ISSUER}/authorize`,
  token_endpoint: `${ISSUER}/token`,
  jwks_uri: `${ISSUER}/keys`,
  id_token_signing_alg_values_supported: ["RS256"],
};
