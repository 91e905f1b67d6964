import { createRoute } from "@hono/zod-openapi";
import { newId } from "../../../adapters/crypto/ids.ts";
import { findMailbox, type MailboxRow } from "../../../adapters/d1/mailboxes.ts";
import { beginSelfTest, failSelfTest, readSelfTest } from "../../../adapters/d1/self-tests.ts";
import { selfTestAddress } from "../../../adapters/mail/self-test-address.ts";
import { NoFields } from "../../../core/contract/common.ts";
import { SelfTest } from "../../../core/contract/self-test.ts";
import type { SendResult } from "../../../core/mail/outgoing.ts";
import { type SelfTestRecord, selfTestMail } from "../../../core/mail/self-test.ts";
import type { Api } from "../../api.ts";
import { emptyBodyIsNone } from "../../empty-body.ts";
import { bodyRefusals, idempotencyHeader, json, needs, no, optionalBody } from "../../openapi/parts.ts";
import { notFound, problem } from "../../problem.ts";
import { mailboxId } from "./parameter.ts";
import { showSelfTest } from "./show-self-test.ts";

const route = createRoute({
  method: "post",
  path: "/v1/mailboxes/{id}/self-test",
  operationId: "testMailbox",
  tags: ["Mailboxes"],
  security: needs("mailboxes:write"),
  summary: "Test a mailbox",
  description:
    "Sends one message from the mailbox to itself, by way of its provider and back in through this installation's mail routing. What arrives of it is shown under `selfTest` of the mailbox, and sets its `keepsMessageId`.",
  middleware: emptyBodyIsNone,
  request: { params: mailboxId, headers: idempotencyHeader, body: optionalBody(NoFields) },
  responses: {
    200: json(SelfTest, "What the provider said; whether it arrives is shown with the mailbox."),
    ...bodyRefusals,
    404: no("not_found"),
    409: no("conflict", "idempotency_in_progress"),
  },
});

/** One test at a time: the next one takes its place. */
const AGAIN_AFTER_MS = 60_000;

/** POST /v1/mailboxes/:id/self-test */
export function testMailbox(app: Api): void {
  app.openapi(route, async (c) => {
    const mailbox = await findMailbox(c.get("tenant"), c.req.valid("param").id);
    if (mailbox === null) return notFound(c);
    const now = Date.now();
    if (mailbox.provider === "sandbox")
      return problem(c, "conflict", "A sandbox mailbox sends nothing, so nothing can come back from it.");
    const before = readSelfTest(mailbox.selfTest);
    if (before !== null && now - before.sentAt < AGAIN_AFTER_MS)
      return problem(c, "conflict", "It was tested less than a minute ago: wait for what arrives, then test it again.");
    const shown = showSelfTest(await sendSelfTest(c.env, mailbox, now), now);
    c.set("change", {
      id: mailbox.id,
      before: { selfTest: before === null ? null : showSelfTest(before, now) },
      after: { selfTest: shown },
    });
    return c.json(shown, 200);
  });
}

async function sendSelfTest(env: Env, mailbox: MailboxRow, now: number): Promise<SelfTestRecord> {
  const code = newId("req").slice("req_".length);
  const { id, tenantId, email, fromName } = mailbox;
  const address = await selfTestAddress(env, tenantId, id, mailbox.replyDomain ?? env.REPLY_DOMAIN);
  // Only here, and not above: plain Node reads the routes too, for the documentation, and knows no `cloudflare:sockets`.
  const { providerFor } = await import("../../../adapters/mail/provider-for.ts");
  const { provider } = await providerFor(env, tenantId, "", {
    ...mailbox,
    threadReference: mailbox.threadReference === 1,
  });
  const payload = await provider.compose(selfTestMail({ name: fromName, email }, address, code, now));
  const record: SelfTestRecord = { code, sentAt: now, failure: null, arrival: null };
  // Kept before it leaves: it may be back before the provider's answer is.
  await beginSelfTest(env.DB, mailbox, record);
  const failure = failureOf(await provider.send(payload, `st-${id.slice("mbx_".length)}-${code}`));
  if (failure !== null) await failSelfTest(env.DB, mailbox, code, failure);
  return { ...record, failure };
}

function failureOf(result: SendResult): string | null {
  switch (result.kind) {
    case "accepted":
      return null;
    case "refused":
      return `${result.code}: ${result.detail}`;
    case "not_sent":
      return `${result.code}: ${result.detail}`;
    case "unknown":
      return `nobody knows whether it was taken: ${result.detail}`;
  }
}
