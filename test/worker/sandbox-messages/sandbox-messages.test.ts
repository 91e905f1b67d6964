import { env } from "cloudflare:workers";
import { beforeAll, expect, test } from "vitest";
import { sandboxProvider } from "../../../adapters/mail/providers/sandbox.ts";
import { sampleMail } from "../../support/sample-mail.ts";
import { api, type SeededTenant, seedTenant } from "../../support/worker.ts";

let tenant: SeededTenant;
beforeAll(async () => {
  tenant = await seedTenant();
  await send(tenant.tenantId, "sandbox", "enr_a", "one");
  await send(tenant.tenantId, "sandbox", "enr_b", "two");
  await send(tenant.tenantId, "live", "enr_live", "three");
});

/** What the engine does: an enrollment in the index, and a message through the sandbox provider. */
async function send(tenantId: string, mode: string, enrollmentId: string, sendKey: string) {
  await env.DB.prepare(
    "INSERT INTO enrollments (id, tenant_id, mode, cadence_id, version, lead_external_id, beginning, state, phase, created_at, updated_at) VALUES (?, ?, ?, 'cad_x', 1, ?, '{}', 'active', 'waiting', 0, 0)",
  )
    .bind(enrollmentId, tenantId, mode, enrollmentId)
    .run();
  const provider = sandboxProvider(env.DB, { tenantId, enrollmentId });
  await provider.send(await provider.compose(sampleMail()), sendKey);
}

test("what sandbox mailboxes sent can be listed, and by enrollment", async () => {
  const { body } = await api(tenant.key).get("/v1/sandbox/messages");
  expect(body.data.map(({ sendKey }: { sendKey: string }) => sendKey).sort()).toEqual(["one", "two"]);
  expect(JSON.stringify(body)).not.toContain("raw");
  expect((await api(tenant.key).get("/v1/sandbox/messages?enrollmentId=enr_b")).body.data).toMatchObject([
    { sendKey: "two", enrollmentId: "enr_b" },
  ]);
});

test("a list of messages of the same millisecond pages without a gap", async () => {
  const first = (await api(tenant.key).get("/v1/sandbox/messages?limit=1")).body;
  const second = (await api(tenant.key).get(`/v1/sandbox/messages?limit=1&cursor=${first.nextCursor}`)).body;
  expect([...first.data, ...second.data].map(({ sendKey }: { sendKey: string }) => sendKey).sort()).toEqual([
    "one",
    "two",
  ]);
  expect(second.nextCursor).toBeNull();
});

test("one message is shown with its bytes and what a mail program reads in them", async () => {
  const { status, body } = await api(tenant.key).get("/v1/sandbox/messages/one");
  const mail = sampleMail();
  expect(status).toBe(200);
  expect(body).toMatchObject({
    sendKey: "one",
    from: mail.from.email,
    to: mail.to.email,
    subject: mail.subject,
    messageId: mail.messageId,
    replyTo: mail.replyTo.email,
  });
  expect(body.text.trim()).toBe(mail.text.replaceAll("\r\n", "\n").trim());
  expect(body.raw).toContain("\r\n");
  expect(body.headers.map(({ name }: { name: string }) => name.toLowerCase())).toContain("message-id");
});

test("an unknown message, another tenant's and the other mode's are the same 404", async () => {
  const other = await seedTenant();
  await send(other.tenantId, "sandbox", "enr_other", "theirs");
  const answers = [];
  for (const key of ["unknown", "theirs", "three"])
    answers.push(await api(tenant.key).get(`/v1/sandbox/messages/${key}`));
  for (const { status, body } of answers) {
    expect(status).toBe(404);
    expect({ ...body, instance: "" }).toEqual({ ...answers[0]?.body, instance: "" });
  }
  expect((await api(tenant.liveKey).get("/v1/sandbox/messages/three")).status).toBe(200);
});
