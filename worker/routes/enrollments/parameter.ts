import { idParameter } from "../../openapi/parts.ts";

/** The `{id}` of an enrollment's routes. */
export const enrollmentId = idParameter("The enrollment's id.", "enr_mzxw6ytboi2gk3tu");
