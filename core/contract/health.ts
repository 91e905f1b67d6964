import { z } from "zod";

/** Whether the system can work. */
export const Health = z
  .object({
    ok: z.boolean(),
    version: z.string().meta({ example: "0.1.0" }),
    database: z.enum(["answers", "silent"]),
  })
  .meta({ id: "Health" });
export type Health = z.infer<typeof Health>;
