import { createRoute, z } from "@hono/zod-openapi";
import { isPosition } from "../../../adapters/d1/journal.ts";
import {
  listThreads,
  readThreadWords,
  THREADS_SEARCHED_AT_ONCE,
  type ThreadRow,
  type ThreadState,
  type ThreadWords,
} from "../../../adapters/d1/threads.ts";
import { toTimestamp } from "../../../core/contract/common.ts";
import { pageQuery } from "../../../core/contract/paging.ts";
import { Channel } from "../../../core/contract/step.ts";
import { type Thread, ThreadPage } from "../../../core/contract/thread.ts";
import type { Api } from "../../api.ts";
import { json, needs, no, refusals } from "../../openapi/parts.ts";
import { readTimePage, toTimeSearchPage } from "../../paging.ts";
import { problem } from "../../problem.ts";

const LOOKED = `One request looks through ${THREADS_SEARCHED_AT_ONCE} conversations: a page may have few rows, or none, and still a \`nextCursor\`.`;

const query = z.strictObject({
  ...pageQuery,
  answered: z.enum(["true", "false"]).optional().meta({
    description:
      "`false`: a person wrote last. `true`: something came in, and we wrote last or nobody waits for an answer.",
  }),
  all: z.literal("true").optional().meta({ description: "Those too in which nothing came in." }),
  cadenceId: z.string().max(64).optional().meta({ description: LOOKED }),
  search: z
    .string()
    .trim()
    .min(2)
    .max(100)
    .optional()
    .meta({ description: `A part of the lead's name, address or external id; case doesn't matter. ${LOOKED}` }),
});

const route = createRoute({
  method: "get",
  path: "/v1/threads",
  operationId: "listThreads",
  tags: ["Inbound"],
  security: needs("enrollments:read"),
  summary: "Conversations with leads",
  description:
    "Newest first by their last message; those in which something came in, unless `all` says otherwise. From the index, some seconds late. One that gets a message while you page moves to the front.",
  request: { query },
  responses: { ...refusals, 200: json(ThreadPage, "One page."), 422: no("invalid_request", "invalid_cursor") },
});

/** GET /v1/threads */
export function getThreads(app: Api): void {
  app.openapi(route, async (c) => {
    const tenant = c.get("tenant");
    const { answered, all, limit, cursor, ...filter } = c.req.valid("query");
    const read = readTimePage({ limit, cursor });
    if (!read.ok) return problem(c, "invalid_cursor", read.detail);
    if (!isPosition(read.page.before)) return problem(c, "invalid_cursor", "This cursor is another list's.");
    const threads = wanted(answered, all === "true");
    const found = await listThreads(c.env.DB, tenant, { ...filter, threads }, read.page);
    const ids = found.rows.slice(0, limit).map(({ enrollmentId }) => enrollmentId);
    const words = ids.length === 0 ? [] : await readThreadWords(c.env.DB, tenant, ids);
    const byId = new Map(words.map((of) => [of.enrollmentId, of]));
    const show = (row: ThreadRow) => showThread(row, byId.get(row.enrollmentId));
    return c.json(
      toTimeSearchPage(found, read.page, ({ lastAt, seq }) => ({ at: lastAt, id: String(seq) }), show),
      200,
    );
  });
}

function wanted(answered: "true" | "false" | undefined, all: boolean): readonly ThreadState[] {
  if (answered === "false") return ["open"];
  const silent: readonly ThreadState[] = all ? ["silent"] : [];
  return answered === "true" ? ["answered", ...silent] : ["open", "answered", ...silent];
}

function showThread(row: ThreadRow, said: ThreadWords | undefined): Thread {
  const { seq: _, lastAt, thread, ...lead } = row;
  return {
    ...lead,
    subject: said?.subject ?? null,
    lastAt: toTimestamp(lastAt),
    lastDirection: said?.lastDirection ?? "out",
    lastChannel: Channel.catch("email").parse(said?.lastChannel),
    lastKind: said?.lastKind ?? null,
    answered: thread !== "open",
    excerpt: said?.excerpt ?? "",
    messages: said?.messages ?? 0,
    inbound: said?.inbound ?? 0,
  };
}
