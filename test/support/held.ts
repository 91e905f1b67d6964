import { runInDurableObject } from "cloudflare:test";
import { vi } from "vitest";
import { type Enrollment, enrollmentOf, type HeldPhase, type Phase, type SendJob } from "../../core/enrollment.ts";
import { keyFor } from "./cadences.ts";
import { drafts, enroll, makeWorld, runUntil, START, setClock, type World, type WorldOptions } from "./enrollment.ts";
import { type ApiClient, api } from "./worker.ts";

/** An enrollment whose first step was asked for and has come to rest: by default held, because the endpoint wants a person to look. */
export interface Resting {
  readonly ask: ApiClient;
  readonly world: World;
  readonly enrollmentId: string;
  readonly draftId: string;
  readonly stub: Awaited<ReturnType<typeof enroll>>["stub"];
  /** The completion URL of the last draft request, without the host. */
  readonly completionPath: string;
}

export async function restingDraft(
  answer: World["answer"] = () => Response.json({ subject: "A question", body: "Hello", review: true }),
  options: WorldOptions = {},
): Promise<Resting> {
  setClock(START);
  const world = await makeWorld(options);
  world.answer = answer;
  const { id, stub } = await enroll(world);
  await runUntil(
    stub,
    async () => ["held", "expecting", "finished"].includes((await stub.read())?.phase.name ?? ""),
    5,
  );
  const request = drafts(world).at(-1)?.json ?? {};
  const url = new URL(String(request.completionUrl));
  const draftId = String(request.id);
  if (enrollmentOf(draftId) !== id) throw new Error(`the draft ${draftId} is of another enrollment than ${id}`);
  return {
    ask: api(await keyFor(world.tenantId)),
    world,
    enrollmentId: id,
    draftId,
    stub,
    completionPath: url.pathname + url.search,
  };
}

/** Puts the held step into the state that a send leaves behind when nobody knows whether it arrived. */
export async function doubtful(phase: "held" | "ready" = "held"): Promise<Resting> {
  const resting = await restingDraft(undefined, { steps: [{ kind: "email" }] });
  const sendKey = `dh-${resting.enrollmentId.slice(4)}-0-0`;
  const job: SendJob = {
    sendKey,
    provider: "sandbox",
    sha256: "0",
    messageId: "<m1@x.example>",
    to: "jane@lead.example",
    doubt: "the line broke",
    idempotencyWindowMs: null,
    intentAt: Date.now(),
    tries: 1,
    lookUps: null,
    keepsMessageId: false,
    account: "",
    absentAt: null,
  };
  await runInDurableObject(resting.stub, (object) => {
    const inside = object as unknown as { loaded: { state: Enrollment } };
    const { state } = inside.loaded;
    if (state.phase.name === "held")
      inside.loaded = {
        ...inside.loaded,
        state: { ...state, phase: inDoubt(state.phase, job, phase) },
      };
  });
  return resting;
}

/** What is held, as if its send were in doubt: held for that, or waiting for its repeat. */
function inDoubt(held: HeldPhase, job: SendJob, as: "held" | "ready"): Phase {
  const { draft, words } = held;
  if (as === "held" || draft === null || words === null)
    return { ...held, reason: "ambiguous", detail: "the line broke", job };
  return { name: "ready", draft, words, job, waitingFor: null, wakeAt: Date.now() + 900_000 };
}

/** Puts the platform back as it was: to be called after each test. */
export function wakeUp(): void {
  vi.restoreAllMocks();
  vi.useRealTimers();
}
