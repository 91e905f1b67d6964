import { betterAuth } from "better-auth/minimal";
import { type GenericOAuthConfig, genericOAuth } from "better-auth/plugins/generic-oauth";
import { magicLink } from "better-auth/plugins/magic-link";
import { organization } from "better-auth/plugins/organization";
import { purposeSecret } from "../crypto/hmac.ts";
import { type IdPrefix, newId } from "../crypto/ids.ts";
import { authTables } from "../d1/auth-tables.ts";
import { membershipsOf } from "../d1/members.ts";
import { openDatabase } from "../d1/tenant-db.ts";
import { hashPassword, verifyPassword } from "./password.ts";

/** Unused for this long a session is over. */
const IDLE_SECONDS = 12 * 3600;
/** A session that is used is prolonged at most this often: each time writes a row. */
const PROLONGED_EVERY_SECONDS = 5 * 60;
/** How long a link to sign in or to set a new password works. */
export const LINK_MINUTES = 15;

export const PASSWORD_CHARACTERS_MIN = 12;
export const PASSWORD_CHARACTERS_MAX = 128;

/** All cookies are named so: a browser takes such a one only over HTTPS and for this very host (RFC 6265bis section 4.1.3.2). */
const COOKIE_PREFIX = "__Host-drafthook";
/** On a machine's own http://127.0.0.1, where not every browser takes the other kind. */
const LOOPBACK_PREFIX = "drafthook";
/** The name of the session's cookie wherever the installation is reached by HTTPS. */
export const SESSION_COOKIE = `${COOKIE_PREFIX}.session_token`;

/** The name of the session's cookie where the installation is reached at `publicUrl`. */
export function sessionCookie(publicUrl: string): string {
  return isSecure(publicUrl) ? SESSION_COOKIE : `${LOOPBACK_PREFIX}.session_token`;
}

function isSecure(publicUrl: string): boolean {
  return !publicUrl.startsWith("http://");
}

/** A link that is to reach a person: its token opens `purpose`, once. */
export interface PersonalLink {
  readonly purpose: "sign_in" | "new_password";
  readonly email: string;
  readonly token: string;
}

export interface AuthSettings {
  readonly db: D1Database;
  /** Base64; the key that cookies are signed with is derived from it, so a copy of the database alone opens no session. */
  readonly tokenKey: string;
  /** Where the installation is reached. */
  readonly publicUrl: string;
  /** Brings a link to its person. */
  readonly send: (link: PersonalLink) => Promise<void>;
  /** The sign-on of a company, for the requests that are about it: what it offers is asked anew, of its own server. */
  readonly singleSignOn?: SingleSignOn;
}

/** An OpenID Connect provider, and what we are called there. */
export interface SingleSignOn {
  /** Its issuer, under which `/.well-known/openid-configuration` lies. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** What it is called in accounts and in the address that it sends people back to. */
export const SINGLE_SIGN_ON = "oidc";

/** better-auth as this product uses it. Nothing here counts tries or checks where a request comes from: that is done before. */
export type Auth = Awaited<ReturnType<typeof openAuth>>;

/** Takes a few milliseconds. Ready when it is there: what it holds may be shared by requests, a wait for it may not. */
export async function openAuth({ db, tokenKey, publicUrl, send, singleSignOn }: AuthSettings) {
  const auth = betterAuth({
    appName: "Drafthook",
    baseURL: publicUrl,
    basePath: "/auth",
    secret: await purposeSecret(tokenKey, "sessions"),
    database: authTables(db),
    telemetry: { enabled: false },
    logger: { level: "error" },
    rateLimit: { enabled: false },
    session: { expiresIn: IDLE_SECONDS, updateAge: PROLONGED_EVERY_SECONDS },
    verification: { storeIdentifier: "hashed" },
    emailAndPassword: {
      enabled: true,
      minPasswordLength: PASSWORD_CHARACTERS_MIN,
      maxPasswordLength: PASSWORD_CHARACTERS_MAX,
      revokeSessionsOnPasswordReset: true,
      resetPasswordTokenExpiresIn: LINK_MINUTES * 60,
      password: { hash: hashPassword, verify: verifyPassword },
      sendResetPassword: ({ user, token }) => send({ purpose: "new_password", email: user.email, token }),
    },
    plugins: [
      magicLink({
        disableSignUp: true,
        storeToken: "hashed",
        expiresIn: LINK_MINUTES * 60,
        sendMagicLink: async ({ email, token, metadata }) => {
          const keep = metadata?.["keep"];
          if (typeof keep === "function") keep(token);
          else await send({ purpose: "sign_in", email, token });
        },
      }),
      organization({
        allowUserToCreateOrganization: false,
        disableOrganizationDeletion: true,
        requireEmailVerificationOnInvitation: false,
        membershipLimit: 10_000,
        schema: {
          member: { fields: { organizationId: "tenantId" } },
          invitation: { fields: { organizationId: "tenantId" } },
        },
      }),
      genericOAuth({ config: singleSignOn === undefined ? [] : [providerOf(singleSignOn)] }),
    ],
    account: { encryptOAuthTokens: true },
    onAPIError: { errorURL: new URL("/sign-in", publicUrl).href },
    databaseHooks: {
      session: {
        create: {
          before: async (session) => {
            const [first] = await membershipsOf(openDatabase(db), session.userId);
            return { data: { ...session, activeOrganizationId: first?.id ?? null } };
          },
        },
      },
    },
    advanced: {
      cookiePrefix: isSecure(publicUrl) ? COOKIE_PREFIX : LOOPBACK_PREFIX,
      useSecureCookies: false, // that would put `__Secure-` before our own prefix
      defaultCookieAttributes: { secure: isSecure(publicUrl), httpOnly: true, sameSite: "lax", path: "/" },
      ipAddress: { ipAddressHeaders: ["cf-connecting-ip"] },
      database: { validateSchema: false, generateId: ({ model }) => newId(PREFIXES[model] ?? "ver") },
    },
  });
  await auth.$context;
  return auth;
}

/**
 * Only what its signed id token says counts, and an address only when the token says that it was verified there: by that
 * somebody comes into an account which is here already.
 */
function providerOf({ issuer, clientId, clientSecret }: SingleSignOn): GenericOAuthConfig<typeof SINGLE_SIGN_ON> {
  return {
    providerId: SINGLE_SIGN_ON,
    discoveryUrl: `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`,
    clientId,
    clientSecret,
    scopes: ["openid", "email", "profile"],
    pkce: true,
    requireIdTokenVerification: true,
    requireEmailVerification: true,
    disableProviderLogout: true,
  };
}

const PREFIXES: Readonly<Record<string, IdPrefix>> = {
  user: "usr",
  session: "ses",
  account: "acc",
  verification: "ver",
  member: "mem",
  invitation: "inv",
};

/** The token of a link that signs in whoever has this address; it is not sent. An unknown address gets one that opens nothing. */
export async function mintSignInToken(auth: Auth, email: string): Promise<string> {
  let kept: string | undefined;
  const keep = (token: string) => {
    kept = token;
  };
  await auth.api.signInMagicLink({ body: { email, metadata: { keep } }, headers: new Headers() });
  if (kept === undefined) throw new Error("better-auth made no token");
  return kept;
}
