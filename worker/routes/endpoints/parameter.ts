import { idParameter } from "../../openapi/parts.ts";

/** The `{id}` of an endpoint's routes. */
export const endpointId = idParameter("The endpoint's id.", "end_mzxw6ytboi2gk3tu");
