import { idParameter } from "../../openapi/parts.ts";

/** The `{id}` of a member. */
export const memberParameter = idParameter("The membership's id.", "mem_mzxw6ytboi2gk3tu");
