import { beforeAll, expect, test } from "vitest";
import { api, type SeededTenant, seedTenant } from "../../../support/worker.ts";

let tenant: SeededTenant;
beforeAll(async () => {
  tenant = await seedTenant();
});

const smtp = { host: "smtp.example.com", port: 587, security: "starttls" };
const mailbox = { provider: "smtp", email: "jane@example.com", smtp };
const resend = { apiKey: "re_123", apiUrl: "https://gateway.example.com" };
const atResend = { provider: "resend", email: "jane@example.com", resend };
const postmark = { serverToken: "token", messageStream: "outbound", apiUrl: "https://gateway.example.com" };
const ses = { region: "eu-west-1", accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "secret" };
const { secretAccessKey: _, ...sesWithoutSecret } = ses;
const atSes = { provider: "ses", email: "jane@example.com", ses };
const mailgun = { apiKey: "key", domain: "mg.example.com" };
const atMailgun = { provider: "mailgun", email: "jane@example.com", mailgun };
const eventsOf = (eventsSecret: string) => ({ eventsSecret });
const topic = "arn:aws:sns:eu-west-1:123456789012:events";
const atPostmark = { provider: "postmark", email: "jane@example.com", postmark };

test.each([
  ["a line break in the sender's name", { ...mailbox, fromName: "Jane\r\nBcc: all@example.com" }, "/fromName"],
  ["a line break in the address", { ...mailbox, email: "jane@example.com\nBcc: all@example.com" }, "/email"],
  ["a second address", { ...mailbox, email: "jane@example.com, joe@example.com" }, "/email"],
  ["a second address in bcc", { ...mailbox, bcc: "a@example.com,b@example.com" }, "/bcc"],
  ["an address with a name in cc", { ...mailbox, cc: "Joe <joe@example.com>" }, "/cc"],
  ["a reply domain that is none", { ...mailbox, replyDomain: "reply@example.com" }, "/replyDomain"],
  ["the installation's own reply domain", { ...mailbox, replyDomain: "reply.drafthook.test" }, "/replyDomain"],
  ["a domain below it", { ...mailbox, replyDomain: "sub.reply.drafthook.test" }, "/replyDomain"],
  ["a mail server inside", { ...mailbox, smtp: { ...smtp, host: "10.0.0.1" } }, "/smtp/host"],
  ["a mail server without TLS", { ...mailbox, smtp: { ...smtp, security: "none" } }, "/smtp/security"],
  ["port 25", { ...mailbox, smtp: { ...smtp, port: 25 } }, "/smtp/port"],
  ["a password without a user", { ...mailbox, smtp: { ...smtp, password: "x" } }, "/smtp/username"],
  ["a NUL in the password", { ...mailbox, smtp: { ...smtp, username: "x", password: "a\u0000b" } }, "/smtp/password"],
  ["smtp without a server", { provider: "smtp", email: "jane@example.com" }, "/smtp"],
  ["a server for Cloudflare", { ...mailbox, provider: "cloudflare" }, "/smtp"],
  ["a password for Resend's webhooks", { ...atResend, ...eventsOf("correct-horse-battery") }, "/eventsSecret"],
  ["Resend's API key for them", { ...atResend, ...eventsOf("re_MfKQ9r8GKYqrTwjUPD8ILPZI") }, "/eventsSecret"],
  ["a secret that was cut off", { ...atResend, ...eventsOf("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo") }, "/eventsSecret"],
  ["the URL of a topic", { ...atSes, ...eventsOf("https://sns.eu-west-1.amazonaws.com/") }, "/eventsSecret"],
  ["the ARN of a queue", { ...atSes, ...eventsOf(topic.replace("sns", "sqs")) }, "/eventsSecret"],
  ["the ARN of a subscription", { ...atSes, ...eventsOf(`${topic}:2bcfbf39-05c3`) }, "/eventsSecret"],
  ["a topic in a bucket of S3", { ...atSes, ...eventsOf(topic.replace("eu-west-1", "s3-eu-west-1")) }, "/eventsSecret"],
  ["a FIFO topic, which has no HTTPS", { ...atSes, ...eventsOf(`${topic}.fifo`) }, "/eventsSecret"],
  ["a signing key that is too short", { ...atMailgun, ...eventsOf("short") }, "/eventsSecret"],
  ["Resend without an account", { provider: "resend", email: "jane@example.com" }, "/resend"],
  ["Resend without a key", { ...atResend, resend: {} }, "/resend/apiKey"],
  ["a key with a line break", { ...atResend, resend: { apiKey: "re_1\r\nX-Evil: 1" } }, "/resend/apiKey"],
  ["an empty key", { ...atResend, resend: { apiKey: "" } }, "/resend/apiKey"],
  ["Resend in the clear", { ...atResend, resend: { ...resend, apiUrl: "http://api.resend.com" } }, "/resend/apiUrl"],
  ["Resend inside", { ...atResend, resend: { ...resend, apiUrl: "https://10.0.0.1" } }, "/resend/apiUrl"],
  ["Resend here", { ...atResend, resend: { ...resend, apiUrl: "https://drafthook.test/v1" } }, "/resend/apiUrl"],
  ["Resend with a query", { ...atResend, resend: { ...resend, apiUrl: "https://x.example?a" } }, "/resend/apiUrl"],
  ["a mail server at Resend", { ...atResend, smtp }, "/smtp"],
  ["Postmark without a server", { provider: "postmark", email: "jane@example.com" }, "/postmark"],
  ["Postmark without a token", { ...atPostmark, postmark: {} }, "/postmark/serverToken"],
  ["a token with a space", { ...atPostmark, postmark: { serverToken: "a b" } }, "/postmark/serverToken"],
  [
    "Postmark's test token, which delivers nothing",
    { ...atPostmark, postmark: { serverToken: "postmark_api_test" } },
    "/postmark/serverToken",
  ],
  [
    "a stream that can't be one",
    { ...atPostmark, postmark: { ...postmark, messageStream: "a&metadata_x=1" } },
    "/postmark/messageStream",
  ],
  ["no stream at all", { ...atPostmark, postmark: { ...postmark, messageStream: "" } }, "/postmark/messageStream"],
  ["Postmark inside", { ...atPostmark, postmark: { ...postmark, apiUrl: "https://10.0.0.1" } }, "/postmark/apiUrl"],
  ["Resend's part at Postmark", { ...atPostmark, resend }, "/resend"],
  ["SES without a secret", { ...atSes, ses: sesWithoutSecret }, "/ses/secretAccessKey"],
  ["a region that names another host", { ...atSes, ses: { ...ses, region: "evil.example/x-1" } }, "/ses/region"],
  [
    "a key that ends within hours",
    { ...atSes, ses: { ...ses, accessKeyId: "ASIAIOSFODNN7EXAMPLE" } },
    "/ses/accessKeyId",
  ],
  ["a secret with a line break", { ...atSes, ses: { ...ses, secretAccessKey: "a\nb" } }, "/ses/secretAccessKey"],
  ["no configuration set at all", { ...atSes, ses: { ...ses, configurationSet: "" } }, "/ses/configurationSet"],
  ["SES inside", { ...atSes, ses: { ...ses, apiUrl: "https://169.254.169.254" } }, "/ses/apiUrl"],
  ["Mailgun without a domain", { ...atMailgun, mailgun: { apiKey: "key" } }, "/mailgun/domain"],
  ["a domain with a path", { ...atMailgun, mailgun: { ...mailgun, domain: "mg.example.com/x" } }, "/mailgun/domain"],
  ["Mailgun without a key", { ...atMailgun, mailgun: { domain: "mg.example.com" } }, "/mailgun/apiKey"],
  ["Mailgun in the clear", { ...atMailgun, mailgun: { ...mailgun, apiUrl: "http://x.example" } }, "/mailgun/apiUrl"],
  ["Mailgun's part at SES", { ...atSes, mailgun }, "/mailgun"],
  ["a provider that doesn't exist", { ...mailbox, provider: "pigeon" }, "/provider"],
])("%s is refused, with a pointer to it", async (_, body, pointer) => {
  expect(await api(tenant.liveKey).post("/v1/mailboxes", body)).toMatchObject({
    status: 422,
    body: { code: "invalid_request", errors: [{ pointer }] },
  });
});

test("a test key makes no mailbox that reaches people", async () => {
  expect(await api(tenant.key).post("/v1/mailboxes", mailbox)).toMatchObject({
    status: 422,
    body: { errors: [{ pointer: "/provider" }] },
  });
  // The control: a live key does.
  expect((await api(tenant.liveKey).post("/v1/mailboxes", mailbox)).status).toBe(201);
});

test("a double of Resend on this machine is reached in local mode only", async () => {
  const local = { ...atResend, resend: { ...resend, apiUrl: "http://127.0.0.1:9999" } };
  expect((await api(tenant.liveKey, { LOCAL_MODE: "off" }).post("/v1/mailboxes", local)).status).toBe(422);
  expect((await api(tenant.liveKey).post("/v1/mailboxes", local)).status).toBe(201);
});

test("this machine's own mail server is reached in local mode only", async () => {
  const local = { ...mailbox, smtp: { host: "127.0.0.1", port: 1025, security: "none" } };
  expect((await api(tenant.liveKey, { LOCAL_MODE: "off" }).post("/v1/mailboxes", local)).status).toBe(422);
  expect((await api(tenant.liveKey).post("/v1/mailboxes", local)).status).toBe(201);
});
