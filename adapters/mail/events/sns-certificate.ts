import { X509Certificate } from "node:crypto";
import { getBounded } from "./get-bounded.ts";
import { type NotRead, unproven, unreachable } from "./provider-call.ts";

type CertificateFound = { readonly ok: true; readonly certificate: X509Certificate } | NotRead;

/** By URL, for the isolate's life: as many as SNS itself serves. */
const known = new Map<string, X509Certificate>();

/**
 * The certificate that SNS serves at `url`, which the caller has found to be one of SNS itself: whose it is, TLS has said,
 * and the platform has no list of authorities to ask again. `now` is in milliseconds since the epoch.
 */
export async function snsCertificate(url: string, now: number): Promise<CertificateFound> {
  const kept = known.get(url);
  const found = kept === undefined ? await fetchCertificate(url) : { ok: true as const, certificate: kept };
  if (!found.ok) return found;
  known.set(url, found.certificate);
  const { validFrom, validTo } = found.certificate;
  if (!(Date.parse(validFrom) <= now && now <= Date.parse(validTo))) return unproven("the certificate has expired");
  return found;
}

async function fetchCertificate(url: string): Promise<CertificateFound> {
  const got = await getBounded(url);
  if (got === null || got.status >= 500 || got.status === 429)
    return unreachable("SNS doesn't hand out its certificate right now");
  const certificate = got.status === 200 ? certificateIn(got.text) : null;
  return certificate === null ? unproven("SNS has no such certificate") : { ok: true, certificate };
}

function certificateIn(pem: string): X509Certificate | null {
  try {
    return new X509Certificate(pem);
  } catch {
    return null;
  }
}
