import { z } from "zod";
import { PROBLEMS } from "../problems.ts";

/** One faulty field: `pointer` (RFC 6901) into the body, or the name of a `parameter` of the query or a header. */
export const ProblemError = z
  .union([
    z.object({ pointer: z.string(), detail: z.string() }),
    z.object({ parameter: z.string(), detail: z.string() }),
  ])
  .meta({ id: "ProblemError" });
export type ProblemError = z.infer<typeof ProblemError>;

/** Every "no" of the API: application/problem+json (RFC 9457). `code` is stable; `detail` is a sentence for a person. */
export const Problem = z
  .object({
    type: z.string().meta({ description: "Where the code is explained, relative to this API." }),
    title: z.string(),
    status: z.int().meta({ description: "The HTTP status." }),
    detail: z.string().meta({ description: "What happened and what to change." }),
    code: z.enum(Object.keys(PROBLEMS)).meta({ description: "Stable, for programs." }),
    instance: z.string().meta({ description: "The request's id, as in `x-request-id`." }),
    errors: z.array(ProblemError).optional().meta({ description: "Each faulty field." }),
  })
  .meta({ id: "Problem" });
export type Problem = z.infer<typeof Problem>;
