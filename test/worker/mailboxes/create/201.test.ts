import { env } from "cloudflare:workers";
import { beforeAll, expect, test } from "vitest";
import { mailboxSecretContext } from "../../../../adapters/mail/mailbox-secret.ts";
import { opened } from "../../../support/sealed.ts";
import { api, type SeededTenant, seedTenant } from "../../../support/worker.ts";

let tenant: SeededTenant;
beforeAll(async () => {
  tenant = await seedTenant();
});

test("the first mailbox of a mode is its default; the next is not, unless it says so", async () => {
  const client = api(tenant.key);
  const first = (await client.post("/v1/mailboxes", { provider: "sandbox", email: "first@example.com" })).body;
  const second = (await client.post("/v1/mailboxes", { provider: "sandbox", email: "second@example.com" })).body;
  const third = (
    await client.post("/v1/mailboxes", { provider: "sandbox", email: "third@example.com", isDefault: true })
  ).body;
  expect([first.isDefault, second.isDefault, third.isDefault]).toEqual([true, false, true]);
  const { body } = await client.get("/v1/mailboxes");
  expect(
    body.data.filter(({ isDefault }: { isDefault: boolean }) => isDefault).map(({ email }: { email: string }) => email),
  ).toEqual(["third@example.com"]);
});

test("a mail server's password lies sealed and is never shown", async () => {
  const smtp = {
    host: "smtp.example.com",
    port: 587,
    security: "starttls",
    username: "jane",
    password: "correct horse",
  };
  const { status, body } = await api(tenant.liveKey).post("/v1/mailboxes", {
    provider: "smtp",
    email: "jane@example.com",
    fromName: "Jäne Doe",
    smtp,
  });
  expect(status).toBe(201);
  expect(body.smtp).toEqual({
    host: "smtp.example.com",
    port: 587,
    security: "starttls",
    username: "jane",
    hasPassword: true,
  });
  const row = await env.DB.prepare("SELECT * FROM mailboxes WHERE id = ?")
    .bind(body.id)
    .first<{ secret: string; settings: string }>();
  expect(JSON.stringify([row, body])).not.toContain("correct horse");
  expect(await opened(row?.secret ?? "", mailboxSecretContext(tenant.tenantId, body.id))).toBe("correct horse");
});

const sesKey = { region: "eu-west-1", accessKeyId: "AKIAIOSFODNN7EXAMPLE" };

test.each([
  ["resend", "apiKey", {}, { apiUrl: "https://api.resend.com" }],
  ["postmark", "serverToken", {}, { messageStream: "outbound", apiUrl: "https://api.postmarkapp.com" }],
  ["ses", "secretAccessKey", sesKey, { ...sesKey, configurationSet: null, apiUrl: null }],
  ["mailgun", "apiKey", { domain: "mg.example.com" }, { domain: "mg.example.com", apiUrl: "https://api.mailgun.net" }],
])(
  "the key to %s lies sealed and is never shown; its own address is the default",
  async (provider, name, given, shown) => {
    const { status, body } = await api(tenant.liveKey).post("/v1/mailboxes", {
      provider,
      email: "jane@example.com",
      [provider]: { ...given, [name]: "key_correct_horse" },
    });
    expect(status).toBe(201);
    const none = { smtp: null, resend: null, postmark: null, ses: null, mailgun: null };
    expect(body).toMatchObject({ provider, ...none, [provider]: shown });
    const read = (await api(tenant.liveKey).get(`/v1/mailboxes/${body.id}`)).body;
    expect(read[provider]).toEqual(shown);
    const row = await env.DB.prepare("SELECT * FROM mailboxes WHERE id = ?").bind(body.id).first<{ secret: string }>();
    expect(JSON.stringify([row, body, read])).not.toContain("key_correct_horse");
    expect(await opened(row?.secret ?? "", mailboxSecretContext(tenant.tenantId, body.id))).toBe("key_correct_horse");
  },
);

test("Cloudflare Email Service needs no settings", async () => {
  expect(
    (await api(tenant.liveKey).post("/v1/mailboxes", { provider: "cloudflare", email: "jane@example.com" })).body,
  ).toMatchObject({ provider: "cloudflare", smtp: null });
});

test.each([
  ["resend", { apiKey: "re_1" }, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"],
  ["resend", { apiKey: "re_1" }, `whsec_${btoa("a secret of 25 characters")}`],
  ["postmark", { serverToken: "token" }, "correct-horse-battery"],
  ["ses", { ...sesKey, secretAccessKey: "secret" }, "arn:aws:sns:eu-west-1:123456789012:drafthook-events"],
  ["ses", { ...sesKey, secretAccessKey: "secret" }, "arn:aws-us-gov:sns:us-gov-west-1:123456789012:Events_2"],
  ["mailgun", { apiKey: "key", domain: "mg.example.com" }, "0123456789abcdef0123456789abcdef"],
])(
  "%s takes events with %o, at a URL that is shown, and what proves them isn't",
  async (provider, own, eventsSecret) => {
    const wish = { provider, email: "jane@example.com", [provider]: own, eventsSecret };
    const { status, body } = await api(tenant.liveKey).post("/v1/mailboxes", wish);
    const eventsUrl = `https://drafthook.test/delivery-events/${body.id}`;
    expect([status, body]).toMatchObject([201, { takesEvents: true, eventsUrl }]);
    expect(JSON.stringify(body)).not.toContain(eventsSecret);
  },
);
