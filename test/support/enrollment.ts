import { applyD1Migrations, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { vi } from "vitest";
import { newId } from "../../adapters/crypto/ids.ts";
import { endpointSecretContext } from "../../adapters/webhook/open-endpoint.ts";
import type { Beginning } from "../../core/begin.ts";
import type { CadenceSettings, CadenceVersion } from "../../core/cadence.ts";
import { Step } from "../../core/contract/step.ts";
import type { Lead } from "../../core/enrollment.ts";
import { type EnrollmentStub, enrollmentStub } from "../../durable-objects/stub.ts";
import { sealed } from "./sealed.ts";

export const START = Date.parse("2026-11-23T10:00:00Z");
export const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

/** One customer with a database, an endpoint, a sandbox mailbox and a cadence; `answer` is what their endpoint says. */
export interface World {
  readonly tenantId: string;
  readonly endpointId: string;
  readonly mailboxId: string;
  readonly cadence: CadenceVersion;
  /** Requests that the endpoint got, newest last. */
  readonly requests: {
    readonly url: string;
    readonly headers: Headers;
    readonly body: string;
    readonly json: Record<string, unknown>;
  }[];
  answer: (request: { readonly json: Record<string, unknown>; readonly n: number }) => Response | Promise<Response>;
  /** What it says to `cadence.lead.replied`. */
  answerReply: (request: { readonly json: Record<string, unknown> }) => Response | Promise<Response>;
}

export interface WorldOptions {
  readonly steps?: readonly Record<string, unknown>[];
  readonly settings?: Partial<CadenceSettings>;
}

/** Time is passed, not slept: from here on `Date.now()` is what the test says. */
export function setClock(at: number): void {
  vi.useFakeTimers({ toFake: ["Date"] });
  vi.setSystemTime(at);
}

export async function makeWorld(options: WorldOptions = {}): Promise<World> {
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
  const [tenantId, endpointId, mailboxId, cadenceId] = [newId("ten"), newId("end"), newId("mbx"), newId("cad")];
  const now = Date.now();
  const steps = (options.steps ?? [{ kind: "email" }, { kind: "email", delayDays: 2 }]).map((step) => Step.parse(step));
  const settings: CadenceSettings = {
    businessHoursOnly: false,
    exitOnReply: true,
    exitOnUnsubscribe: true,
    dailySendCap: 50,
    onAmbiguous: "hold",
    addFooter: false,
    onOutOfOffice: "defer",
    onLeftCompany: "stop",
    onSoftBounce: "continue",
    unsubscribeLink: null,
    ...options.settings,
  };
  const cadence: CadenceVersion = { id: cadenceId, name: "First contact", version: 1, endpointId, settings, steps };
  const secret = await sealed(SECRET, endpointSecretContext(tenantId, endpointId));
  await env.DB.batch([
    env.DB.prepare(
      "INSERT INTO tenants (id, name, time_zone, enabled, created_at) VALUES (?, 'Acme', 'Europe/Paris', 1, ?)",
    ).bind(tenantId, now),
    env.DB.prepare(
      "INSERT INTO endpoints (id, tenant_id, mode, name, url, secret, created_at, updated_at) VALUES (?, ?, 'sandbox', 'drafter', 'https://drafter.example/hook', ?, ?, ?)",
    ).bind(endpointId, tenantId, secret, now, now),
    env.DB.prepare(
      "INSERT INTO mailboxes (id, tenant_id, mode, name, from_name, email, provider, created_at, updated_at) VALUES (?, ?, 'sandbox', 'main', 'Ana', 'ana@acme.example', 'sandbox', ?, ?)",
    ).bind(mailboxId, tenantId, now, now),
    env.DB.prepare(
      "INSERT INTO cadences (id, tenant_id, mode, name, settings, steps, endpoint_id, version, created_at, updated_at) VALUES (?, ?, 'sandbox', 'First contact', '{}', '[]', ?, 1, ?, ?)",
    ).bind(cadenceId, tenantId, endpointId, now, now),
    env.DB.prepare(
      "INSERT INTO cadence_versions (cadence_id, version, tenant_id, definition, published_at) VALUES (?, 1, ?, ?, ?)",
    ).bind(cadenceId, tenantId, JSON.stringify(cadence), now),
  ]);
  const world: World = {
    tenantId,
    endpointId,
    mailboxId,
    cadence,
    requests: [],
    answer: () => Response.json({ body: "Hello", subject: "A question" }),
    answerReply: () => new Response(null, { status: 204 }),
  };
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
    const request = new Request(input as RequestInfo, init);
    const body = await request.text();
    const json = JSON.parse(body) as Record<string, unknown>;
    world.requests.push({ url: request.url, headers: request.headers, body, json });
    if (json.type === "cadence.step.draft.requested") return world.answer({ json, n: drafts(world).length });
    return json.type === "cadence.lead.replied" ? world.answerReply({ json }) : new Response(null, { status: 204 });
  });
  return world;
}

/** One more endpoint of the same customer. */
export async function addEndpoint(world: World, url: string): Promise<string> {
  const id = newId("end");
  const secret = await sealed(SECRET, endpointSecretContext(world.tenantId, id));
  await env.DB.prepare(
    "INSERT INTO endpoints (id, tenant_id, mode, name, url, secret, created_at, updated_at) VALUES (?, ?, 'sandbox', 'other', ?, ?, 0, 0)",
  )
    .bind(id, world.tenantId, url, secret)
    .run();
  return id;
}

/** The draft requests among what the endpoint got. */
export function drafts(world: World): World["requests"] {
  return world.requests.filter(({ json }) => json.type === "cadence.step.draft.requested");
}

export const JANE: Lead = {
  externalId: "lead-1",
  name: "Jané 中村",
  email: "jane@lead.example",
  linkedinUrl: null,
  profileUrn: null,
  timeZone: null,
  country: null,
  context: { company: "Lead & Söhne" },
};

/** Enrolls Jane, row and object; answers the object's stub. */
export async function enroll(
  world: World,
  lead: Partial<Lead> = {},
  options = { begin: true },
): Promise<{ readonly id: string; readonly stub: EnrollmentStub }> {
  const id = newId("enr");
  const now = Date.now();
  const beginning: Beginning = {
    id,
    tenantId: world.tenantId,
    mode: "sandbox",
    lead: { ...JANE, externalId: id, ...lead },
    mailboxId: world.mailboxId,
    startAt: now,
  };
  await env.DB.prepare(
    "INSERT INTO enrollments (id, tenant_id, mode, cadence_id, version, lead_external_id, lead_name, lead_email, beginning, mailbox_id, state, phase, next_due_at, created_at, updated_at) VALUES (?, ?, 'sandbox', ?, 1, ?, ?, ?, ?, ?, 'active', 'waiting', ?, ?, ?)",
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
      now,
      now,
      now,
    )
    .run();
  const stub = enrollmentStub(env, world.tenantId, id);
  if (options.begin) await stub.begin(beginning, world.cadence);
  return { id, stub };
}

/** Runs the alarm where one is due by now; the platform's own would do the same. */
export async function ring(stub: EnrollmentStub): Promise<boolean> {
  return runDurableObjectAlarm(stub);
}

/** Goes to the time of the next alarm and runs it, until `done` says so or `runsMax` runs are over. */
export async function runUntil(
  stub: EnrollmentStub,
  done: () => boolean | Promise<boolean>,
  runsMax = 60,
): Promise<void> {
  for (let run = 0; run < runsMax; run++) {
    if (await done()) return;
    const at = await alarmOf(stub);
    if (at === null) return;
    vi.setSystemTime(Math.max(Date.now(), at));
    await ring(stub);
  }
}

/** When the alarm is set to, in milliseconds; null when none is. */
export async function alarmOf(stub: EnrollmentStub): Promise<number | null> {
  return runInDurableObject(stub, (_object, ctx) => ctx.storage.getAlarm());
}

/** The mails that the sandbox mailbox "sent" for one enrollment, oldest first. */
export async function sandboxMail(
  enrollmentId: string,
): Promise<readonly { readonly send_key: string; readonly raw: string; readonly subject: string }[]> {
  const { results } = await env.DB.prepare(
    "SELECT send_key, raw, subject FROM sandbox_mail WHERE enrollment_id = ? ORDER BY at",
  )
    .bind(enrollmentId)
    .all<{ send_key: string; raw: string; subject: string }>();
  return results;
}
