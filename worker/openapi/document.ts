import { SESSION_COOKIE } from "../../adapters/auth/open-auth.ts";
import packageJson from "../../package.json" with { type: "json" };
import type { Api } from "../api.ts";
import { TAGS } from "./tags.ts";

export type OpenApiDocument = ReturnType<Api["getOpenAPI31Document"]>;

/** The OpenAPI 3.1 document of all registered routes and webhooks. The same for every installation: paths are relative. */
export function describeApi(app: Api): OpenApiDocument {
  return app.getOpenAPI31Document({
    openapi: "3.1.0",
    info: {
      title: "Drafthook",
      version: packageJson.version,
      description: ABOUT,
      license: { name: packageJson.license, url: "https://opensource.org/license/mit" },
    },
    servers: [{ url: "/", description: "The installation that serves this document." }],
    security: [{ bearer: [] }, { apiKey: [] }, { session: [] }],
    tags: [...TAGS],
  });
}

/** Puts the ways to prove oneself into the document. */
export function describeSecurity(app: Api): void {
  app.openAPIRegistry.registerComponent("securitySchemes", "bearer", {
    type: "http",
    scheme: "bearer",
    description: "`Authorization: Bearer dh_live_…` or `dh_test_…`",
  });
  app.openAPIRegistry.registerComponent("securitySchemes", "apiKey", {
    type: "apiKey",
    in: "header",
    name: "X-API-Key",
    description: "The same key in a header of its own.",
  });
  app.openAPIRegistry.registerComponent("securitySchemes", "session", {
    type: "apiKey",
    in: "cookie",
    name: SESSION_COOKIE,
    description:
      "A person who is signed in, in the tenant that they have chosen; the header `Drafthook-Mode` says `test` (when left out) or `live`. What changes something must come from a page of this installation.",
  });
}

const ABOUT = `A cadence engine: your webhook writes the words, Drafthook moves them, once, and shows every byte.

JSON over HTTPS. Times are RFC 3339 in UTC; a duration's unit is in its name.

A key belongs to one tenant and to live or test; what it may not see is not found. The scope that a route needs stands in its \`security\`. Bodies are strict: a field that we don't know is an error.
Errors are \`application/problem+json\` (RFC 9457) with a stable \`code\`. Lists are cut into pages: hand \`nextCursor\` back as \`cursor\`.
Every POST takes an \`Idempotency-Key\`. \`RateLimit-Policy\` says how many requests fit into how many seconds, for the tenant and for one key of it; \`RateLimit\` says what is left (draft-ietf-httpapi-ratelimit-headers-11).`;
