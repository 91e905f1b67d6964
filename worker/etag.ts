import { z } from "zod";
import type { ApiContext } from "./api.ts";
import { problem } from "./problem.ts";

/** Names one state of a thing by when it was last changed (ms), which no two states of it share. A strong ETag (RFC 9110). */
export function etagOf({ updatedAt }: { readonly updatedAt: number }): string {
  return `"${updatedAt.toString(36)}"`;
}

/**
 * Whether `If-Match` lets a change of this state go on: there is none, or it is `*`, or it names this state. `W/` is looked
 * past, since a proxy that compresses an answer makes its ETag weak.
 */
export function matches(c: ApiContext, state: { readonly updatedAt: number }): boolean {
  const wanted = c.req.header("if-match");
  if (wanted === undefined || wanted.trim() === "*") return true;
  const named = wanted.split(",").map((tag) => tag.trim().replace(/^W\//, ""));
  return named.includes(etagOf(state));
}

/** Whether the caller named a state: then the change may happen to that one only. */
export function isConditional(c: ApiContext): boolean {
  return c.req.header("if-match") !== undefined;
}

/** The answer to a change of a state that is gone. */
export function stale(c: ApiContext) {
  return problem(
    c,
    "precondition_failed",
    "Somebody has changed this since you read it. Nothing was done: read it again, see what is new, and send your change with the new ETag.",
  );
}

/** How it stands in a route's description. */
export const ifMatchHeader = z.object({
  "if-match": z.string().optional().meta({
    description:
      "The ETag that you read: the change is made only if nobody else has changed it since. Left out, the last one wins.",
    example: '"mi5h2k1c"',
  }),
});

/** An answer that carries an ETag. */
export function withEtag<Answer extends { readonly description: string }>(answer: Answer) {
  return {
    ...answer,
    headers: z.object({
      etag: z.string().meta({ description: "Names this state; for If-Match.", example: '"mi5h2k1c"' }),
    }),
  };
}
