import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { api, seedTenant } from "../../../support/worker.ts";

const smtp = { host: "smtp.example.com", port: 587, security: "starttls", username: "jane", password: "one" };

test("what is given changes; the password stays until another is given", async () => {
  const client = api((await seedTenant()).liveKey);
  const { id } = (await client.post("/v1/mailboxes", { provider: "smtp", email: "jane@example.com", smtp })).body;
  const secret = async () =>
    (await env.DB.prepare("SELECT secret FROM mailboxes WHERE id = ?").bind(id).first<{ secret: string }>())?.secret;
  const before = await secret();
  const { body } = await client.patch(`/v1/mailboxes/${id}`, {
    fromName: "Jane",
    smtp: { port: 465, security: "tls" },
  });
  expect(body).toMatchObject({
    fromName: "Jane",
    email: "jane@example.com",
    smtp: { host: "smtp.example.com", port: 465, security: "tls", username: "jane", hasPassword: true },
  });
  expect(await secret()).toBe(before);
  await client.patch(`/v1/mailboxes/${id}`, { smtp: { password: "two" } });
  expect(await secret()).not.toBe(before);
});

const sesKey = { region: "eu-west-1", accessKeyId: "AKIAIOSFODNN7EXAMPLE" };

test.each([
  ["resend", "apiKey", {}, "https://api.resend.com"],
  ["postmark", "serverToken", {}, "https://api.postmarkapp.com"],
  ["ses", "secretAccessKey", { ...sesKey, apiUrl: "https://ses.example" }, "https://ses.example"],
  ["mailgun", "apiKey", { domain: "mg.example.com" }, "https://api.mailgun.net"],
])("the key to %s stays until another is given, and goes to no other address", async (provider, name, given, own) => {
  const client = api((await seedTenant()).liveKey);
  const { id } = (
    await client.post("/v1/mailboxes", {
      provider,
      email: "jane@example.com",
      [provider]: { ...given, [name]: "key_1" },
    })
  ).body;
  const change = (part: object) => client.patch(`/v1/mailboxes/${id}`, { [provider]: part });
  const secret = async () =>
    (await env.DB.prepare("SELECT secret FROM mailboxes WHERE id = ?").bind(id).first<{ secret: string }>())?.secret;
  const before = await secret();
  await client.patch(`/v1/mailboxes/${id}`, { fromName: "Jane", [provider]: {} });
  // The same address, with a slash at its end.
  await change({ apiUrl: `${own}/` });
  expect(await secret()).toBe(before);
  expect(await change({ apiUrl: "https://evil.example" })).toMatchObject({
    status: 422,
    body: { errors: [{ pointer: `/${provider}/${name}` }] },
  });
  const moved = await change({ apiUrl: "https://g.example", [name]: "key_2" });
  expect(moved.body).toMatchObject({ [provider]: { apiUrl: "https://g.example" } });
  expect(await secret()).not.toBe(before);
  await change({ [name]: "key_3" });
  expect((await client.get(`/v1/mailboxes/${id}`)).body).toMatchObject({ [provider]: { apiUrl: "https://g.example" } });
});

test("Postmark's stream changes alone", async () => {
  const client = api((await seedTenant()).liveKey);
  const { id } = (
    await client.post("/v1/mailboxes", {
      provider: "postmark",
      email: "jane@example.com",
      postmark: { serverToken: "token", apiUrl: "https://g.example" },
    })
  ).body;
  expect((await client.patch(`/v1/mailboxes/${id}`, { postmark: { messageStream: "outreach" } })).body).toMatchObject({
    postmark: { messageStream: "outreach", apiUrl: "https://g.example" },
  });
});

test("what SES goes by changes alone, but a key's id only with its secret", async () => {
  const client = api((await seedTenant()).liveKey);
  const ses = { ...sesKey, secretAccessKey: "secret_1" };
  const { id } = (await client.post("/v1/mailboxes", { provider: "ses", email: "jane@example.com", ses })).body;
  const change = (part: object) => client.patch(`/v1/mailboxes/${id}`, { ses: part });
  expect((await change({ region: "us-east-1", configurationSet: "outreach" })).body).toMatchObject({
    ses: { region: "us-east-1", configurationSet: "outreach", apiUrl: null },
  });
  expect((await change({ configurationSet: null })).body).toMatchObject({ ses: { configurationSet: null } });
  const other = "AKIAI44QH8DHBEXAMPLE";
  for (const part of [{ accessKeyId: other }, { apiUrl: "https://evil.example" }])
    expect(await change(part)).toMatchObject({ status: 422, body: { errors: [{ pointer: "/ses/secretAccessKey" }] } });
  expect((await change({ accessKeyId: other, secretAccessKey: "secret_2" })).body).toMatchObject({
    ses: { region: "us-east-1", accessKeyId: other, apiUrl: null },
  });
});

test("making one the default takes it from the other, and from no other tenant or mode", async () => {
  const [mine, theirs] = [await seedTenant(), await seedTenant()];
  const make = async (key: string) =>
    (await api(key).post("/v1/mailboxes", { provider: "sandbox", email: "x@example.com" })).body.id;
  const [first, second, foreign, live] = [
    await make(mine.key),
    await make(mine.key),
    await make(theirs.key),
    await make(mine.liveKey),
  ];
  await api(mine.key).patch(`/v1/mailboxes/${second}`, { isDefault: true });
  const isDefault = async (key: string, id: string) => (await api(key).get(`/v1/mailboxes/${id}`)).body.isDefault;
  expect([
    await isDefault(mine.key, first),
    await isDefault(mine.key, second),
    await isDefault(theirs.key, foreign),
    await isDefault(mine.liveKey, live),
  ]).toEqual([false, true, true, true]);
  // Whoever names a mailbox that isn't theirs changes nothing of their own.
  expect((await api(mine.key).patch(`/v1/mailboxes/${foreign}`, { isDefault: true })).status).toBe(404);
  expect(await isDefault(mine.key, second)).toBe(true);
});

test("switching it on wakes what waited for it", async () => {
  const { tenantId, key } = await seedTenant();
  const jobs: unknown[] = [];
  const client = api(key, {
    JOB_QUEUE: Object.assign(Object.create(null), { send: async (job: unknown) => void jobs.push(job) }),
  });
  const { id } = (await client.post("/v1/mailboxes", { provider: "sandbox", email: "x@example.com" })).body;
  await client.patch(`/v1/mailboxes/${id}`, { enabled: false });
  await client.patch(`/v1/mailboxes/${id}`, { enabled: true });
  expect(jobs).toEqual([
    { type: "wake", tenantId, mode: "sandbox", where: { mailboxId: id }, cause: "switch_on", afterSeq: 0 },
  ]);
});

test("a time zone of its own is kept, shown, wakes who waits, and can be taken away", async () => {
  const jobs: unknown[] = [];
  const client = api((await seedTenant()).liveKey, {
    JOB_QUEUE: Object.assign(Object.create(null), { send: async (job: unknown) => void jobs.push(job) }),
  });
  const made = await client.post("/v1/mailboxes", {
    provider: "sandbox",
    email: "jane@example.com",
    timeZone: "Asia/Tokyo",
  });
  expect(made.body.timeZone).toBe("Asia/Tokyo");
  const change = (timeZone: string | null) => client.patch(`/v1/mailboxes/${made.body.id}`, { timeZone });
  expect((await change("America/New_York")).body.timeZone).toBe("America/New_York");
  expect(jobs).toMatchObject([{ type: "wake", where: { mailboxId: made.body.id } }]);
  expect((await change(null)).body.timeZone).toBeNull();
  const refused = await change("Mars/Olympus");
  expect([refused.status, refused.body.errors[0].pointer]).toEqual([422, "/timeZone"]);
});
