import { z } from "zod";
import { BREAKER_MODES } from "../endpoint-breaker.ts";
import { Timestamp } from "./common.ts";

const ms = z.number().nullable();

const Bucket = z
  .strictObject({
    at: Timestamp.meta({ description: "When it began." }),
    requests: z.number().int(),
    failures: z.number().int().meta({ description: "Those that were neither answered nor accepted." }),
    p50Ms: ms,
    p95Ms: ms,
    p99Ms: ms,
  })
  .meta({ id: "HealthBucket", description: "Percentiles of whole durations, by the nearest rank; null without any." });

/** `GET /v1/endpoints/{id}/health`. */
export const EndpointHealth = z
  .strictObject({
    breaker: z
      .strictObject({
        state: z.enum(BREAKER_MODES),
        since: Timestamp.nullable().meta({ description: "Null where it isn't remembered: it is kept in memory only." }),
        retryAt: Timestamp.nullable().meta({
          description: "When the next request may leave; null while it is closed.",
        }),
        reason: z.string().nullable(),
      })
      .nullable()
      .meta({ description: "Null where it can't be asked just now; requests then go ahead." }),
    totals: Bucket,
    buckets: z.array(Bucket).meta({ description: "At most 48, oldest first, also those without a request." }),
    sampled: z.boolean().meta({
      description:
        "There were more than 5,000 requests: only the newest of them are reckoned with, and what is older lacks.",
    }),
  })
  .meta({ id: "EndpointHealth" });
export type EndpointHealth = z.infer<typeof EndpointHealth>;
