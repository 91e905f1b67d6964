/** What under /v1 is reached without a key. Everything else needs one, a new route too. */
const PUBLIC_ROUTES: readonly { readonly method: string; readonly path: RegExp; readonly why: string }[] = [
  { method: "POST", path: /^\/v1\/drafts\/[^/]+\/completion$/, why: "its token is bound to this one draft" },
];

/** Whether a request may go on without an API key. */
export function isPublic(method: string, path: string): boolean {
  return PUBLIC_ROUTES.some((route) => route.method === method && route.path.test(path));
}
