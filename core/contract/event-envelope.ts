import { z } from "zod";
import { ModeName, Timestamp } from "./common.ts";

/** What every event begins with. */
export function envelope<Type extends string>(type: Type) {
  return {
    type: z.literal(type),
    id: z
      .string()
      .meta({ description: "Value of `webhook-id`: the same at every attempt.", example: "evt_mzxw6ytboi2gk3tu_7" }),
    timestamp: Timestamp.meta({ description: "When it happened, not when it was delivered." }),
    mode: ModeName,
  };
}
