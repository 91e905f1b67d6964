import { z } from "zod";
import { Problem } from "../../core/contract/problem.ts";
import { PROBLEMS, type ProblemCode } from "../../core/problems.ts";
import type { Scope } from "../../core/scope.ts";

/**
 * A route's `security`: a key that has this scope, shown in either way, or a person whose role has it. Authentication goes by what stands here, and a
 * route without it is not registered (worker/auth/access.ts).
 */
export function needs(scope: Scope): Record<string, string[]>[] {
  return [{ bearer: [scope] }, { apiKey: [scope] }, { session: [scope] }];
}

/** An answer of a route: JSON of a schema from core/contract. */
export function json<Schema extends z.ZodType>(schema: Schema, description: string) {
  return { description, content: { "application/json": { schema } } };
}

/** A route's body, which must be there. */
export function body<Schema extends z.ZodType>(schema: Schema) {
  return { required: true as const, content: { "application/json": { schema } } };
}

/** A route's body, which may be left out. The route takes `emptyBodyIsNone` (worker/empty-body.ts) as its middleware. */
export function optionalBody<Schema extends z.ZodType>(schema: Schema) {
  return { required: false as const, content: { "application/json": { schema } } };
}

/** A route's refusal, by the codes that it may carry; the key beside it is their status. */
export function no(...codes: readonly [ProblemCode, ...ProblemCode[]]) {
  const said = codes.map((code) => `\`${code}\`: ${PROBLEMS[code].title}.`).join(" ");
  return { description: said, content: { "application/problem+json": { schema: Problem } } };
}

/** What every route with a key may answer beside its own. `default` stands for every other code. */
export const refusals = {
  401: no("unauthorized", "key_expired"),
  403: no("missing_scope", "address_not_allowed", "cross_site", "no_organization"),
  429: {
    ...no("rate_limited"),
    headers: z.object({
      "retry-after": z.string().meta({ description: "Seconds until the same request would be taken.", example: "1" }),
    }),
  },
  500: no("internal"),
  503: {
    ...no("unreadable"),
    headers: z.object({
      "retry-after": z.string().meta({ description: "Seconds after which it is worth trying again.", example: "5" }),
    }),
  },
  default: { description: "Any other problem.", content: { "application/problem+json": { schema: Problem } } },
};

/** What a route with a body may answer beside that. */
export const bodyRefusals = {
  ...refusals,
  400: no("invalid_json"),
  413: no("payload_too_large"),
  415: no("unsupported_media_type"),
  422: no("invalid_request"),
};

/** The `{id}` of a path. */
export function idParameter(description: string, example: string) {
  return z.object({ id: z.string().meta({ description, example }) });
}

/** A POST's headers: the way to repeat a request safely. Read by worker/idempotency before the route; here it is described. */
export const idempotencyHeader = z.object({
  "idempotency-key": z.string().optional().meta({
    description:
      "1 to 255 printable characters of your own. For 24 hours the same request with the same key is done once and answered the same; a request that was refused is not done, and uses no key up.",
  }),
});
