import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, expect, test, vi } from "vitest";
import type { EnrollmentStub } from "../../../durable-objects/stub.ts";
import { drafts, enroll, makeWorld, ring, START, setClock } from "../../support/enrollment.ts";

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** From here on the object runs in an installation that wants domains verified, or doesn't. */
async function installation(stub: EnrollmentStub, VERIFY_FROM_DOMAINS: string): Promise<void> {
  await runInDurableObject(stub, (object) => Object.assign(object, { env: { ...env, VERIFY_FROM_DOMAINS } }));
}

/** What the step waits for after one look. Ana's mailbox is a mail server's, and her domain's owner has let `verified` be sent for. */
async function waitsFor(setting: string, verified: string | null, provider = "smtp"): Promise<unknown> {
  setClock(START);
  const world = await makeWorld();
  await env.DB.prepare("UPDATE mailboxes SET provider = ?, verified_domain = ? WHERE id = ?")
    .bind(provider, verified, world.mailboxId)
    .run();
  const { stub } = await enroll(world, {});
  await installation(stub, setting);
  await ring(stub);
  const state = await stub.read();
  const waitingFor = state !== null && "waitingFor" in state.phase ? state.phase.waitingFor : null;
  const asked = drafts(world).length;
  return waitingFor !== null && waitingFor.verdict === "wait" ? { reason: waitingFor.reason, asked } : { asked };
}

test("where domains are verified, a mailbox whose domain isn't sends nothing, and nobody's model is asked", async () => {
  expect(await waitsFor("on", null)).toEqual({ reason: "domain_not_verified", asked: 0 });
});

test("the word for another domain, the one of before its address changed, is none", async () => {
  expect(await waitsFor("on", "other.example")).toEqual({ reason: "domain_not_verified", asked: 0 });
});

test.each([
  ["a verified domain", "on", "acme.example", "smtp"],
  ["a sandbox mailbox, which reaches nobody", "on", null, "sandbox"],
  ["an installation that verifies none", "off", null, "smtp"],
])("with %s the step goes on", async (_name, setting, verified, provider) => {
  expect(await waitsFor(setting, verified, provider)).toEqual({ asked: 1 });
});
