import { env } from "cloudflare:workers";
import { vi } from "vitest";
import type { EnrollmentStub } from "../../durable-objects/stub.ts";
import { pollLinkedin } from "../../worker/linkedin/poll.ts";
import { ring, setClock } from "./enrollment.ts";
import { enrollOnLinkedin, type LinkedinOptions, type LinkedinWorld, makeLinkedinWorld, settle } from "./linkedin.ts";
import { projectAtOnce } from "./project-at-once.ts";

const MINUTE_MS = 60_000;

/** A step that waits for nothing but time looks again after so much of it. */
export async function later(stub: EnrollmentStub, waitMs: number): Promise<void> {
  vi.setSystemTime(Date.now() + waitMs);
  await settle(stub);
}

/** Jane is enrolled, after `before`, and what can be done now is done. */
export async function begun(
  options: LinkedinOptions & { readonly at?: number },
  before: (far: FarSide) => Promise<unknown> = async () => undefined,
) {
  // A little ahead of the platform's own clock, so that it rings no alarm by itself.
  setClock(options.at ?? Date.now() + 2 * MINUTE_MS);
  projectAtOnce();
  const world = await makeLinkedinWorld("unipile", options);
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
  return {
    order: double.order,
    record: double.record,
    /** What the next invitation, or message, is answered. */
    meet: (how: object | string, when: "before" | "after" = "before") =>
      double.order("meet", { on: "send", when, how }),
    accept: () => double.order("accept", { who: "jane-doe", tells: "never" }),
    invitations: async () => (await double.record()).invitations.map(({ text }) => text),
    messages: async () => (await double.record()).messages.map(({ text }) => text),
    tries: async (route: string) =>
      (await double.record()).requests.filter((request) => request.route === route).length,
    poll: async (stub: EnrollmentStub) => {
      await pollLinkedin(env, { type: "poll_linkedin", tenantId, accountId });
      await ring(stub);
    },
  };
}
