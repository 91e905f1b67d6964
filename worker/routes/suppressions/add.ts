import { createRoute } from "@hono/zod-openapi";
import { keepSuppressions, type NewSuppression } from "../../../adapters/d1/suppressions.ts";
import { asciiDomain, comparable } from "../../../adapters/mail/ascii-domain.ts";
import { AddSuppressions, SuppressionsAdded } from "../../../core/contract/suppression.ts";
import { readSuppressed, type SuppressedValue } from "../../../core/suppression.ts";
import type { Api } from "../../api.ts";
import { body, bodyRefusals, idempotencyHeader, json, needs, no } from "../../openapi/parts.ts";
import { invalid } from "../../validation.ts";

const route = createRoute({
  method: "post",
  path: "/v1/suppressions",
  operationId: "addSuppressions",
  tags: ["Suppressions"],
  security: needs("suppressions:write"),
  summary: "Write to nobody of these any more",
  description:
    "Addresses and domains, one or an import of up to 5,000. Each is asked for before every draft and again before every send, in all cadences, so it takes hold at once; an enrollment ends with `suppressed` when its next step is due. All of them are kept or none is: a faulty one is named.",
  request: { headers: idempotencyHeader, body: body(AddSuppressions) },
  responses: {
    200: json(SuppressionsAdded, "They are kept."),
    ...bodyRefusals,
    409: no("idempotency_in_progress"),
  },
});

/** POST /v1/suppressions */
export function addSuppressions(app: Api): void {
  app.openapi(route, async (c) => {
    const { tenantId, mode } = c.get("tenant");
    const at = Date.now();
    const entries: NewSuppression[] = [];
    const faults: { readonly pointer: string; readonly detail: string }[] = [];
    for (const [n, { value, reason }] of c.req.valid("json").entries.entries()) {
      const read = readSuppressed(value);
      if (read === null)
        faults.push({
          pointer: `/entries/${n}/value`,
          detail: "must be an e-mail address or a domain, such as example.com",
        });
      else entries.push({ scope: read.scope, value: inAscii(read), tenantId, mode, reason, enrollmentId: null, at });
    }
    if (faults.length > 0) return invalid(c, faults.slice(0, FAULTS_SHOWN_MAX));
    const unique = [...new Map(entries.map((entry) => [`${entry.scope} ${entry.value}`, entry])).values()];
    const added = await keepSuppressions(c.env.DB, unique);
    const counts = { added, known: entries.length - added };
    const values = unique.slice(0, VALUES_TOLD_MAX).map(({ value }) => value);
    c.set("change", { id: null, before: null, after: { ...counts, values } });
    return c.json(counts, 200);
  });
}

function inAscii({ scope, value }: SuppressedValue): string {
  return scope === "domain" ? asciiDomain(value) : comparable(value);
}

const FAULTS_SHOWN_MAX = 100;
/** How many of an import the audit log names. */
const VALUES_TOLD_MAX = 100;
