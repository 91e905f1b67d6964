import { env } from "cloudflare:workers";
import { sha256Hex } from "../../adapters/crypto/bytes.ts";
import { newId } from "../../adapters/crypto/ids.ts";
import { API_KEY_BODY_LENGTH, type ApiKeyMode, BASE62, formatApiKey } from "../../core/api-key.ts";
import { type ApiClient, api, seedTenant } from "./worker.ts";

/** A step that needs no endpoint. */
export const STATIC_STEP = {
  kind: "email",
  draftStrategy: "static",
  staticSubject: "Hello {{firstName}}",
  staticBody: "Hi {{firstName}}",
};

/** A month ahead: nothing of such an enrollment happens while a test looks. */
export const LATER = new Date(Date.now() + 30 * 24 * 3600_000).toISOString();

export const LEAD = { leadExternalId: "lead-1", leadName: "Jane Doe", leadEmail: "jane@lead.example", startAt: LATER };

/** A tenant with a default sandbox mailbox. */
export async function customer(): Promise<{
  readonly tenantId: string;
  readonly ask: ApiClient;
  readonly live: ApiClient;
  readonly mailboxId: string;
}> {
  const { tenantId, key, liveKey } = await seedTenant();
  const ask = api(key);
  const mailbox = await ask.post("/v1/mailboxes", { provider: "sandbox", email: "ana@acme.example" });
  return { tenantId, ask, live: api(liveKey), mailboxId: mailbox.body.id };
}

/** A published cadence of one static step, or of what is said. */
export async function publishedCadence(ask: ApiClient, more: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const made = await ask.post("/v1/cadences", { name: "Welcome", steps: [STATIC_STEP], publish: true, ...more });
  if (made.status !== 201) throw new Error(JSON.stringify(made.body));
  return made.body.cadence.id;
}

/** A cadence that asks an endpoint of its own, not published. */
export async function askingCadence(
  ask: ApiClient,
  more: Readonly<Record<string, unknown>> = {},
): Promise<{ readonly ask: ApiClient; readonly cadenceId: string; readonly endpointId: string }> {
  const endpoint = await ask.post("/v1/endpoints", { url: "https://hooks.acme.example/drafts" });
  const steps = [{ kind: "email", promptHint: "Be brief", maxChars: 40 }, { kind: "wait", delayDays: 1 }, STATIC_STEP];
  const made = await ask.post("/v1/cadences", { name: "Asks", steps, endpointId: endpoint.body.id, ...more });
  if (made.status !== 201) throw new Error(JSON.stringify(made.body));
  return { ask, cadenceId: made.body.cadence.id, endpointId: endpoint.body.id };
}

/** The id of a lead enrolled in a cadence, to start a month ahead unless said otherwise. */
export async function enrolled(
  ask: ApiClient,
  cadenceId: string,
  more: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const made = await ask.post(`/v1/cadences/${cadenceId}/enrollments`, { ...LEAD, ...more });
  if (made.status !== 201) throw new Error(JSON.stringify(made.body));
  return made.body.enrollment.id;
}

/** A key for a tenant that was made without one; a test key unless said otherwise. */
export async function keyFor(tenantId: string, mode: ApiKeyMode = "test"): Promise<string> {
  const dice = crypto.getRandomValues(new Uint8Array(API_KEY_BODY_LENGTH));
  const key = formatApiKey(mode, [...dice].map((byte) => BASE62.charAt(byte % 62)).join(""));
  await env.DB.prepare(
    "INSERT INTO api_keys (id, tenant_id, mode, name, hash, last4, created_at) VALUES (?, ?, ?, 'seeded', ?, ?, 0)",
  )
    .bind(newId("key"), tenantId, mode, await sha256Hex(key), key.slice(-4))
    .run();
  return key;
}
