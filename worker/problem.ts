import type { TypedResponse } from "hono";
import type { Problem, ProblemError } from "../core/contract/problem.ts";
import { PROBLEMS, type ProblemCode } from "../core/problems.ts";
import type { ApiContext } from "./api.ts";

/** The HTTP status of a code, as a type: a route that answers with a code must declare its status. */
export type StatusOf<Code extends ProblemCode> = (typeof PROBLEMS)[Code]["status"];

/** An answer that a typed route accepts. */
export type ProblemAnswer<Code extends ProblemCode> = Response & TypedResponse<Problem, StatusOf<Code>, "json">;

/** The one way to say no: problem+json with the code's status. `detail` says what to change. */
export function problem<Code extends ProblemCode>(
  c: ApiContext,
  code: Code,
  detail: string,
  more: { readonly errors?: readonly ProblemError[]; readonly headers?: Readonly<Record<string, string>> } = {},
): ProblemAnswer<Code> {
  const { title, status } = PROBLEMS[code];
  const body: Problem = {
    type: `/docs#${code}`,
    title,
    status,
    detail,
    code,
    instance: c.get("requestId"),
    ...(more.errors === undefined ? {} : { errors: [...more.errors] }),
  };
  return c.json<Problem, StatusOf<Code>>(body, status, {
    "Content-Type": "application/problem+json",
    ...(code === "unreadable" ? { "retry-after": String(UNREADABLE_FOR_SECONDS) } : {}),
    ...more.headers,
  });
}

/** What doesn't answer is asked again so soon, unless a route knows better. */
const UNREADABLE_FOR_SECONDS = 5;

/** The same words for what isn't there, what is another tenant's and what is of the key's other mode. */
export function notFound(c: ApiContext): ProblemAnswer<"not_found"> {
  return problem(
    c,
    "not_found",
    "There is nothing here that this key may see. Ids belong to one tenant and to live or test.",
  );
}
