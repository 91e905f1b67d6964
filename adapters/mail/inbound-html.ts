import { utf8Head } from "../../core/utf8.ts";
import { parseInbound } from "./parse-inbound.ts";

/** What of a mail's HTML is shown, in bytes of UTF-8. */
const HTML_BYTES_MAX = 512 * 1024;

/** Attachments come after it. A person opens a conversation with all its mails at once, and each may be of 25 MiB. */
const READ_BYTES_MAX = 2 * 1024 * 1024;

/**
 * The HTML of a mail that is kept raw in R2, as its sender wrote it: hostile, until something made it harmless. Null where it
 * has none in its first 2 MiB, or isn't kept any more.
 */
export async function readInboundHtml(bucket: R2Bucket, rawKey: string): Promise<string | null> {
  const stored = await bucket.get(rawKey, { range: { offset: 0, length: READ_BYTES_MAX } });
  if (stored === null) return null;
  const { html } = await parseInbound(new Uint8Array(await stored.arrayBuffer()), { from: "", to: "" });
  return html === null ? null : utf8Head(html, HTML_BYTES_MAX);
}
