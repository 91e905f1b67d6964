import { env } from "cloudflare:workers";
import { afterEach, expect, test, vi } from "vitest";
import { mailboxSecretContext } from "../../../adapters/mail/mailbox-secret.ts";
import type { CadenceSettings } from "../../../core/cadence.ts";
import type { EnrollmentStub } from "../../../durable-objects/stub.ts";
import { alarmOf, enroll, makeWorld, ring, runUntil, START, setClock, type World } from "../../support/enrollment.ts";
import { sealed } from "../../support/sealed.ts";

const API = "https://api.postmarkapp.com";
const HOUR = 3_600_000;
/** After that no look is made any more. */
const LOOKS_OVER = 30 * HOUR;

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** What the provider does with a message of which we never hear, and what its records say then. */
interface Fate {
  readonly takes: boolean;
  readonly records: "true" | "late" | "down";
}

/** A customer who sends by Postmark, whose answers to us are lost on the way. */
async function customer(fate: Fate, onAmbiguous: CadenceSettings["onAmbiguous"]) {
  setClock(START);
  const world = await makeWorld({ steps: [{ kind: "email" }], settings: { onAmbiguous } });
  await sendsByPostmark(world);
  const taken: string[] = [];
  const posts: string[] = [];
  let looks = 0;
  const customersOwn = vi.mocked(globalThis.fetch).getMockImplementation();
  vi.mocked(globalThis.fetch).mockImplementation(async (input, init) => {
    const { pathname, searchParams, origin } = new URL(new Request(input as RequestInfo, init).url);
    if (origin !== API) return (await customersOwn?.(input, init)) ?? new Response(null, { status: 599 });
    if (pathname === "/email") {
      const { Metadata } = JSON.parse(String(init?.body)) as { Metadata: Record<string, string> };
      const reference = Object.values(Metadata)[0] ?? "";
      posts.push(reference);
      if (fate.takes) taken.push(reference);
      throw new Error("Network connection lost.");
    }
    looks += 1;
    if (fate.records === "down") return new Response("try later", { status: 503 });
    const [field, reference] = [...searchParams].find(([name]) => name.startsWith("metadata_")) ?? ["", ""];
    const isThere = taken.includes(reference) && (fate.records === "true" || looks > 2);
    return Response.json({
      TotalCount: isThere ? 1 : 0,
      Messages: isThere ? [{ MessageID: "pm-1", Metadata: { [field.slice("metadata_".length)]: reference } }] : [],
    });
  });
  const { stub } = await enroll(world);
  await ring(stub);
  return { stub, world, posts, looks: () => looks };
}

async function sendsByPostmark({ tenantId, mailboxId }: World, serverToken = "server-token"): Promise<void> {
  const secret = await sealed(serverToken, mailboxSecretContext(tenantId, mailboxId));
  await env.DB.prepare("UPDATE mailboxes SET provider = 'postmark', settings = ?, secret = ? WHERE id = ?")
    .bind(JSON.stringify({ apiUrl: API, messageStream: "outbound" }), secret, mailboxId)
    .run();
}

async function outcome(stub: EnrollmentStub): Promise<string> {
  const state = await stub.read();
  return state?.phase.name === "held" ? `held:${state.phase.reason}` : (state?.outcomes[0]?.outcome ?? "none");
}

const told = (world: World) => world.requests.map(({ json }) => json.type);

test("a message that the provider took in silence is found in its records, and the step is done", async () => {
  const { stub, world, posts } = await customer({ takes: true, records: "true" }, "hold");
  expect(await outcome(stub)).toBe("held:ambiguous");
  await runUntil(stub, async () => (await outcome(stub)) === "sent");
  expect(Date.now() - START).toBeLessThan(60_000);
  expect(posts).toHaveLength(1);
  await runUntil(stub, () => told(world).includes("cadence.step.fired"));
  expect(told(world)).toEqual(expect.arrayContaining(["cadence.step.ambiguous", "cadence.step.fired"]));
});

test("records that are late are asked again", async () => {
  const { stub, posts, looks } = await customer({ takes: true, records: "late" }, "hold");
  await runUntil(stub, async () => (await outcome(stub)) === "sent");
  expect([looks(), posts.length]).toEqual([3, 1]);
});

test.each(["true", "down"] as const)(
  "what isn't found stays in doubt, and is asked for through most of a day (records: %s)",
  async (records) => {
    const { stub, posts, looks } = await customer({ takes: false, records }, "hold");
    await runUntil(stub, () => Date.now() > START + LOOKS_OVER, 80);
    expect([await outcome(stub), looks(), posts.length]).toEqual(["held:ambiguous", 24, 1]);
    const alarm = await alarmOf(stub);
    expect(alarm === null || alarm > START + LOOKS_OVER).toBe(true);
  },
);

test("before a doubtful message is sent again the records are asked: what is there goes out once", async () => {
  const { stub, posts } = await customer({ takes: true, records: "true" }, "resend_after");
  await runUntil(stub, async () => (await outcome(stub)) === "sent");
  expect(posts).toHaveLength(1);
});

test("as long as the records can't be read, nothing is sent again", async () => {
  const { stub, posts } = await customer({ takes: true, records: "down" }, "resend_after");
  await runUntil(stub, () => Date.now() > START + LOOKS_OVER, 80);
  expect([await outcome(stub), posts.length]).toEqual(["held:ambiguous", 1]);
});

test("what surely isn't in them is sent again, since the cadence chose that", async () => {
  const { stub, posts } = await customer({ takes: false, records: "true" }, "resend_after");
  await runUntil(stub, () => posts.length > 1, 20);
  expect(posts).toHaveLength(2);
  expect(Date.now()).toBeGreaterThanOrEqual(START + 15 * 60_000);
});

test("a message that counts as sent in doubt is looked up first: found, it is sent and not assumed", async () => {
  const { stub, world } = await customer({ takes: true, records: "true" }, "assume_sent");
  await runUntil(stub, async () => (await outcome(stub)) !== "none");
  expect([await outcome(stub), Date.now() - START < 60_000]).toEqual(["sent", true]);
  expect(told(world)).not.toContain("cadence.step.ambiguous");
});

test.each(["true", "down"] as const)("not found, it is assumed after one look (records: %s)", async (records) => {
  const { stub, looks, posts } = await customer({ takes: false, records }, "assume_sent");
  await runUntil(stub, async () => (await outcome(stub)) !== "none");
  expect([await outcome(stub), looks(), posts.length]).toEqual(["ambiguous", 1, 1]);
  expect(Date.now() - START).toBeLessThan(60_000);
});

test("the records of another account prove nothing", async () => {
  const { stub, world, looks, posts } = await customer({ takes: true, records: "true" }, "resend_after");
  await sendsByPostmark(world, "the token of another server");
  await runUntil(stub, () => Date.now() > START + LOOKS_OVER, 80);
  expect([await outcome(stub), looks(), posts.length]).toEqual(["held:ambiguous", 0, 1]);
});
