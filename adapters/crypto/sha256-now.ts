import { createHash } from "node:crypto";

/** SHA-256 of text (as UTF-8) as lower-case hex, at once: what is committed in one turn can't wait for WebCrypto. */
export function sha256Now(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}
