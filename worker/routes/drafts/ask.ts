import { type Enrollment, enrollmentOf } from "../../../core/enrollment.ts";
import type { RequestEvent } from "../../../durable-objects/enrollment-requests.ts";
import type { ApiContext, Change } from "../../api.ts";
import { notFound } from "../../problem.ts";
import { askEnrollment } from "../enrollments/ask.ts";
import { showDraft } from "./show.ts";

/** Puts a person's word about a held draft to the enrollment that its id names. */
export async function askAboutDraft(c: ApiContext, draftId: string, event: RequestEvent) {
  const enrollmentId = enrollmentOf(draftId);
  if (enrollmentId === null) return notFound(c);
  return askEnrollment(c, enrollmentId, [event], ({ cadenceId }, before, after) =>
    changeOfDraft(cadenceId, draftId, before, after),
  );
}

/** How a draft was and is, as the API shows it. */
export function changeOfDraft(cadenceId: string, id: string, before: Enrollment, after: Enrollment): Change {
  return { id, before: showDraft(before, cadenceId, id), after: showDraft(after, cadenceId, id) };
}
