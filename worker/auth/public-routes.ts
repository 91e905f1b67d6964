/** A route that nobody needs a key for. `path` is Hono's pattern. */
export interface PublicRoute {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly why: string;
}

/** All that is reached without a key, in one place. Whatever isn't here needs one, a new route too. */
export const PUBLIC_ROUTES: readonly PublicRoute[] = [
  { method: "POST", path: "/v1/drafts/:id/completion", why: "its token is bound to this one draft" },
  { method: "GET", path: "/health", why: "monitors ask it; it tells the version and whether D1 answers" },
  { method: "GET", path: "/openapi.json", why: "it describes the API, the same for everybody" },
  { method: "GET", path: "/.well-known/drafthook-evidence.json", why: "public keys, for whoever verifies evidence" },
  { method: "GET", path: "/docs", why: "the same for people" },
  { method: "GET", path: "/u/:token", why: "who unsubscribes has no key; the page changes nothing" },
  { method: "POST", path: "/u/:token", why: "the token is bound to one enrollment, and can only stop mail" },
  { method: "POST", path: "/delivery-events/:mailboxId", why: "the provider's own signature proves it" },
  { method: "POST", path: "/linkedin-hooks/:accountId", why: "the account's own secret in a header proves it" },
  { method: "GET", path: "/sign-in", why: "where people prove who they are; the page holds nothing" },
  { method: "GET", path: "/invitation", why: "the same for those who have no account yet" },
  { method: "POST", path: "/auth/sign-in/password", why: "the password is what it asks for; tries are counted" },
  { method: "POST", path: "/auth/sign-in/email", why: "it sends a link to the address, and tells nothing" },
  { method: "POST", path: "/auth/sign-in/link", why: "the link's token opens it, once" },
  { method: "POST", path: "/auth/sign-in/sso", why: "it says where the company's sign-on is" },
  {
    method: "GET",
    path: "/auth/callback/oidc",
    why: "a code of that sign-on opens it, for the browser that went there",
  },
  { method: "POST", path: "/auth/sign-out", why: "it ends the session that the cookie names" },
  { method: "POST", path: "/auth/organization", why: "it asks for a session itself; there need be no tenant yet" },
  { method: "POST", path: "/auth/password", why: "it asks for a session itself" },
  { method: "POST", path: "/auth/password/forgot", why: "it sends a link to the address, and tells nothing" },
  { method: "POST", path: "/auth/password/reset", why: "the link's token opens it, once" },
  { method: "POST", path: "/auth/invitation", why: "the link's token opens it" },
  { method: "POST", path: "/auth/invitation/accept", why: "the link's token opens it, once" },
  { method: "POST", path: "/auth/bootstrap", why: "the operator's secret opens it, once" },
];
