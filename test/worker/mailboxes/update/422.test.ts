import { beforeAll, expect, test } from "vitest";
import { type ApiClient, api, seedTenant } from "../../../support/worker.ts";

let client: ApiClient;
let smtpMailbox: string;
let sandboxMailbox: string;
beforeAll(async () => {
  client = api((await seedTenant()).liveKey);
  const smtp = { host: "smtp.example.com", port: 587, security: "starttls", username: "jane", password: "one" };
  smtpMailbox = (await client.post("/v1/mailboxes", { provider: "smtp", email: "jane@example.com", smtp })).body.id;
  sandboxMailbox = (await client.post("/v1/mailboxes", { provider: "sandbox", email: "jane@example.com" })).body.id;
});

test.each([
  [{ smtp: { host: "localhost.localdomain" } }, "/smtp/host"],
  [{ smtp: { security: "none" } }, "/smtp/security"],
  [{ smtp: { username: null } }, "/smtp/username"],
  [{ smtp: { password: null } }, "/smtp/password"],
  [{ resend: { apiKey: "re_1" } }, "/resend"],
  [{ postmark: { messageStream: "outreach" } }, "/postmark"],
  [{ postmark: { serverToken: "POSTMARK_API_TEST" } }, "/postmark/serverToken"],
  [{ ses: { region: "eu-west-1" } }, "/ses"],
  [{ mailgun: { domain: "mg.example.com" } }, "/mailgun"],
  [{ mailgun: { domain: "mg.example.com/../x" } }, "/mailgun/domain"],
  [{ provider: "sandbox" }, "/provider"],
  [{ isDefault: false }, "/isDefault"],
  [{ fromName: "a\r\nb" }, "/fromName"],
  [{ replyDomain: "reply.drafthook.test" }, "/replyDomain"],
])("%j is refused at %s", async (change, pointer) => {
  expect(await client.patch(`/v1/mailboxes/${smtpMailbox}`, change)).toMatchObject({
    status: 422,
    body: { errors: [{ pointer }] },
  });
});

test("a mailbox without a mail server takes none", async () => {
  expect(await client.patch(`/v1/mailboxes/${sandboxMailbox}`, { smtp: { port: 587 } })).toMatchObject({
    status: 422,
    body: { errors: [{ pointer: "/smtp" }] },
  });
  expect(await client.patch(`/v1/mailboxes/${sandboxMailbox}`, { resend: { apiKey: "re_1" } })).toMatchObject({
    status: 422,
    body: { errors: [{ pointer: "/resend" }] },
  });
});

test("what proves a provider's webhooks must have that provider's form", async () => {
  const resend = { apiKey: "re_1" };
  const { body } = await client.post("/v1/mailboxes", { provider: "resend", email: "jane@example.com", resend });
  expect(await client.patch(`/v1/mailboxes/${body.id}`, { eventsSecret: "correct-horse-battery" })).toMatchObject({
    status: 422,
    body: { errors: [{ pointer: "/eventsSecret", detail: expect.stringContaining("whsec_") }] },
  });
  const eventsSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  for (const [change, takesEvents] of [
    [{ eventsSecret }, true],
    [{ name: "Another name" }, true],
    [{ eventsSecret: null }, false],
  ] as const)
    expect(await client.patch(`/v1/mailboxes/${body.id}`, change)).toMatchObject({
      status: 200,
      body: { takesEvents },
    });
});
