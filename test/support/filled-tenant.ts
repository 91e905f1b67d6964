import { env } from "cloudflare:workers";
import { vi } from "vitest";
import { LATER, publishedCadence } from "./cadences.ts";
import { unmatchedMail } from "./inbox.ts";
import { type ApiClient, api, seedTenant } from "./worker.ts";

export interface FilledTenant {
  readonly tenantId: string;
  readonly live: ApiClient;
  readonly test: ApiClient;
  /** The enrollment that has been written to. */
  readonly sent: string;
  /** The one that waits. */
  readonly waiting: string;
}

/** A tenant with something of every kind, in both modes, as the engine made it. */
export async function filledTenant(): Promise<FilledTenant> {
  const { tenantId, key, liveKey } = await seedTenant();
  const [live, test] = [api(liveKey), api(key)];
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
    const text = await new Request(input as RequestInfo, init).text();
    const isDraft = text.includes('"cadence.step.draft.requested"');
    return isDraft ? Response.json({ subject: "Hello", body: "Dear Ünal" }) : new Response(null, { status: 204 });
  });
  await test.post("/v1/mailboxes", { provider: "sandbox", email: "test@acme.example" });
  await publishedCadence(test);
  await live.post("/v1/mailboxes", { provider: "sandbox", email: "ana@acme.example" });
  const { id: endpointId } = (await live.post("/v1/endpoints", { url: "https://hooks.acme.example/" })).body;
  const steps = [{ kind: "email" }, { kind: "email", delayDays: 2 }];
  const settings = { steps, endpointId, businessHoursOnly: false };
  const cadence = await publishedCadence(live, settings);
  const enroll = async (name: string, more: object) =>
    (
      await live.post(`/v1/cadences/${cadence}/enrollments`, {
        leadExternalId: name,
        leadName: name,
        leadEmail: `${name}@lead.example`,
        ...more,
      })
    ).body.enrollment.id;
  const waiting = await enroll("waiting", { startAt: LATER, context: { of: tenantId } });
  const sent = await enroll("sent", {});
  await vi.waitUntil(async () => (await live.get(`/v1/enrollments/${sent}/messages`)).body.data.length === 1, {
    timeout: 15_000,
    interval: 200,
  });
  await live.post("/v1/suppressions", { entries: [{ value: "gone@lead.example" }, { value: "rival.example" }] });
  await live.post("/v1/erasures", { email: "erased@lead.example" });
  const id = await unmatchedMail(tenantId, { mode: "live" });
  const rawKey = `${tenantId}/inbound/${id}.eml`;
  await env.BODIES.put(rawKey, new Uint8Array([0, 255, 1, 254]), { httpMetadata: { contentType: "message/rfc822" } });
  await env.DB.prepare("UPDATE inbound_mail SET raw_key = ? WHERE id = ?").bind(rawKey, id).run();
  return { tenantId, live, test, sent, waiting };
}
