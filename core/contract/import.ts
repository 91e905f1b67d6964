import { z } from "zod";
import { PortableCounts, PortableHead, PortableLine } from "./portable.ts";

/** So much of a file goes at once; a part of a body is less. */
export const IMPORT_BYTES_MAX = 8 * 1024 * 1024;

/** `POST /v1/tenant/import`: some lines of an export, in its order. */
export const ImportLines = z
  .strictObject({
    head: PortableHead.meta({ description: "The first line of the file." }),
    move: z.boolean().meta({
      description:
        "true: enrollments go on here, and the source was frozen before it was exported. false: a copy; what lived is ended here, so that nobody is written to by both.",
    }),
    lines: z.array(PortableLine).min(1).max(2_000),
  })
  .meta({ id: "ImportLines" });
export type ImportLines = z.infer<typeof ImportLines>;

/** The answer: by `row <table>`, `object` and `body` how many were written, and how many were here already. */
export const Imported = z
  .strictObject({
    written: PortableCounts,
    known: PortableCounts,
    newSecrets: z
      .array(z.strictObject({ endpointId: z.string(), secret: z.string() }))
      .nullable()
      .meta({ description: "An endpoint's secret doesn't leave its installation: here is its new one. Shown once." }),
    notes: z.array(z.string()).meta({ description: "What a person has to do, or know." }),
  })
  .meta({ id: "Imported" });
export type Imported = z.infer<typeof Imported>;
