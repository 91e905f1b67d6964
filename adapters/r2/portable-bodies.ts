import type { PortableBody } from "../../core/contract/portable.ts";
import { toBase64 } from "../crypto/bytes.ts";

/** A part is read whole, and becomes half as long again on the way. */
export const PART_BYTES = 3 * 1024 * 1024;

/** The next keys of a tenant's objects, at most `max`. */
export async function listBodies(
  bucket: R2Bucket,
  tenantId: string,
  after: string | null,
  max: number,
): Promise<readonly { readonly key: string; readonly bytes: number }[]> {
  const from = after === null ? {} : { startAfter: after };
  const { objects } = await bucket.list({ prefix: `${tenantId}/`, limit: Math.min(max, 1_000), ...from });
  return objects.map(({ key, size }) => ({ key, bytes: size }));
}

/** One object in parts, one after the other; nothing where it is gone by now. */
export async function* readParts(
  bucket: R2Bucket,
  tenantId: string,
  { key, bytes }: { readonly key: string; readonly bytes: number },
): AsyncGenerator<PortableBody, void> {
  const parts = Math.max(1, Math.ceil(bytes / PART_BYTES));
  for (let part = 0; part < parts; part += 1) {
    const range =
      bytes === 0
        ? {}
        : { range: { offset: part * PART_BYTES, length: Math.min(PART_BYTES, bytes - part * PART_BYTES) } };
    const object = await bucket.get(key, range);
    if (object === null) return;
    const base64 = inBase64(new Uint8Array(await object.arrayBuffer()));
    const type = object.httpMetadata?.contentType ?? "application/octet-stream";
    yield { kind: "body", key: key.slice(tenantId.length + 1), type, part, parts, base64 };
  }
}

/** By pieces of a multiple of three bytes: as one, the text would be built up sign by sign. */
function inBase64(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (let start = 0; start < bytes.length; start += PIECE) pieces.push(toBase64(bytes.subarray(start, start + PIECE)));
  return pieces.join("");
}

const PIECE = 30_000;
