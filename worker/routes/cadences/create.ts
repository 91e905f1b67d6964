import { createRoute } from "@hono/zod-openapi";
import { newId } from "../../../adapters/crypto/ids.ts";
import { findCadence, insertCadence } from "../../../adapters/d1/cadences.ts";
import { newWebhookSecret } from "../../../adapters/webhook/new-secret.ts";
import { endpointSecretContext } from "../../../adapters/webhook/open-endpoint.ts";
import { CadenceCreated, CreateCadence, Settings } from "../../../core/contract/cadence.ts";
import { type CadenceDraft, freeze } from "../../../core/publish.ts";
import type { Api } from "../../api.ts";
import { endpointUrlFaults } from "../../endpoint-url.ts";
import { etagOf, withEtag } from "../../etag.ts";
import { body, bodyRefusals, idempotencyHeader, json, needs, no } from "../../openapi/parts.ts";
import { sealSecret } from "../../seal-secret.ts";
import { invalid } from "../../validation.ts";
import { faultsOf, timesFaults } from "./check.ts";
import { obstacleByItself, obstacleByRequest } from "./publish-draft.ts";
import { showCadence } from "./show.ts";

const route = createRoute({
  method: "post",
  path: "/v1/cadences",
  operationId: "createCadence",
  tags: ["Cadences"],
  security: needs("cadences:write"),
  summary: "Create a cadence",
  description:
    "With `webhookUrl` (MyAgentMail's way) the cadence gets an endpoint of its own and is published at once; `webhookSecret` is shown in this answer only. " +
    "Otherwise it is a draft until `POST /v1/cadences/{id}/publish`, or with `publish: true` in the body.",
  request: { headers: idempotencyHeader, body: body(CreateCadence) },
  responses: {
    ...bodyRefusals,
    201: withEtag(json(CadenceCreated, "Created.")),
    409: no("idempotency_in_progress"),
  },
});

/** POST /v1/cadences */
export function createCadence(app: Api): void {
  app.openapi(route, async (c) => {
    const tenant = c.get("tenant");
    const { webhookUrl, publish, name, description, steps, ...wish } = c.req.valid("json");
    const { endpointId, mailboxId, mailboxIds, linkedinAccountId, ...settings } = wish;
    const faults = [
      ...(webhookUrl === undefined ? [] : await endpointUrlFaults(c.env, webhookUrl, "/webhookUrl")),
      ...(await faultsOf(c.env, tenant, { endpointId, mailboxId, mailboxIds, linkedinAccountId, steps })),
      ...(await timesFaults(tenant, settings, Date.now())),
    ];
    if (faults.length > 0) return invalid(c, faults);

    const own = webhookUrl === undefined ? null : { id: newId("end"), url: webhookUrl, secret: newWebhookSecret() };
    const draft: CadenceDraft = {
      id: newId("cad"),
      name,
      settings: Settings.parse(settings),
      steps,
      endpointId: own?.id ?? endpointId,
      mailboxId,
      mailboxIds,
      linkedinAccountId,
    };
    const obstacle = own === null ? await obstacleByRequest(tenant, draft) : obstacleByItself(draft);
    const toPublish = publish || own !== null;
    if (toPublish && obstacle !== null) return invalid(c, [obstacle]);

    const now = Date.now();
    const endpoint =
      own === null
        ? null
        : {
            id: own.id,
            url: own.url,
            sealedSecret: await sealSecret(c.env, own.secret, endpointSecretContext(tenant.tenantId, own.id)),
          };
    await insertCadence(
      tenant,
      {
        ...draft,
        description,
        autoPublish: own !== null,
        endpoint,
        publish: toPublish && obstacle === null ? freeze(draft, 1) : null,
      },
      now,
    );
    const made = await findCadence(tenant, draft.id);
    if (made === null) throw new Error(`the cadence ${draft.id} was written and is not there`);
    const shown = showCadence(made);
    c.set("change", { id: made.id, before: null, after: shown });
    c.set("secretFields", own === null ? [] : ["webhookSecret"]);
    return c.json({ ok: true as const, cadence: shown, webhookSecret: own?.secret ?? null }, 201, {
      ETag: etagOf(made),
    });
  });
}
