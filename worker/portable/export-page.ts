import { toHex } from "../../adapters/crypto/bytes.ts";
import { countedAs, type PortableEnd, type PortableHead, type PortableLine } from "../../core/contract/portable.ts";
import { type ExportCursor, exportLines } from "./export-lines.ts";

/** From here on a page begins nothing more. */
const PAGE_CHARACTERS = 4 * 1024 * 1024;

/**
 * One page as text, line by line: its head, then what fits into `reads` subrequests, then its end with counts, hash and the
 * cursor of the next page. At no time more than one query's rows or one part of a body is held.
 */
export async function* exportPage(
  env: Env,
  head: PortableHead,
  from: ExportCursor,
  reads: number,
  now: number,
): AsyncGenerator<string, void> {
  const digest = new crypto.DigestStream("SHA-256");
  const hashed = digest.getWriter();
  const encoder = new TextEncoder();
  const told = async (value: PortableHead | PortableLine) => {
    const text = `${JSON.stringify(value)}\n`;
    await hashed.write(encoder.encode(text));
    return text;
  };
  const counts: Record<string, number> = {};
  yield await told(head);
  let next: ExportCursor | null = null;
  let [cost, characters] = [0, 0];
  for await (const item of exportLines(env, head.tenantId, from, now)) {
    cost += item.cost;
    if (item.line !== null) {
      const text = await told(item.line);
      const name = countedAs(item.line);
      counts[name] = (counts[name] ?? 0) + 1;
      characters += text.length;
      yield text;
    }
    if (item.goOn === "never" || (cost < reads && characters < PAGE_CHARACTERS)) continue;
    next = item.goOn;
    break;
  }
  await hashed.close();
  const sha256 = toHex(new Uint8Array(await digest.digest));
  const nextCursor = next === null ? null : writeExportCursor(next);
  yield `${JSON.stringify({ kind: "end", counts, sha256, nextCursor } satisfies PortableEnd)}\n`;
}

/** Opaque to the caller. Keys and ids are ASCII. */
function writeExportCursor(cursor: ExportCursor): string {
  return btoa(JSON.stringify(cursor)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
