import { idParameter } from "../../openapi/parts.ts";

/** The `{id}` of a LinkedIn account's routes. */
export const linkedinAccountId = idParameter("The LinkedIn account's id.", "lia_mzxw6ytboi2gk3tu");
