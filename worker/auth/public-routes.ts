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
];
