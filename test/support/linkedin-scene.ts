import { env } from "cloudflare:workers";
import { vi } from "vitest";
import { HOOK_HEADER } from "../../core/contract/linkedin-account.ts";
import type { EnrollmentStub } from "../../durable-objects/stub.ts";
import { pollLinkedin } from "../../worker/linkedin/poll.ts";
import { ring, setClock } from "./enrollment.ts";
import {
  enrollOnLinkedin,
  HOOK_SECRET,
  type LinkedinOptions,
  type LinkedinWorld,
  makeLinkedinWorld,
  settle,
} from "./linkedin.ts";
import { projectAtOnce } from "./project-at-once.ts";
import { api } from "./worker.ts";

const MINUTE_MS = 60_000;
/** Nobody listens there: what it sends is handed in by the test, as often and in whatever order it likes. */
const HOOKS = (["messaging", "users", "account_status"] as const).map((source) => ({
  id: source,
  requestUrl: "http://127.0.0.1:1/",
  source,
  name: "",
  headers: [],
}));

/** Hands a hook in as the provider does; answers the status and what it led to. */
export async function hook(
  { accountId }: { readonly accountId: string },
  body: unknown,
  secret: string | null = HOOK_SECRET,
): Promise<{ readonly status: number; readonly taken: string }> {
  const headers = { "content-type": "text/plain", ...(secret === null ? {} : { [HOOK_HEADER]: secret }) };
  const answer = await api(null).post(`/linkedin-hooks/${accountId}`, body, headers);
  return { status: answer.status, taken: answer.body?.taken ?? answer.body?.code };
}

/** A step that waits for nothing but time looks again after so much of it. */
export async function later(stub: EnrollmentStub, waitMs: number): Promise<void> {
  vi.setSystemTime(Date.now() + waitMs);
  await settle(stub);
}

/** Jane is enrolled, after `before`, and what can be done now is done. */
export async function begun(
  options: LinkedinOptions & { readonly at?: number; readonly isProjected?: boolean },
  before: (far: FarSide) => Promise<unknown> = async () => undefined,
) {
  // A little ahead of the platform's own clock, so that it rings no alarm by itself; and the double's a little more.
  setClock(options.at ?? Date.now() + 2 * MINUTE_MS);
  if (options.isProjected !== false) projectAtOnce();
  const double = { clockAheadMs: 4 * MINUTE_MS, webhooks: HOOKS, ...options.double };
  const world = await makeLinkedinWorld("unipile", { ...options, double });
  const far = farSide(world);
  await before(far);
  const { id, stub } = await enrollOnLinkedin(world);
  await settle(stub);
  return { world, id, stub, far };
}

/** The LinkedIn behind it. */
export type FarSide = ReturnType<typeof farSide>;

function farSide({ double, tenantId, accountId }: LinkedinWorld) {
  if (double === null) throw new Error("a person acts");
  let told = 0;
  return {
    order: double.order,
    record: double.record,
    /** The bodies of the hooks that it has sent since the last time, oldest first. */
    hooks: async () => {
      await double.order("flush");
      const bodies = (await double.record()).hooks.slice(told).map(({ body }) => body);
      told += bodies.length;
      return bodies;
    },
    /** What the next invitation, or message, is answered. */
    meet: (how: object | string, when: "before" | "after" = "before") =>
      double.order("meet", { on: "send", when, how }),
    accept: (tells: "at_once" | "never" = "never") => double.order("accept", { who: "jane-doe", tells }),
    invitations: async () => (await double.record()).invitations.map(({ text }) => text),
    reply: (text: string) => double.order("reply", { who: "jane-doe", text }),
    messages: async () => (await double.record()).messages.map(({ text }) => text),
    tries: async (route: string) =>
      (await double.record()).requests.filter((request) => request.route === route).length,
    poll: async (stub: EnrollmentStub) => {
      await pollLinkedin(env, { type: "poll_linkedin", tenantId, accountId });
      await ring(stub);
    },
  };
}
