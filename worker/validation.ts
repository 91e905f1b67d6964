import type { Hook } from "@hono/zod-openapi";
import type { z } from "zod";
import type { ProblemError } from "../core/contract/problem.ts";
import type { ApiContext, ApiEnv } from "./api.ts";
import { problem } from "./problem.ts";

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** Answers a request that doesn't fit its route's schema, with every faulty field; undefined lets it through. */
export const sayInvalid: Hook<unknown, ApiEnv, string, Response | undefined> = (result, c) => {
  if (result.success) return undefined;
  const faults = result.error.issues.flatMap((issue) => faultsOf(issue, []));
  const errors = faults.map(({ path, detail }): ProblemError => {
    return result.target === "json"
      ? { pointer: toPointer(path), detail }
      : { parameter: path.map(String).join("."), detail };
  });
  return invalid(c, errors);
};

/** The answer for faults that a handler finds itself; `pointer` is RFC 6901, such as `/steps/0/kind`. */
export function invalid(c: ApiContext, errors: readonly ProblemError[]) {
  const first = errors[0];
  const where = first === undefined ? "" : "pointer" in first ? first.pointer || "the body" : first.parameter;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more in errors)` : "";
  return problem(
    c,
    "invalid_request",
    first === undefined ? "The request doesn't fit." : `${where}: ${first.detail}${more}`,
    { errors },
  );
}

/** A path as an RFC 6901 pointer: `["steps", 0, "a/b"]` is `/steps/0/a~1b`. */
export function toPointer(path: Path): string {
  return path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

interface Fault {
  readonly path: Path;
  readonly detail: string;
}

function faultsOf(issue: Issue, above: Path): Fault[] {
  const path = [...above, ...issue.path];
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => ({ path: [...path, key], detail: "is not a known field" }));
  if (issue.code === "invalid_type" && issue.message.endsWith("received undefined"))
    return [{ path, detail: "is missing" }];
  if (issue.code !== "invalid_union") return [{ path, detail: issue.message }];
  // Of a union's branches the one with the fewest faults is what was meant.
  const [closest] = issue.errors
    .map((issues) => issues.flatMap((inner) => faultsOf(inner, path)))
    .sort((a, b) => a.length - b.length);
  return closest === undefined || closest.length === 0 ? [{ path, detail: issue.message }] : closest;
}
