import { idParameter } from "../../openapi/parts.ts";

/** The `{id}` of a cadence's routes. */
export const cadenceId = idParameter("The cadence's id.", "cad_mzxw6ytboi2gk3tu");
