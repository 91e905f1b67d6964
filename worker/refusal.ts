import type { Answer } from "../durable-objects/enrollment-requests.ts";
import type { ApiContext } from "./api.ts";
import { notFound, problem } from "./problem.ts";

/** What an enrollment's own object may say no with; each is a 409. */
const CONFLICTS = [
  "conflict",
  "already_finished",
  "no_task",
  "not_held",
  "nothing_to_release",
  "draft_settled",
  "draft_expired",
] as const;

/** An enrollment's no, as an answer: 404 when the object is empty, else its own 409. */
export function sayRefusal(c: ApiContext, refusal: Extract<Answer, { ok: false }>) {
  if (refusal.code === "not_found") return notFound(c);
  const code = CONFLICTS.find((conflict) => conflict === refusal.code);
  if (code === undefined) throw new Error(`an enrollment refused with ${refusal.code}, which no route expects`);
  return problem(c, code, refusal.detail);
}
