import { createRoute } from "@hono/zod-openapi";
import { findMailbox, type MailboxChanges, type MailboxRow, updateMailbox } from "../../../adapters/d1/mailboxes.ts";
import { readTenant } from "../../../adapters/d1/tenants.ts";
import { Mailbox, UpdateMailbox } from "../../../core/contract/mailbox.ts";
import type { Api } from "../../api.ts";
import { body, bodyRefusals, json, needs, no } from "../../openapi/parts.ts";
import { notFound, problem } from "../../problem.ts";
import { invalid } from "../../validation.ts";
import { wakeLater } from "../../wake-later.ts";
import { eventsSecretFaults } from "./events-secret.ts";
import { planPace } from "./pace.ts";
import { mailboxId } from "./parameter.ts";
import { planWayOut } from "./plan-way-out.ts";
import { claimOf, OWN_DOMAIN, TAKEN } from "./reply-domain.ts";
import { sealEventsSecret } from "./secret.ts";
import { showMailbox } from "./show.ts";

const route = createRoute({
  method: "patch",
  path: "/v1/mailboxes/{id}",
  operationId: "updateMailbox",
  tags: ["Mailboxes"],
  security: needs("mailboxes:write"),
  summary: "Change a mailbox",
  description:
    "Takes hold with the next message, also for enrollments in flight. `enabled: true`, another `timeZone`, or another cap, ramp or gap, wakes what waited for it.",
  request: { params: mailboxId, body: body(UpdateMailbox) },
  responses: {
    200: json(Mailbox, "The mailbox as it is now."),
    ...bodyRefusals,
    404: no("not_found"),
    409: no("conflict"),
  },
});

/** PATCH /v1/mailboxes/:id */
export function changeMailbox(app: Api): void {
  app.openapi(route, async (c) => {
    const wish = c.req.valid("json");
    const tenant = c.get("tenant");
    const before = await findMailbox(tenant, c.req.valid("param").id);
    if (before === null) return notFound(c);
    const planned = await planWayOut(c.env, before, wish);
    if (!planned.ok) return invalid(c, planned.faults);
    const faults = eventsSecretFaults(before.provider, wish.eventsSecret);
    if (faults.length > 0) return invalid(c, faults);
    const pace = planPace(before, wish, Date.now());
    if (!pace.ok) return invalid(c, pace.faults);
    const claim = await claimOf(c.env, tenant, wish.replyDomain);
    if (claim === "own") return invalid(c, [OWN_DOMAIN]);
    if (claim === "taken") return problem(c, "conflict", TAKEN);
    const changes = {
      ...plainChanges(wish),
      ...judgedAnew(before, wish),
      ...planned.changes,
      ...pace.changes,
      ...(await eventsChange(c.env, before, wish)),
    };
    const changed = await updateMailbox(tenant, before.id, changes, wish.isDefault === true, Date.now());
    if (changed === null) return notFound(c);
    const tenantZone = (await readTenant(tenant)).timeZone;
    const shown = showMailbox(changed.after, c.env.PUBLIC_URL, tenantZone);
    const replaced = ["secret", "eventsSecret"].filter((name) => name in changes);
    c.set("change", {
      id: before.id,
      before: showMailbox(changed.before, c.env.PUBLIC_URL, tenantZone),
      after: replaced.length === 0 ? shown : { ...shown, replaced },
    });
    // Also when it was on already: so a repeat heals a request that died between the row and the job.
    if (wish.enabled === true || wish.timeZone !== undefined || pace.isChanged)
      await wakeLater(c.env, tenant, { mailboxId: before.id }, "switch_on");
    return c.json(shown, 200);
  });
}

/** What was stopped by itself is judged from now on; what wasn't keeps its record, however often it is switched. */
function judgedAnew({ pausedReason }: MailboxRow, { enabled }: UpdateMailbox): MailboxChanges {
  return enabled === true && pausedReason !== null ? { pausedReason: null, judgedFrom: Date.now() } : {};
}

async function eventsChange(
  env: Env,
  { tenantId, id }: MailboxRow,
  { eventsSecret }: UpdateMailbox,
): Promise<MailboxChanges> {
  return eventsSecret === undefined ? {} : { eventsSecret: await sealEventsSecret(env, tenantId, id, eventsSecret) };
}

function plainChanges({
  smtp: _smtp,
  resend: _resend,
  postmark: _postmark,
  ses: _ses,
  mailgun: _mailgun,
  isDefault: _isDefault,
  enabled,
  ...plain
}: UpdateMailbox): MailboxChanges {
  const {
    name,
    email,
    fromName,
    replyDomain,
    signature,
    postalAddress,
    cc,
    bcc,
    keepsMessageId,
    threadReference,
    timeZone,
  } = plain;
  return {
    ...(name === undefined ? {} : { name }),
    ...(email === undefined ? {} : { email }),
    ...(fromName === undefined ? {} : { fromName }),
    ...(replyDomain === undefined ? {} : { replyDomain }),
    ...(signature === undefined ? {} : { signature }),
    ...(postalAddress === undefined ? {} : { postalAddress }),
    ...(cc === undefined ? {} : { cc }),
    ...(bcc === undefined ? {} : { bcc }),
    ...(keepsMessageId === undefined ? {} : { keepsMessageId }),
    ...(threadReference === undefined ? {} : { threadReference: threadReference ? 1 : 0 }),
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(enabled === undefined ? {} : { enabled: enabled ? 1 : 0 }),
  };
}
