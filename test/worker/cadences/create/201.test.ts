import { expect, test } from "vitest";
import { customer, STATIC_STEP } from "../../../support/cadences.ts";

test("a cadence starts as a draft with MyAgentMail's defaults", async () => {
  const { ask } = await customer();
  const { status, body } = await ask.post("/v1/cadences", { name: "Welcome", steps: [STATIC_STEP] });
  expect(status).toBe(201);
  expect(body).toMatchObject({ ok: true, webhookSecret: null });
  expect(body.cadence).toMatchObject({
    name: "Welcome",
    mode: "sandbox",
    enabled: true,
    version: null,
    unpublishedChanges: true,
    autoPublish: false,
    businessHoursOnly: true,
    exitOnReply: true,
    exitOnUnsubscribe: true,
    dailySendCap: 50,
    onAmbiguous: "hold",
    addFooter: false,
  });
  expect(body.cadence.steps[0]).toMatchObject({ ...STATIC_STEP, delayDays: 0, condition: null });
});

test("publish: true makes it version 1 in the same request", async () => {
  const { ask } = await customer();
  const { body } = await ask.post("/v1/cadences", { name: "Welcome", steps: [STATIC_STEP], publish: true });
  expect(body.cadence).toMatchObject({ version: 1, unpublishedChanges: false });
});

test("MyAgentMail's request works as it is: an endpoint of its own, published at once, the secret shown once", async () => {
  const { ask } = await customer();
  const { status, body } = await ask.post("/v1/cadences", {
    name: "Outreach",
    description: "Q4",
    businessHoursOnly: true,
    exitOnReply: true,
    exitOnUnsubscribe: true,
    dailySendCap: 20,
    webhookUrl: "https://hooks.acme.example/drafts",
    steps: [
      { kind: "email", delayDays: 0, draftStrategy: "webhook", promptHint: "intro" },
      { kind: "wait", delayDays: 1.5 },
      { kind: "email", delayDays: 2, condition: "no_reply_to_prev", draftStrategy: "webhook", notes: "short" },
    ],
  });
  expect(status).toBe(201);
  expect(body.webhookSecret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  expect(body.cadence).toMatchObject({ version: 1, autoPublish: true, unpublishedChanges: false });
  const endpoint = await ask.get(`/v1/endpoints/${body.cadence.endpointId}`);
  expect(endpoint.body).toMatchObject({
    url: "https://hooks.acme.example/drafts",
    compatibility: "myagentmail",
    enabled: true,
  });
  expect(JSON.stringify(endpoint.body)).not.toContain("whsec_");
});

test("LinkedIn steps are published at once: the account may come with each lead", async () => {
  const { ask } = await customer();
  const { status, body } = await ask.post("/v1/cadences", {
    name: "Both channels",
    webhookUrl: "https://hooks.acme.example/drafts",
    steps: [{ kind: "linkedin_connect" }, { kind: "linkedin_message", condition: "after_accept", delayDays: 1 }],
  });
  expect([status, body.cadence.version]).toEqual([201, 1]);
  expect(body.webhookSecret).toMatch(/^whsec_/);
});

test("inline without a mailbox is still published: an inboxId may come with each lead", async () => {
  const { live } = await customer();
  const { body } = await live.post("/v1/cadences", {
    name: "Outreach",
    webhookUrl: "https://hooks.acme.example/drafts",
    steps: [{ kind: "email" }],
  });
  expect(body.cadence).toMatchObject({ version: 1, mode: "live" });
});
