import { createRoute } from "@hono/zod-openapi";
import { findMailbox, updateMailbox } from "../../../adapters/d1/mailboxes.ts";
import { txtRecords } from "../../../adapters/dns/txt-over-https.ts";
import { NoFields } from "../../../core/contract/common.ts";
import { FromDomain } from "../../../core/contract/mailbox.ts";
import { isPublished } from "../../../core/mail/domain-record.ts";
import type { Api } from "../../api.ts";
import { emptyBodyIsNone } from "../../empty-body.ts";
import { bodyRefusals, idempotencyHeader, json, needs, no, optionalBody } from "../../openapi/parts.ts";
import { notFound, problem } from "../../problem.ts";
import { wakeLater } from "../../wake-later.ts";
import { mailboxId } from "./parameter.ts";
import { showFromDomain } from "./show.ts";

const route = createRoute({
  method: "post",
  path: "/v1/mailboxes/{id}/verify-domain",
  operationId: "verifyMailboxDomain",
  tags: ["Mailboxes"],
  security: needs("mailboxes:write"),
  summary: "Verify a mailbox's domain",
  description:
    "Looks for the TXT record that is shown under `fromDomain` of the mailbox. Found, the domain is verified, and what waited for that is woken; a definite absence takes it back.",
  middleware: emptyBodyIsNone,
  request: { params: mailboxId, headers: idempotencyHeader, body: optionalBody(NoFields) },
  responses: {
    200: json(FromDomain, "What DNS says now."),
    ...bodyRefusals,
    404: no("not_found"),
    409: no("conflict", "idempotency_in_progress"),
    503: no("unreadable"),
  },
});

/** POST /v1/mailboxes/:id/verify-domain */
export function verifyMailboxDomain(app: Api): void {
  app.openapi(route, async (c) => {
    const tenant = c.get("tenant");
    const mailbox = await findMailbox(tenant, c.req.valid("param").id);
    if (mailbox === null) return notFound(c);
    if (c.env.DOH_URL === "")
      return problem(c, "conflict", "This installation asks no DNS resolver: its operator sets DOH_URL.");
    const { name, record } = showFromDomain(mailbox);
    const answer = await txtRecords(c.env.DOH_URL, record.name, Date.now());
    if (answer.kind === "unavailable")
      return problem(c, "unreadable", "The DNS resolver didn't answer. Nothing was changed; ask again in a minute.");
    const verifiedDomain = answer.kind === "found" && isPublished(record, answer.texts) ? name : null;
    const changed = await updateMailbox(tenant, mailbox.id, { verifiedDomain }, false, Date.now());
    if (changed === null) return notFound(c);
    const shown = showFromDomain(changed.after);
    c.set("change", {
      id: mailbox.id,
      before: { fromDomain: showFromDomain(changed.before) },
      after: { fromDomain: shown },
    });
    if (shown.isVerified) await wakeLater(c.env, tenant, { mailboxId: mailbox.id }, "switch_on");
    return c.json(shown, 200);
  });
}
