import { afterEach, expect, test, vi } from "vitest";
import { api, seedTenant } from "../../../support/worker.ts";

const RESOLVER = "https://save-resolver.example/dns-query";

afterEach(() => vi.restoreAllMocks());

/** DNS has every host whose name begins so inside, and every other one at a public address. */
function dnsHasInside(beginning: string): void {
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input) => {
    const url = new URL(String(input));
    const data = url.searchParams.get("name")?.startsWith(beginning) ? "10.0.0.7" : "93.184.216.34";
    return Response.json({
      Status: 0,
      Answer: url.searchParams.get("type") === "A" ? [{ type: 1, TTL: 60, data }] : [],
    });
  });
}

const smtp = { host: "inside.example.com", port: 587, security: "starttls" };
const resend = { apiKey: "re_1", apiUrl: "https://inside.example.com" };

test.each([
  ["a new endpoint", "/v1/endpoints", { url: "https://inside.example.com/hook" }, "/url"],
  [
    "a cadence's own endpoint",
    "/v1/cadences",
    { name: "A", webhookUrl: "https://inside.example.com/hook" },
    "/webhookUrl",
  ],
  ["a mail server", "/v1/mailboxes", { provider: "smtp", email: "a@example.com", smtp }, "/smtp/host"],
  ["a provider's gateway", "/v1/mailboxes", { provider: "resend", email: "a@example.com", resend }, "/resend/apiUrl"],
])("%s whose name leads inside is refused when it is saved, with what DNS says", async (_, path, body, pointer) => {
  dnsHasInside("inside.");
  const { liveKey } = await seedTenant();
  const steps = path === "/v1/cadences" ? { steps: [{ kind: "email" }] } : {};
  const refused = await api(liveKey, { DOH_URL: RESOLVER }).post(path, { ...body, ...steps });
  expect(refused).toMatchObject({
    status: 422,
    body: { errors: [{ pointer, detail: expect.stringContaining("10.0.0.7") }] },
  });
});

test("changing an endpoint's URL is checked too, and an ordinary one is taken", async () => {
  dnsHasInside("inside.");
  const { key } = await seedTenant();
  const client = api(key, { DOH_URL: RESOLVER });
  const made = await client.post("/v1/endpoints", { url: "https://ordinary.example.com/hook" });
  expect(made.status).toBe(201);
  const path = `/v1/endpoints/${made.body.id}`;
  expect((await client.patch(path, { url: "https://inside.example.com/hook" })).status).toBe(422);
  expect((await client.patch(path, { url: "https://other.example.com/hook" })).status).toBe(200);
});
