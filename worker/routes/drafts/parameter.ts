import { idParameter } from "../../openapi/parts.ts";

/** The `{id}` of a draft's routes. */
export const draftId = idParameter(
  "The draft's id; for the answer to a reply the event's.",
  "drf_mzxw6ytboi2gk3tu_2_3",
);
