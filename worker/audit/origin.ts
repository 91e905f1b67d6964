import type { AuditAct } from "../../core/audit.ts";
import type { ApiContext } from "../api.ts";
import { addressOf } from "../auth/address.ts";

/** Longer ones say nothing more. */
const USER_AGENT_CHARACTERS_MAX = 256;

/** From where a request came, as the audit log keeps it. */
export function originOf(c: ApiContext): AuditAct["from"] {
  return {
    address: addressOf(c),
    userAgent: c.req.header("user-agent")?.slice(0, USER_AGENT_CHARACTERS_MAX) ?? null,
  };
}
