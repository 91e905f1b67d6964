import { idParameter } from "../../openapi/parts.ts";

/** The `{id}` of a log line's routes. */
export const logEntryId = idParameter("The id of a line of the log.", "log_mzxw6ytboi2gk3tu_12");
