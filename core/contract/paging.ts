import { z } from "zod";

export const PAGE_LIMIT_MAX = 200;
export const PAGE_LIMIT_DEFAULT = 50;

/** The query of every list. Spread it into a route's own strict query: `z.strictObject({ ...pageQuery, state: … })`. */
export const pageQuery = {
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(PAGE_LIMIT_MAX)
    .default(PAGE_LIMIT_DEFAULT)
    .meta({ description: "How many rows at most." }),
  cursor: z.string().min(1).max(200).optional().meta({ description: "`nextCursor` of the page before." }),
};

/** One page of a list. `nextCursor` is null on the last one. */
export function pageOf<Row extends z.ZodType>(row: Row) {
  return z.object({
    data: z.array(row),
    nextCursor: z.string().nullable().meta({ description: "Hand it back as `cursor`; null on the last page." }),
  });
}
