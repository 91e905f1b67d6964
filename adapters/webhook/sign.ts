import { fromBase64, toBase64, toHex } from "../crypto/bytes.ts";
import { hmacSha256 } from "../crypto/hmac.ts";

/** Standard Webhooks `webhook-signature`: `v1,<base64>` for each secret (`whsec_…`), the newest first, space-separated. */
export async function webhookSignature(
  secrets: readonly string[],
  id: string,
  timestamp: number,
  body: string,
): Promise<string> {
  const signatures = secrets.map(
    async (secret) =>
      `v1,${toBase64(await hmacSha256(fromBase64(secret.slice("whsec_".length)), `${id}.${timestamp}.${body}`))}`,
  );
  return (await Promise.all(signatures)).join(" ");
}

/** MyAgentMail's `x-myagentmail-signature`: `v1=` + hex over the raw body; its key is the UTF-8 bytes of the shown secret. */
export async function compatibilitySignature(secret: string, body: string): Promise<string> {
  return `v1=${toHex(await hmacSha256(new TextEncoder().encode(secret), body))}`;
}

/** W3C trace context: the trace is the draft's (or event's), the span the attempt's. */
export async function traceparent(
  subjectId: string,
  attempt: number,
): Promise<{ readonly traceId: string; readonly header: string }> {
  const digest = async (text: string) =>
    toHex(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))));
  const traceId = (await digest(`trace|${subjectId}`)).slice(0, 32);
  const spanId = (await digest(`span|${subjectId}|${attempt}`)).slice(0, 16);
  return { traceId, header: `00-${traceId}-${spanId}-01` };
}
