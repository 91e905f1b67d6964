import { sha256Hex } from "../../adapters/crypto/bytes.ts";
import { PortableEnd, PortableHead, PortableLine } from "../../core/contract/portable.ts";
import type { ApiClient } from "./worker.ts";

export interface ReadExport {
  readonly head: PortableHead;
  readonly lines: readonly PortableLine[];
  readonly pages: number;
  readonly text: string;
}

/** Follows an export page by page, as the command does. Throws where a page isn't what its end says. */
export async function readExport(live: ApiClient, reads = 40): Promise<ReadExport> {
  const [lines, texts]: [PortableLine[], string[]] = [[], []];
  let head: PortableHead | null = null;
  let pages = 0;
  for (let cursor: string | null = ""; cursor !== null; pages += 1) {
    const page = await live.get(`/v1/tenant/export?reads=${reads}${cursor === "" ? "" : `&cursor=${cursor}`}`);
    if (page.status !== 200) throw new Error(JSON.stringify(page.body));
    const text = page.body as string;
    texts.push(text);
    const [first = "", ...rest] = text.trimEnd().split("\n");
    head = PortableHead.parse(JSON.parse(first));
    const last = rest.pop() ?? "";
    const end = PortableEnd.parse(JSON.parse(last));
    const before = text.slice(0, text.length - last.length - 1);
    if ((await sha256Hex(before)) !== end.sha256) throw new Error("the hash of a page is another");
    lines.push(...rest.map((line) => PortableLine.parse(JSON.parse(line))));
    cursor = end.nextCursor;
  }
  if (head === null) throw new Error("no page came");
  return { head, lines, pages, text: texts.join("") };
}
