import { keyEncryptionKeys, unseal } from "../../adapters/crypto/seal.ts";
import { type EventsMailbox, eventsMailbox } from "../../adapters/d1/mailboxes.ts";
import { getBounded } from "../../adapters/mail/events/get-bounded.ts";
import { eventsReader } from "../../adapters/mail/events/read-events.ts";
import { eventsSecretContext } from "../../adapters/mail/mailbox-secret.ts";
import { enrollmentOfSendKey } from "../../core/enrollment.ts";
import type { Api } from "../api.ts";
import { problem } from "../problem.ts";
import { handOver } from "./hand-over.ts";

/**
 * POST /delivery-events/:mailboxId is where a mailbox's provider tells what became of a message. No API key opens it: the
 * provider's own signature does. Anything but a 200 makes the provider tell it again, so a 200 says that all is kept.
 */
export function registerDeliveryEvents(app: Api): void {
  app.post("/delivery-events/:mailboxId", async (c) => {
    const mailbox = await eventsMailbox(c.env.DB, c.req.param("mailboxId"));
    const read = mailbox === null ? null : eventsReader(mailbox.provider);
    if (mailbox === null || read === null)
      return problem(c, "not_found", "No mailbox takes delivery events here: save its `eventsSecret` first.");
    const now = Date.now();
    const call = { headers: c.req.raw.headers, body: await c.req.text() };
    const said = await read(call, await openSecret(c.env, mailbox), now);
    if (!said.ok && said.reason === "unproven") return problem(c, "invalid_signature", `Not taken: ${said.detail}.`);
    if (!said.ok && said.reason === "unreachable") return problem(c, "unreadable", `Not taken yet: ${said.detail}.`);
    if (!said.ok) {
      console.error("a provider's event was not understood", mailbox.provider, said.detail);
      return problem(c, "invalid_request", said.detail);
    }
    if (said.confirm !== undefined && (await getBounded(said.confirm))?.status !== 200) {
      console.error("a subscription to a provider's events could not be confirmed", mailbox.provider);
      return problem(c, "unreadable", "The subscription could not be confirmed; send it again.");
    }
    for (const event of said.events) {
      const enrollmentId = event.sendKey === null ? null : enrollmentOfSendKey(event.sendKey);
      if (enrollmentId !== null) await handOver(c.env, mailbox.tenantId, enrollmentId, event, now);
    }
    return c.json({ taken: said.events.length }, 200);
  });
}

function openSecret(env: Env, { id, tenantId, eventsSecret }: EventsMailbox): Promise<string> {
  return unseal(keyEncryptionKeys(env), eventsSecret, eventsSecretContext(tenantId, id));
}
