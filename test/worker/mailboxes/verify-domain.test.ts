import { env } from "cloudflare:workers";
import { afterEach, expect, test, vi } from "vitest";
import { api, seedTenant } from "../../support/worker.ts";

afterEach(() => vi.restoreAllMocks());

let resolvers = 0;

/** A mailbox at `domain`, and a resolver that has these TXT records, or none, or doesn't answer. */
async function mailbox(domain = "acme.example") {
  const { tenantId, liveKey } = await seedTenant();
  resolvers += 1;
  const client = api(liveKey, { DOH_URL: `https://resolver-${resolvers}.example/dns-query` });
  const { body } = await client.post("/v1/mailboxes", { provider: "cloudflare", email: `ana@${domain}` });
  const asked: string[] = [];
  const dnsHas = (texts: readonly string[] | "no answer") =>
    vi.spyOn(globalThis, "fetch").mockImplementation(async (input) => {
      asked.push(new URL(String(input)).searchParams.get("name") ?? "");
      if (texts === "no answer") return new Response(null, { status: 500 });
      return Response.json({ Status: 0, Answer: texts.map((text) => ({ type: 16, TTL: 0, data: `"${text}"` })) });
    });
  const path = `/v1/mailboxes/${body.id}`;
  return { tenantId, client, asked, dnsHas, path, verify: () => client.post(`${path}/verify-domain`) };
}

test("the domain's owner publishes what the mailbox shows, and the domain is verified", async () => {
  const { tenantId, client, asked, dnsHas, path, verify } = await mailbox();
  const { fromDomain } = (await client.get(path)).body;
  expect(fromDomain).toEqual({
    name: "acme.example",
    isVerified: false,
    record: { type: "TXT", name: "_drafthook.acme.example", value: `drafthook-tenant=${tenantId}` },
  });
  const jobs = vi.spyOn(env.JOB_QUEUE, "send").mockResolvedValue({ metadata: {} } as never);
  dnsHas(["v=spf1 -all", "drafthook-tenant=ten_someoneelse", fromDomain.record.value]);
  const verified = await verify();
  expect([verified.status, verified.body.isVerified]).toEqual([200, true]);
  expect(asked).toEqual(["_drafthook.acme.example"]);
  expect(jobs).toHaveBeenCalledOnce();
  expect((await client.get(path)).body.fromDomain.isVerified).toBe(true);
});

test("another tenant's record is no word for this one", async () => {
  const { tenantId, dnsHas, verify } = await mailbox();
  dnsHas(["drafthook-tenant=ten_someoneelse", `x drafthook-tenant=${tenantId}`, `drafthook-tenant=${tenantId}x`]);
  expect((await verify()).body.isVerified).toBe(false);
});

test("a record that is taken away takes the word back; a resolver that doesn't answer doesn't", async () => {
  const { tenantId, client, dnsHas, path, verify } = await mailbox();
  dnsHas([`drafthook-tenant=${tenantId}`]);
  await verify();
  dnsHas("no answer");
  const unsaid = await verify();
  expect([unsaid.status, unsaid.body.code]).toEqual([503, "unreadable"]);
  expect((await client.get(path)).body.fromDomain.isVerified).toBe(true);
  dnsHas([]);
  expect((await verify()).body.isVerified).toBe(false);
});

test("an address at another domain needs that one's word", async () => {
  const { tenantId, client, dnsHas, path, verify } = await mailbox();
  dnsHas([`drafthook-tenant=${tenantId}`]);
  await verify();
  const moved = await client.patch(path, { email: "ana@BÜCHER.example" });
  expect(moved.body.fromDomain).toMatchObject({ name: "xn--bcher-kva.example", isVerified: false });
  const back = await client.patch(path, { email: "bob@ACME.example" });
  expect(back.body.fromDomain.isVerified).toBe(true);
});
