import type { AccountTrouble, PageResult } from "../../core/linkedin/provider.ts";

/** Pages of a hundred: what an account may have missed in a few hours, and no more of its budget. */
const PAGES_MAX = 10;

/** What was read of a list: all of it (`whole`), as much as is read at once (`cut`), or not all, since it couldn't be. */
export interface ReadList<Item> {
  readonly items: readonly Item[];
  readonly end: "whole" | "cut" | "broken";
  /** The account itself can't act. */
  readonly trouble: AccountTrouble | null;
}

/** The pages of a list, from the first on, as many as are read at once. */
export async function readPages<Item>(
  read: (cursor: string | null) => Promise<PageResult<Item>>,
): Promise<ReadList<Item>> {
  const items: Item[] = [];
  let cursor: string | null = null;
  for (let n = 0; n < PAGES_MAX; n += 1) {
    const page: PageResult<Item> = await read(cursor);
    if (page.kind === "account") return { items, end: "broken", trouble: page.trouble };
    if (page.kind === "failed") return { items, end: "broken", trouble: null };
    items.push(...page.items);
    if (page.cursor === null) return { items, end: "whole", trouble: null };
    cursor = page.cursor;
  }
  return { items, end: "cut", trouble: null };
}
