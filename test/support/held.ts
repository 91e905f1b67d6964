import { vi } from "vitest";
import { enrollmentOf } from "../../core/enrollment.ts";
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

/** Puts the platform back as it was: to be called after each test. */
export function wakeUp(): void {
  vi.restoreAllMocks();
  vi.useRealTimers();
}
