import { env } from "cloudflare:workers";
import { vi } from "vitest";
import { newId } from "../../adapters/crypto/ids.ts";
import { hooksSecretContext, linkedinSecretContext } from "../../adapters/linkedin/account-secret.ts";
import type { Beginning } from "../../core/begin.ts";
import type { Enrollment, Lead } from "../../core/enrollment.ts";
import { UNPACED } from "../../core/pace/settings.ts";
import { type EnrollmentStub, enrollmentStub } from "../../durable-objects/stub.ts";
import { JANE, makeWorld, ring, type World, type WorldOptions } from "./enrollment.ts";
import { fetchLoopback, orderUnipile, startUnipile, unipileRecordOf } from "./far-side.ts";
import { sealed } from "./sealed.ts";
import type { UnipileDoubleOrder, UnipileRecord } from "./unipile-double.ts";
import type { DoublePerson } from "./unipile-world.ts";

export const UNIPILE_HOST = "api8.unipile.example";
/** What the account's webhooks say in their header. */
export const HOOK_SECRET = "ab".repeat(32);
export const JANE_THERE: DoublePerson = {
  profileId: "ACoAAJANEJaneJane0123456789",
  publicId: "jane-doe",
  firstName: "Jane",
  lastName: "Doe",
};

/** So many a day that what keeps two of them apart is less than a millisecond. */
const QUICK = { ...UNPACED, dailySendCap: 200_000_000 };

/** A customer with a LinkedIn account, and the LinkedIn behind it. */
export interface LinkedinWorld extends World {
  readonly accountId: string;
  /** Null where a person acts. */
  readonly double: {
    record(): Promise<UnipileRecord>;
    order(verb: string, body?: object): Promise<object>;
  } | null;
}

export interface LinkedinOptions extends WorldOptions {
  readonly double?: Omit<UnipileDoubleOrder, "now">;
  /** Columns of the account that are another than usual. */
  readonly account?: Readonly<Record<string, string | number | null>>;
}

/** A world whose LinkedIn account is `provider`'s; it acts at any hour and at any pace unless said otherwise. */
export async function makeLinkedinWorld(
  provider: "unipile" | "manual",
  options: LinkedinOptions = {},
): Promise<LinkedinWorld> {
  const world = await makeWorld(options);
  const accountId = newId("lia");
  const secret = await sealed("unipile-double-key", linkedinSecretContext(world.tenantId, accountId));
  const hooksSecret = await sealed(HOOK_SECRET, hooksSecretContext(world.tenantId, accountId));
  const columns = {
    id: accountId,
    tenant_id: world.tenantId,
    mode: "sandbox",
    name: "Ana's account",
    provider,
    settings: provider === "unipile" ? settings() : "{}",
    secret: provider === "unipile" ? secret : null,
    hooks_secret: provider === "unipile" ? hooksSecret : null,
    plan: "paid",
    working_hours: "[]",
    invitations_pace: JSON.stringify(QUICK),
    messages_pace: JSON.stringify(QUICK),
    profile_views_per_day: 100,
    created_at: Date.now(),
    updated_at: Date.now(),
    ...options.account,
  };
  const names = Object.keys(columns);
  await env.DB.prepare(
    `INSERT INTO linkedin_accounts (${names.join(", ")}) VALUES (${names.map(() => "?").join(", ")})`,
  )
    .bind(...Object.values(columns))
    .run();
  if (provider === "manual") return Object.assign(world, { accountId, double: null });
  const port = await startUnipile({ people: [JANE_THERE], hookRetryMs: null, ...options.double });
  toDouble(port);
  return Object.assign(world, {
    accountId,
    double: {
      record: () => unipileRecordOf(port),
      order: (verb: string, body: object = {}) => orderUnipile(port, verb, body),
    },
  });
}

/** Enrolls Jane with that account, row and object. */
export async function enrollOnLinkedin(
  world: LinkedinWorld,
  lead: Partial<Lead> = {},
): Promise<{ readonly id: string; readonly stub: EnrollmentStub }> {
  const id = newId("enr");
  const now = Date.now();
  const beginning: Beginning = {
    id,
    tenantId: world.tenantId,
    mode: "sandbox",
    lead: { ...JANE, externalId: id, linkedinUrl: "https://www.linkedin.com/in/jane-doe", ...lead },
    mailboxId: world.mailboxId,
    linkedinAccountId: world.accountId,
    startAt: now,
  };
  await env.DB.prepare(
    "INSERT INTO enrollments (id, tenant_id, mode, cadence_id, version, lead_external_id, lead_name, lead_email, beginning, mailbox_id, linkedin_account_id, state, phase, next_due_at, created_at, updated_at) VALUES (?, ?, 'sandbox', ?, 1, ?, ?, ?, ?, ?, ?, 'active', 'waiting', ?, ?, ?)",
  )
    .bind(
      id,
      world.tenantId,
      world.cadence.id,
      beginning.lead.externalId,
      beginning.lead.name,
      beginning.lead.email,
      JSON.stringify(beginning),
      world.mailboxId,
      world.accountId,
      now,
      now,
      now,
    )
    .run();
  const stub = enrollmentStub(env, world.tenantId, id);
  await stub.begin(beginning, world.cadence);
  return { id, stub };
}

/** Runs what is due now, and lets no time pass. */
export async function settle(stub: EnrollmentStub): Promise<void> {
  for (let run = 0; run < 5; run += 1) await ring(stub);
}

/** The whole truth of it; throws where it is gone. */
export async function read(stub: EnrollmentStub): Promise<Enrollment> {
  const state = await stub.read();
  if (state === null) throw new Error("the enrollment is gone");
  return state;
}

function settings(): string {
  return JSON.stringify({ apiUrl: `https://${UNIPILE_HOST}/api/v1`, accountId: "acc_double" });
}

/** What goes to Unipile's host goes to the double's port; everything else as before. */
function toDouble(port: number): void {
  const before = vi.mocked(globalThis.fetch).getMockImplementation();
  vi.mocked(globalThis.fetch).mockImplementation(async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : String(input));
    if (url.host !== UNIPILE_HOST) return before === undefined ? Response.error() : before(input, init);
    const there = `http://127.0.0.1:${port}${url.pathname}${url.search}`;
    return fetchLoopback(there, input instanceof Request ? input : (init ?? {}));
  });
}
