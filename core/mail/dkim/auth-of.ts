import type { InboundAuth } from "../../contract/inbound.ts";
import type { InboundReply } from "../../events.ts";
import { notChecked } from "./verdict.ts";

/** What shows who wrote a mail, as it is told and shown. */
export function authOf({ tokenValid, auth = notChecked("checking_is_off") }: InboundReply): InboundAuth {
  return { tokenValid, ...auth };
}
