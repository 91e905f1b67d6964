import { enrollmentOf } from "../../../core/enrollment.ts";
import type { RequestEvent } from "../../../durable-objects/enrollment-requests.ts";
import type { ApiContext } from "../../api.ts";
import { notFound } from "../../problem.ts";
import { askEnrollment } from "../enrollments/ask.ts";

/** Puts a person's word about a held draft to the enrollment that its id names. */
export async function askAboutDraft(c: ApiContext, draftId: string, event: RequestEvent) {
  const enrollmentId = enrollmentOf(draftId);
  return enrollmentId === null ? notFound(c) : askEnrollment(c, enrollmentId, [event]);
}
