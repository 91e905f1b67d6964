import { expect, test } from "vitest";
import { customer, STATIC_STEP } from "../../../support/cadences.ts";
import { api, seedTenant } from "../../../support/worker.ts";

const EMAIL = { kind: "email" };

test.each<readonly [string, object, string, string]>([
  ["no name", { name: undefined }, "/name", ""],
  ["a line break in the name", { name: "a\r\nb" }, "/name", "one line"],
  ["an unknown field", { colour: "red" }, "/colour", "not a known field"],
  [
    "an unknown field in a step",
    { steps: [{ ...STATIC_STEP, colour: "red" }] },
    "/steps/0/colour",
    "not a known field",
  ],
  ["an unknown kind of step", { steps: [{ kind: "sms" }] }, "/steps/0/kind", ""],
  [
    "draftStrategy ai says what to do instead",
    { steps: [{ kind: "email", draftStrategy: "ai" }] },
    "/steps/0/draftStrategy",
    "never runs a model",
  ],
  [
    "a static step without text",
    { steps: [{ ...STATIC_STEP, staticBody: null }] },
    "/steps/0/staticBody",
    "needs a staticBody",
  ],
  ["a fallback without text", { steps: [{ ...EMAIL, onDraftFailure: "fallback" }] }, "/steps/0/staticBody", "fallback"],
  [
    "a first static e-mail without a subject",
    { steps: [{ kind: "wait" }, { ...STATIC_STEP, staticSubject: null }] },
    "/steps/1/staticSubject",
    "opens the thread",
  ],
  ["a negative delay", { steps: [{ ...STATIC_STEP, delayDays: -1 }] }, "/steps/0/delayDays", ""],
  ["more than 50 steps", { steps: Array.from({ length: 51 }, () => STATIC_STEP) }, "/steps", ""],
  ["a cap of 0", { dailySendCap: 0 }, "/dailySendCap", ""],
  ["an endpoint that isn't there", { endpointId: "end_aaaaaaaaaaaaaaaa" }, "/endpointId", "no endpoint"],
  ["a mailbox that isn't there", { mailboxId: "mbx_aaaaaaaaaaaaaaaa" }, "/mailboxId", "no mailbox"],
  ["a URL inside our own network", { webhookUrl: "https://10.0.0.1/hook" }, "/webhookUrl", ""],
  [
    "both ways to name an endpoint",
    { webhookUrl: "https://hooks.acme.example/", endpointId: "end_a" },
    "/endpointId",
    "either",
  ],
  ["publishing without a step", { publish: true, steps: [] }, "/steps", "at least one step"],
  [
    "an endpoint of its own without a step: it could not be published as it says",
    { webhookUrl: "https://hooks.acme.example/" },
    "/steps",
    "at least one step",
  ],
  [
    "publishing webhook steps without an endpoint",
    { publish: true, steps: [EMAIL] },
    "/endpointId",
    "asks an endpoint",
  ],
])("%s", async (_, more, pointer, says) => {
  const { ask } = await customer();
  const { status, body } = await ask.post("/v1/cadences", { name: "Welcome", ...more });
  expect(status).toBe(422);
  expect(body.code).toBe("invalid_request");
  expect(body.errors[0].pointer).toBe(pointer);
  expect(body.errors[0].detail).toContain(says);
});

test("an endpoint or mailbox of live can't be named with a test key", async () => {
  const { ask, live } = await customer();
  const endpoint = await live.post("/v1/endpoints", { url: "https://hooks.acme.example/" });
  const { status, body } = await ask.post("/v1/cadences", { name: "Welcome", endpointId: endpoint.body.id });
  expect([status, body.errors[0].pointer]).toEqual([422, "/endpointId"]);
  expect((await live.post("/v1/cadences", { name: "Welcome", endpointId: endpoint.body.id })).status).toBe(201);
});

test("publishing e-mail steps without any mailbox says how to get one", async () => {
  const { key } = await seedTenant();
  const { status, body } = await api(key).post("/v1/cadences", {
    name: "Welcome",
    steps: [STATIC_STEP],
    publish: true,
  });
  expect(status).toBe(422);
  expect(body.errors).toEqual([{ pointer: "/mailboxId", detail: expect.stringContaining("POST /v1/mailboxes") }]);
});
