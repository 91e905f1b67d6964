/** Secrets that an installation may do without; wrangler.toml names those that it must have. */
interface Env {
  /** Makes the first owner, once (worker/people/bootstrap.ts). To be deleted after that. */
  readonly BOOTSTRAP_SECRET?: string;
  /** Signs evidence (docs/evidence.md), which is unsigned without. */
  readonly EVIDENCE_KEY_V1?: string;
  /** Of the sign-on of your company, where one is set up (adapters/auth/open-auth.ts). */
  readonly OIDC_CLIENT_SECRET?: string;
}
