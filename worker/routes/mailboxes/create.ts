import { createRoute } from "@hono/zod-openapi";
import { newId } from "../../../adapters/crypto/ids.ts";
import { insertMailbox } from "../../../adapters/d1/mailboxes.ts";
import type { Tenant } from "../../../adapters/d1/tenant-db.ts";
import { readTenant } from "../../../adapters/d1/tenants.ts";
import { MAIL_APIS } from "../../../core/contract/mail-apis.ts";
import { CreateMailbox, Mailbox } from "../../../core/contract/mailbox.ts";
import { paceFaults } from "../../../core/contract/mailbox-pace.ts";
import type { ProblemError } from "../../../core/contract/problem.ts";
import type { Api } from "../../api.ts";
import { body, bodyRefusals, idempotencyHeader, json, needs, no } from "../../openapi/parts.ts";
import { problem } from "../../problem.ts";
import { invalid } from "../../validation.ts";
import { apiUrlFaults } from "./api-url.ts";
import { eventsSecretFaults } from "./events-secret.ts";
import { storedRamp } from "./pace.ts";
import { claimOf, OWN_DOMAIN, TAKEN } from "./reply-domain.ts";
import { sealEventsSecret, sealMailboxSecret } from "./secret.ts";
import { showMailbox } from "./show.ts";
import { smtpFaults } from "./smtp.ts";

const route = createRoute({
  method: "post",
  path: "/v1/mailboxes",
  operationId: "createMailbox",
  tags: ["Mailboxes"],
  security: needs("mailboxes:write"),
  summary: "Make a mailbox",
  description:
    "A mailbox is a sender: an address, and the way its mail goes out. A test key makes sandbox mailboxes only.",
  request: { headers: idempotencyHeader, body: body(CreateMailbox) },
  responses: {
    201: json(Mailbox, "The mailbox, without its secret."),
    ...bodyRefusals,
    409: no("conflict", "idempotency_in_progress"),
  },
});

/** POST /v1/mailboxes */
export function createMailbox(app: Api): void {
  app.openapi(route, async (c) => {
    const wish = c.req.valid("json");
    const tenant = c.get("tenant");
    const claim = await claimOf(c.env, tenant, wish.replyDomain);
    const faults = [
      ...(await faultsOf(c.env, tenant, wish)),
      ...eventsSecretFaults(wish.provider, wish.eventsSecret),
      ...(claim === "own" ? [OWN_DOMAIN] : []),
      ...paceFaults(wish),
    ];
    if (faults.length > 0) return invalid(c, faults);
    if (claim === "taken") return problem(c, "conflict", TAKEN);
    const id = newId("mbx");
    const { name, email, fromName, provider, replyDomain, signature, postalAddress, cc, bcc, keepsMessageId } = wish;
    const { settings, secret } = wayOut(wish);
    const now = Date.now();
    const row = await insertMailbox(
      tenant,
      {
        ...{ id, name: name ?? email, email, fromName, provider, replyDomain, signature, postalAddress, cc, bcc },
        keepsMessageId,
        threadReference: wish.threadReference ? 1 : 0,
        timeZone: wish.timeZone,
        dailySendCap: wish.dailySendCap,
        ramp: storedRamp(wish.ramp, null, now),
        minGapSeconds: wish.minGapSeconds,
        gapSpreadSeconds: wish.gapSpreadSeconds,
        settings: JSON.stringify(settings),
        secret: await sealMailboxSecret(c.env, tenant.tenantId, id, secret),
        selfTest: null,
        eventsSecret: await sealEventsSecret(c.env, tenant.tenantId, id, wish.eventsSecret),
      },
      wish.isDefault ?? null,
      now,
    );
    const shown = showMailbox(row, c.env.PUBLIC_URL, (await readTenant(tenant)).timeZone);
    c.set("change", { id: row.id, before: null, after: shown });
    return c.json(shown, 201);
  });
}

async function faultsOf(env: Env, tenant: Tenant, wish: CreateMailbox): Promise<readonly ProblemError[]> {
  if (tenant.mode === "sandbox" && wish.provider !== "sandbox") {
    return [
      {
        pointer: "/provider",
        detail: "must be sandbox with a test key: only a live key makes a mailbox that reaches people",
      },
    ];
  }
  switch (wish.provider) {
    case "smtp":
      return smtpFaults(env, wish.smtp, wish.smtp.password !== null);
    case "resend":
      return apiUrlFaults(env, "resend", wish.resend.apiUrl);
    case "postmark":
      return apiUrlFaults(env, "postmark", wish.postmark.apiUrl);
    case "ses":
      return apiUrlFaults(env, "ses", wish.ses.apiUrl);
    case "mailgun":
      return apiUrlFaults(env, "mailgun", wish.mailgun.apiUrl);
    default:
      return [];
  }
}

/** How its mail goes out, as it is stored: what may be read, and what is sealed. */
function wayOut(wish: CreateMailbox): { readonly settings: object; readonly secret: string | null } {
  switch (wish.provider) {
    case "smtp": {
      const { password, ...settings } = wish.smtp;
      return { settings, secret: password };
    }
    case "resend":
      return { settings: MAIL_APIS.resend.stored.parse(wish.resend), secret: wish.resend.apiKey };
    case "postmark":
      return { settings: MAIL_APIS.postmark.stored.parse(wish.postmark), secret: wish.postmark.serverToken };
    case "ses":
      return { settings: MAIL_APIS.ses.stored.parse(wish.ses), secret: wish.ses.secretAccessKey };
    case "mailgun":
      return { settings: MAIL_APIS.mailgun.stored.parse(wish.mailgun), secret: wish.mailgun.apiKey };
    default:
      return { settings: {}, secret: null };
  }
}
