import { idParameter } from "../../openapi/parts.ts";

/** The `{id}` of a task's routes. */
export const taskId = idParameter(
  "The task's id, which is its draft's; for the answer to a reply the event's.",
  "drf_mzxw6ytboi2gk3tu_2_3",
);
