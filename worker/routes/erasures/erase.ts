import { createRoute } from "@hono/zod-openapi";
import { tombstoneHash } from "../../../adapters/crypto/tombstone.ts";
import { findTombstone } from "../../../adapters/d1/tombstones.ts";
import { ErasePerson, ErasureReport } from "../../../core/contract/erasure.ts";
import type { Api } from "../../api.ts";
import { type Erased, erasePerson } from "../../erasure/erase-person.ts";
import { body, bodyRefusals, idempotencyHeader, json, needs, no } from "../../openapi/parts.ts";
import { problem } from "../../problem.ts";
import { showErasure } from "./show.ts";

const route = createRoute({
  method: "post",
  path: "/v1/erasures",
  operationId: "erasePerson",
  tags: ["Data"],
  security: needs("data:write"),
  summary: "Erase a person",
  description:
    "Everything under this address goes, for good: enrollments end at once, and with them go the conversation, the bodies of every request about the person, and mails from them and about them. A hash stays, so that the person can't be enrolled again. Asked again it finds what is left, if anything is. With a live key test data goes too.",
  request: { headers: idempotencyHeader, body: body(ErasePerson) },
  responses: {
    ...bodyRefusals,
    200: json(ErasureReport, "What was found, and is gone."),
    202: json(ErasureReport, "The same, and the rest goes in the next minutes."),
    409: no("conflict", "idempotency_in_progress"),
  },
});

/** POST /v1/erasures */
export function erase(app: Api): void {
  app.openapi(route, async (c) => {
    const tenant = c.get("tenant");
    const { email } = c.req.valid("json");
    const erased = await erasePerson(c.env, tenant, email, Date.now());
    const tombstone = await findTombstone(tenant, await tombstoneHash(c.env, tenant.tenantId, email));
    if (tombstone === null)
      return problem(
        c,
        "conflict",
        "Somebody has just lifted this erasure: what was there is gone; ask again to bar them.",
      );
    c.set("change", { id: tombstone.id, before: null, after: showErasure(tombstone) });
    // The one part of the answer that names somebody is not kept for repeats.
    c.set("secretFields", ["otherAddresses"]);
    return c.json(report(erased, showErasure(tombstone)), erased.goesOn ? 202 : 200);
  });
}

function report(
  { removed, inboundMails, storedBodies, otherEmails, goesOn }: Erased,
  erasure: ErasureReport["erasure"],
): ErasureReport {
  const of = (table: string) => removed[table] ?? 0;
  return {
    erasure,
    state: goesOn ? "going_on" : "done",
    removed: {
      enrollments: of("enrollments"),
      messages: of("messages"),
      logLines: of("journal"),
      inboundMails,
      storedBodies,
      sandboxMails: of("sandbox_mail"),
      suppressions: of("suppressions"),
    },
    otherAddresses: [...otherEmails],
  };
}
