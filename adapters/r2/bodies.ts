import type { Exchange } from "../../core/journal.ts";
import { maskCompletionTokens } from "../../core/webhook/mask-token.ts";
import { sha256Hex } from "../crypto/bytes.ts";
import type { StoredBody } from "../d1/log-message.ts";
import { knownSecrets } from "./known-secrets.ts";

const EXCERPT_CHARACTERS = 200;
/** Enough behind the excerpt to know a token that reaches over its end, in the longest of its spellings. */
const LOOK_AHEAD_CHARACTERS = 800;

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
  await bucket.put(key, JSON.stringify(bodiesOf(exchange)), { httpMetadata: { contentType: "application/json" } });
  return {
    bodyKey: key,
    requestBytes: new TextEncoder().encode(exchange.requestBody).byteLength,
    requestSha256: await sha256Hex(exchange.requestBody),
    responseSha256: exchange.responseSha256,
    excerpt: exchange.responseEncoding === "utf-8" ? excerptOf(exchange) : "",
  };
}

/** Both sides of an exchange. */
export function bodiesOf(exchange: Exchange): BodyObject {
  return {
    request: { headers: exchange.requestHeaders, body: exchange.requestBody },
    response: {
      headers: exchange.responseHeaders,
      body: exchange.responseBody,
      encoding: exchange.responseEncoding,
      cut: exchange.responseCut,
    },
  };
}

/** The key of a message's bytes as they were handed to the provider. */
export function payloadKeyOf(tenantId: string, enrollmentId: string, n: number): string {
  return `${tenantId}/${enrollmentId}/message-${String(n).padStart(6, "0")}`;
}

/** Without the request's tokens already here: lists show it without reading the request. */
function excerptOf({ requestBody, responseBody }: Exchange): string {
  const start = responseBody.slice(0, EXCERPT_CHARACTERS + LOOK_AHEAD_CHARACTERS);
  return maskCompletionTokens(start, knownSecrets(requestBody)).slice(0, EXCERPT_CHARACTERS);
}

/** The exchange without its bodies, for a message that must stay small. */
export function withoutBodies(exchange: Exchange): Exchange {
  return { ...exchange, requestBody: "", responseBody: "", responseHeaders: {}, requestHeaders: {} };
}
