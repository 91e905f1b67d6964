import { afterEach, expect, test, vi } from "vitest";
import { askingCadence, customer, enrolled } from "../../../support/cadences.ts";
import { endpointThatSays } from "../../../support/test-endpoint.ts";
import { api } from "../../../support/worker.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

async function cadence() {
  const { ask, live } = await customer();
  const { cadenceId } = await askingCadence(ask);
  return { ask, live, cadenceId, path: `/v1/cadences/${cadenceId}/test-call` };
}

test("the endpoint is asked for a step of the draft as it stands, published or not", async () => {
  const { ask, path, cadenceId } = await cadence();
  const got = endpointThatSays(() => Response.json({ body: "A text that is longer than forty characters are." }));
  const { status, body } = await ask.post(path, { step: 0, lead: { name: "Bo" }, context: { plan: "pro" } });
  expect([status, got.length]).toEqual([200, 1]);
  expect(JSON.parse(got[0]?.body ?? "")).toMatchObject({
    mode: "test",
    cadence: { id: cadenceId, name: "Asks", version: 1 },
    enrollment: { leadName: "Bo", context: { plan: "pro" }, currentStep: 0 },
    step: { index: 0, promptHint: "Be brief", maxChars: 40 },
  });
  expect(body.checks.find(({ check }: { check: string }) => check === "size")).toMatchObject({ verdict: "warn" });
  expect((await ask.get("/v1/enrollments")).body.data).toEqual([]);
});

test("a published version is asked about as it was published", async () => {
  const { ask, path, cadenceId } = await cadence();
  await ask.post(`/v1/cadences/${cadenceId}/publish`);
  await ask.put(`/v1/cadences/${cadenceId}/steps`, { steps: [{ kind: "email", promptHint: "Be long" }] });
  const got = endpointThatSays(() => Response.json({ body: "Hi" }));
  await ask.post(path, { step: 0, version: 1 });
  await ask.post(path, { step: 0, draft: true });
  expect(got.map(({ body }) => JSON.parse(body)).map(({ cadence: of, step }) => [of.version, step.promptHint])).toEqual(
    [
      [1, "Be brief"],
      [2, "Be long"],
    ],
  );
});

test("a lead of the cadence comes with their own fields, and stays as they are", async () => {
  const { ask, path, cadenceId } = await cadence();
  await ask.post(`/v1/cadences/${cadenceId}/publish`);
  const id = await enrolled(ask, cadenceId, { context: { seats: 5 }, leadTimeZone: "Asia/Tokyo" });
  const before = (await ask.get(`/v1/enrollments/${id}`)).body;
  const got = endpointThatSays(() => Response.json({ stop: true }));
  const { body } = await ask.post(path, { step: 0, leadExternalId: "lead-1" });
  expect(body.answer.verb).toBe("stop");
  expect(JSON.parse(got[0]?.body ?? "").enrollment).toMatchObject({
    leadName: "Jane Doe",
    leadTimeZone: "Asia/Tokyo",
    context: { seats: 5 },
  });
  expect((await ask.get(`/v1/enrollments/${id}`)).body).toEqual(before);
});

test.each([
  [{ step: 1 }, 409],
  [{ step: 2 }, 409],
  [{ step: 3 }, 422],
  [{ step: 0, version: 7 }, 422],
  [{ step: 0, version: 1, draft: true }, 422],
  [{ step: 0, leadExternalId: "nobody" }, 422],
  [{ step: 0, leadExternalId: "lead-1", lead: {} }, 422],
  [{}, 422],
])("%j gets %i, and nobody is asked", async (body, status) => {
  const { ask, path } = await cadence();
  const got = endpointThatSays(() => Response.json({ body: "Hi" }));
  expect([(await ask.post(path, body)).status, got.length]).toEqual([status, 0]);
});

test("another mode's key finds no such cadence", async () => {
  const { live, path } = await cadence();
  expect((await live.post(path, { step: 0 })).status).toBe(404);
});

test("a key that may read no leads gets none by way of a test call; a made-up one it may ask about", async () => {
  const { ask, path, cadenceId } = await cadence();
  await ask.post(`/v1/cadences/${cadenceId}/publish`);
  await enrolled(ask, cadenceId, { context: { salary: 5 } });
  const got = endpointThatSays(() => Response.json({ stop: true }));
  const asked = async (scopes: readonly string[], body: object) => {
    const made = await ask.post("/v1/keys", { name: "editor", scopes });
    return api(made.body.key).post(path, body);
  };
  const refused = await asked(["cadences:write"], { step: 0, leadExternalId: "lead-1" });
  expect([refused.status, refused.body.code, got.length]).toEqual([403, "missing_scope", 0]);
  expect((await asked(["cadences:write"], { step: 0 })).status).toBe(200);
  expect((await asked(["cadences:write", "enrollments:read"], { step: 0, leadExternalId: "lead-1" })).status).toBe(200);
});
