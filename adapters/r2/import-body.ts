import type { PortableBody } from "../../core/contract/portable.ts";
import { fromBase64 } from "../crypto/bytes.ts";

/**
 * Puts one body, or keeps a part of it until the last has come; a body that is here already stays as it is. `missing`: a part
 * that should have come before.
 */
export async function importBody(
  bucket: R2Bucket,
  tenantId: string,
  { key, type, part, parts, base64 }: PortableBody,
): Promise<"written" | "known" | "kept" | { readonly missing: number }> {
  const bytes = fromBase64(base64);
  const target = `${tenantId}/${key}`;
  if (parts === 1) return putOnce(bucket, target, bytes, type);
  if (part < parts - 1) {
    await bucket.put(partKey(tenantId, key, part), bytes);
    return "kept";
  }
  const pieces: Uint8Array[] = [];
  for (let earlier = 0; earlier < part; earlier += 1) {
    const piece = await bucket.get(partKey(tenantId, key, earlier));
    if (piece === null) return { missing: earlier };
    pieces.push(new Uint8Array(await piece.arrayBuffer()));
  }
  const done = await putOnce(bucket, target, joined([...pieces, bytes]), type);
  await bucket.delete(pieces.map((_, earlier) => partKey(tenantId, key, earlier)));
  return done;
}

async function putOnce(
  bucket: R2Bucket,
  key: string,
  bytes: Uint8Array,
  contentType: string,
): Promise<"written" | "known"> {
  const put = await bucket.put(key, bytes, { httpMetadata: { contentType }, onlyIf: { etagDoesNotMatch: "*" } });
  return put === null ? "known" : "written";
}

/** Under the tenant, so that its term for bodies clears away what an import that was given up has left. */
function partKey(tenantId: string, key: string, part: number): string {
  return `${tenantId}/import/${key}/${part}`;
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
