import type { Exchange } from "../../core/journal.ts";
import { fromBase64, sha256Hex } from "../crypto/bytes.ts";
import type { StoredBody } from "../d1/log-message.ts";

const EXCERPT_CHARACTERS = 200;

/** The exact bytes of one exchange, as R2 keeps them: JSON, so that both sides and their headers stay together. */
export interface BodyObject {
  readonly request: { readonly headers: Readonly<Record<string, string>>; readonly body: string };
  readonly response: {
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
    readonly encoding: "utf-8" | "base64";
    readonly cut: boolean;
  };
}

/** The key of one exchange's bytes: under the tenant and the enrollment, so that erasure is a prefix. */
export function bodyKeyOf(tenantId: string, enrollmentId: string, n: number): string {
  return `${tenantId}/${enrollmentId}/exchange-${String(n).padStart(6, "0")}.json`;
}

/** Puts the bytes of one exchange and says what the log row needs of them. Putting the same one twice changes nothing. */
export async function storeExchange(bucket: R2Bucket, key: string, exchange: Exchange): Promise<StoredBody> {
  const object: BodyObject = {
    request: { headers: exchange.requestHeaders, body: exchange.requestBody },
    response: {
      headers: exchange.responseHeaders,
      body: exchange.responseBody,
      encoding: exchange.responseEncoding,
      cut: exchange.responseCut,
    },
  };
  await bucket.put(key, JSON.stringify(object), { httpMetadata: { contentType: "application/json" } });
  const response = exchange.responseEncoding === "utf-8" ? exchange.responseBody : fromBase64(exchange.responseBody);
  return {
    bodyKey: key,
    requestBytes: new TextEncoder().encode(exchange.requestBody).byteLength,
    requestSha256: await sha256Hex(exchange.requestBody),
    responseSha256: await sha256Hex(response),
    excerpt: exchange.responseEncoding === "utf-8" ? exchange.responseBody.slice(0, EXCERPT_CHARACTERS) : "",
  };
}

/** The exchange without its bodies, for a message that must stay small. */
export function withoutBodies(exchange: Exchange): Exchange {
  return { ...exchange, requestBody: "", responseBody: "", responseHeaders: {}, requestHeaders: {} };
}
