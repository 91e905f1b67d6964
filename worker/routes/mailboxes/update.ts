import { createRoute } from "@hono/zod-openapi";
import { findMailbox, type MailboxChanges, type MailboxRow, updateMailbox } from "../../../adapters/d1/mailboxes.ts";
import { Mailbox, StoredResend, StoredSmtp, UpdateMailbox } from "../../../core/contract/mailbox.ts";
import type { ProblemError } from "../../../core/contract/problem.ts";
import type { Api } from "../../api.ts";
import { body, bodyRefusals, json, no } from "../../openapi/parts.ts";
import { notFound, problem } from "../../problem.ts";
import { invalid } from "../../validation.ts";
import { wakeLater } from "../../wake-later.ts";
import { mailboxId } from "./parameter.ts";
import { claimOf, OWN_DOMAIN, TAKEN } from "./reply-domain.ts";
import { resendFaults } from "./resend.ts";
import { sealSecret } from "./secret.ts";
import { showMailbox } from "./show.ts";
import { smtpFaults } from "./smtp.ts";

const route = createRoute({
  method: "patch",
  path: "/v1/mailboxes/{id}",
  operationId: "updateMailbox",
  tags: ["Mailboxes"],
  summary: "Change a mailbox",
  description:
    "Takes hold with the next message, also for enrollments in flight. `enabled: true` wakes what waited for it.",
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
    const claim = await claimOf(c.env, tenant, wish.replyDomain);
    if (claim === "own") return invalid(c, [OWN_DOMAIN]);
    if (claim === "taken") return problem(c, "conflict", TAKEN);
    const row = await updateMailbox(
      tenant,
      before.id,
      { ...plainChanges(wish), ...planned.changes },
      wish.isDefault === true,
      Date.now(),
    );
    if (row === null) return notFound(c);
    // Also when it was on already: so a repeat heals a request that died between the row and the job.
    if (wish.enabled === true) await wakeLater(c.env, tenant, { mailboxId: row.id }, "switch_on");
    return c.json(showMailbox(row), 200);
  });
}

function plainChanges({
  smtp: _smtp,
  resend: _resend,
  isDefault: _isDefault,
  enabled,
  ...plain
}: UpdateMailbox): MailboxChanges {
  const { name, email, fromName, replyDomain, signature, postalAddress, cc, bcc } = plain;
  return {
    ...(name === undefined ? {} : { name }),
    ...(email === undefined ? {} : { email }),
    ...(fromName === undefined ? {} : { fromName }),
    ...(replyDomain === undefined ? {} : { replyDomain }),
    ...(signature === undefined ? {} : { signature }),
    ...(postalAddress === undefined ? {} : { postalAddress }),
    ...(cc === undefined ? {} : { cc }),
    ...(bcc === undefined ? {} : { bcc }),
    ...(enabled === undefined ? {} : { enabled: enabled ? 1 : 0 }),
  };
}

type Plan =
  | { readonly ok: true; readonly changes: MailboxChanges }
  | { readonly ok: false; readonly faults: readonly ProblemError[] };

/** How its mail goes out. A part that belongs to another provider is a fault. */
async function planWayOut(env: Env, before: MailboxRow, { smtp, resend }: UpdateMailbox): Promise<Plan> {
  if (smtp !== undefined && before.provider !== "smtp") return foreign("smtp", before);
  if (resend !== undefined && before.provider !== "resend") return foreign("resend", before);
  if (smtp !== undefined) return planServer(env, before, smtp);
  return resend === undefined ? { ok: true, changes: {} } : planResend(env, before, resend);
}

function foreign(provider: string, before: MailboxRow): Plan {
  const detail = `belongs to a mailbox with the provider ${provider}; this one has ${before.provider}`;
  return { ok: false, faults: [{ pointer: `/${provider}`, detail }] };
}

/** What is left out stays, and the whole is judged, since each part may spoil another. */
async function planServer(env: Env, before: MailboxRow, wish: NonNullable<UpdateMailbox["smtp"]>): Promise<Plan> {
  const { password, ...server } = wish;
  const smtp = StoredSmtp.parse({ ...JSON.parse(before.settings), ...server });
  const faults = smtpFaults(env, smtp, password === undefined ? before.secret !== null : password !== null);
  if (faults.length > 0) return { ok: false, faults };
  const secret = password === undefined ? {} : { secret: await sealSecret(env, before.tenantId, before.id, password) };
  return { ok: true, changes: { settings: JSON.stringify(smtp), ...secret } };
}

/** The stored key is never told to another address than it was given for. */
async function planResend(env: Env, before: MailboxRow, wish: NonNullable<UpdateMailbox["resend"]>): Promise<Plan> {
  const { apiKey, ...settings } = wish;
  const was = StoredResend.parse(JSON.parse(before.settings));
  const resend = StoredResend.parse({ ...was, ...settings });
  const faults = resendFaults(env, resend.apiUrl);
  if (faults.length > 0) return { ok: false, faults };
  if (resend.apiUrl !== was.apiUrl && apiKey === undefined)
    return { ok: false, faults: [{ pointer: "/resend/apiKey", detail: "must come with another apiUrl" }] };
  const secret = apiKey === undefined ? {} : { secret: await sealSecret(env, before.tenantId, before.id, apiKey) };
  return { ok: true, changes: { settings: JSON.stringify(resend), ...secret } };
}
