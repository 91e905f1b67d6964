import { createRoute, z } from "@hono/zod-openapi";
import { listEnrollments } from "../../../adapters/d1/enrollments.ts";
import { SEARCHED_AT_ONCE, searchEnrollments } from "../../../adapters/d1/search-enrollments.ts";
import { EnrollmentPage, EnrollmentStateName } from "../../../core/contract/enrollment.ts";
import { pageQuery } from "../../../core/contract/paging.ts";
import type { Api } from "../../api.ts";
import { json, needs, no, refusals } from "../../openapi/parts.ts";
import { readPage, toPage, toSearchPage } from "../../paging.ts";
import { problem } from "../../problem.ts";
import { showSummary } from "./show.ts";

const query = z.strictObject({
  ...pageQuery,
  state: z
    .union([EnrollmentStateName, z.array(EnrollmentStateName).min(1).max(6)])
    .optional()
    .meta({ description: "One, or several: `state=active&state=held`." }),
  exitReason: z.string().max(200).optional().meta({ description: "As an enrollment's own `exitReason`." }),
  held: z.literal("true").optional().meta({
    description:
      "Only those where something waits for a person: a step, or an answer to a reply, which an ended enrollment may have too.",
  }),
  cadenceId: z.string().max(64).optional(),
  leadExternalId: z.string().max(255).optional(),
  leadEmail: z.string().max(320).optional().meta({ description: "The whole address; case doesn't matter." }),
  search: z
    .string()
    .trim()
    .min(2)
    .max(100)
    .optional()
    .meta({
      description: `A part of the lead's name, address or external id; case doesn't matter. One request looks through ${SEARCHED_AT_ONCE} enrollments: a page may have few rows, or none, and still a \`nextCursor\`.`,
    }),
});

const route = createRoute({
  method: "get",
  path: "/v1/enrollments",
  operationId: "listEnrollments",
  tags: ["Enrollments"],
  security: needs("enrollments:read"),
  summary: "List enrollments",
  description:
    "Newest first, from the index: a change is seen here within seconds. One enrollment by itself is always the truth.",
  request: { query },
  responses: { ...refusals, 200: json(EnrollmentPage, "One page."), 422: no("invalid_request", "invalid_cursor") },
});

/** GET /v1/enrollments */
export function getEnrollments(app: Api): void {
  app.openapi(route, async (c) => {
    const { limit, cursor, held, search, state, ...others } = c.req.valid("query");
    const read = readPage({ limit, cursor });
    if (!read.ok) return problem(c, "invalid_cursor", read.detail);
    const filter = {
      ...others,
      held: held === "true",
      states: state === undefined ? [] : [...new Set([state].flat())],
    };
    if (search !== undefined) {
      const found = await searchEnrollments(c.get("tenant"), search, filter, read.page);
      return c.json(toSearchPage(found, read.page, showSummary), 200);
    }
    const rows = await listEnrollments(c.get("tenant"), filter, read.page);
    return c.json(toPage(rows, read.page, showSummary), 200);
  });
}
