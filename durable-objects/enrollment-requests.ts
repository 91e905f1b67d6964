import type { Enrollment } from "../core/enrollment.ts";
import type { ProblemCode } from "../core/problems.ts";
import type { Happened } from "./perform/perform.ts";

/** What can be asked of an enrollment from outside; the time and the dice are added here. */
export type RequestEvent = Extract<
  Happened,
  {
    type:
      | "pause_requested"
      | "resume_requested"
      | "unenroll_requested"
      | "contact_refused"
      | "delivery_reported"
      | "lead_edited"
      | "connected"
      | "invitation_withdrawn"
      | "task_done"
      | "task_skipped"
      | "task_not_connected"
      | "enrolled_anew"
      | "completion_received"
      | "reply_completion_received"
      | "draft_released"
      | "draft_edited"
      | "draft_skipped"
      | "draft_retried"
      | "send_settled"
      | "send_reported"
      | "woken";
  }
>;

/** How it stood right before and right after; `not_found` when the object never began or was emptied. */
export type Answer =
  | { readonly ok: true; readonly before: Enrollment; readonly enrollment: Enrollment }
  | { readonly ok: false; readonly code: ProblemCode; readonly detail: string };
