const SIGNATURES: ReadonlySet<string> = new Set(["webhook-signature", "x-myagentmail-signature"]);
const MASKED = "[masked]";

/** Both sides of an exchange, with completion tokens masked. */
export interface MaskedBodies {
  readonly request: { readonly headers: Readonly<Record<string, string>>; readonly body: string };
  readonly response: object;
}

/** The same as evidence shows it: without the signatures, which prove something to the endpoint alone. */
export function withoutSignatures<Bodies extends MaskedBodies>(bodies: Bodies): Bodies {
  const headers = Object.entries(bodies.request.headers).map(([name, value]) => [
    name,
    SIGNATURES.has(name.toLowerCase()) ? MASKED : value,
  ]);
  return { ...bodies, request: { ...bodies.request, headers: Object.fromEntries(headers) } };
}
