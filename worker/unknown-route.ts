import type { ApiContext } from "./api.ts";
import { notFound, problem } from "./problem.ts";

interface KnownRoute {
  readonly method: string;
  readonly path: string;
}

/** Answers what no route took: 405 with Allow when the path exists for other methods, else 404. */
export function sayUnknownRoute(c: ApiContext, routes: readonly KnownRoute[]): Response {
  const allowed = methodsOf(routes, c.req.path);
  if (allowed.length === 0) return notFound(c);
  const allow = allowed.join(", ");
  return problem(c, "method_not_allowed", `This path takes ${allow}.`, { headers: { allow } });
}

function methodsOf(routes: readonly KnownRoute[], path: string): string[] {
  const methods = routes
    .filter((route) => route.method !== "ALL" && fits(route.path, path))
    .map((route) => route.method);
  return [...new Set(methods.includes("GET") ? [...methods, "HEAD"] : methods)].sort();
}

function fits(pattern: string, path: string): boolean {
  const wanted = pattern.split("/");
  const given = path.split("/");
  return (
    wanted.length === given.length &&
    wanted.every((part, index) => (part.startsWith(":") ? given[index] !== "" : part === given[index]))
  );
}
