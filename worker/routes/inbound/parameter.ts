import { idParameter } from "../../openapi/parts.ts";

/** The `{id}` of a mail's routes. */
export const inboundId = idParameter("The mail's id.", "inb_4c1f0f3c9a7e2b11");
