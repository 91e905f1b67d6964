import { idParameter } from "../../openapi/parts.ts";

/** The `{id}` of a mailbox's routes. */
export const mailboxId = idParameter("The mailbox's id.", "mbx_mzxw6ytboi2gk3tu");
