import { createHash, createHmac } from "node:crypto";
import type { DoubleRequest } from "./api-double.ts";

/** Whose signature is asked for. */
export interface AwsKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly region: string;
  readonly service: string;
}

/**
 * What is wrong with a request's Signature Version 4, as AWS calls it, or null when it is right. Written from their page
 * "Create a signed AWS API request", and by none of our code. Only for URLs without a query.
 */
export function findSignatureFault(request: DoubleRequest, key: AwsKey): string | null {
  const authorization = request.header("authorization");
  if (authorization === null) return "MissingAuthenticationTokenException";
  const [, id, day, region, service, signedHeaders = "", given] =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
      authorization,
    ) ?? [];
  if (given === undefined || day === undefined) return "IncompleteSignatureException";
  if (id !== key.accessKeyId) return "UnrecognizedClientException";
  const stamp = request.header("x-amz-date") ?? "";
  const [, year, month, date, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(stamp) ?? [];
  const at = Date.parse(`${year}-${month}-${date}T${hour}:${minute}:${second}Z`);
  if (!(Math.abs(Date.now() - at) < 15 * 60_000) || !stamp.startsWith(day)) return "InvalidSignatureException";
  const names = signedHeaders.split(";");
  if (region !== key.region || service !== key.service || !names.includes("host") || !names.includes("x-amz-date"))
    return "InvalidSignatureException";
  const canonical = [
    request.method,
    request.url,
    "",
    ...names.map((name) => `${name}:${(request.header(name) ?? "").trim()}`),
    "",
    signedHeaders,
    sha256(request.body),
  ].join("\n");
  const scope = `${day}/${region}/${service}/aws4_request`;
  const signingKey = [day, region, service, "aws4_request"].reduce<string | Buffer>(
    (secret, part) => hmac(secret, part),
    `AWS4${key.secretAccessKey}`,
  );
  const signature = hmac(signingKey, `AWS4-HMAC-SHA256\n${stamp}\n${scope}\n${sha256(canonical)}`).toString("hex");
  return signature === given ? null : "InvalidSignatureException";
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}
