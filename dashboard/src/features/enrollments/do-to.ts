import { call } from "../../api/call.ts";
import type { Mode } from "../../api/mode.ts";
import type { BulkAct } from "./bulk-acts.ts";

/** Pauses, resumes or ends one enrollment; the reason goes with its end only. Throws Refusal. */
export function doTo(act: BulkAct, id: string, reason: string, mode: Mode): Promise<unknown> {
  const body = act === "unenroll" && reason !== "" ? { reason } : {};
  return call(`/v1/enrollments/${id}/${act}`, { method: "POST", body, mode });
}
