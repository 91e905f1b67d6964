/** A secret that an installation may do without: then its evidence is unsigned. `wrangler types` knows only what must be there. */
interface Env {
  readonly EVIDENCE_KEY_V1?: string;
}
