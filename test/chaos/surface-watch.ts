import { setTimeout as wait } from "node:timers/promises";
import { Enrollment, type EnrollmentBody } from "../../core/contract/enrollment.ts";
import { LEASE_MS } from "../../core/contract/limits.ts";
import { LogEntry } from "../../core/contract/log.ts";
import { type Api, openApi } from "../../tools/demo/api.ts";
import { type MessageKey, openAt, openSpans } from "./open-sends.ts";
import type { FarRecord, Kill } from "./record.ts";
import type { System } from "./system.ts";

/** A doubtful message as it became visible, at the rig's own clock. */
export interface Surfaced {
  readonly key: MessageKey;
  readonly inApiAt: number;
  readonly inLogAt: number;
}

interface Watched {
  readonly kill: Kill;
  nextLookAt: number;
  inApiAt: number | null;
}

/** Hundreds may be watched at once, and whoever looks takes of the time that the system needs. */
const LOOK_EVERY_MS = 2_000;
const LOOKS_AT_ONCE = 8;

/**
 * Looks, as a customer could, for what became of each message that a kill may have left in doubt: in the API by its
 * enrollment, in the log by the enrollment's timeline.
 */
export class SurfaceWatch {
  readonly #record: FarRecord;
  readonly #system: System;
  readonly #ids: ReadonlyMap<string, string>;
  readonly #watched = new Map<MessageKey, Watched>();
  #isOver = false;
  readonly surfaced = new Map<MessageKey, Surfaced>();

  constructor(record: FarRecord, system: System, ids: ReadonlyMap<string, string>) {
    this.#record = record;
    this.#system = system;
    this.#ids = ids;
  }

  /** To be called after each kill. */
  note(kill: Kill): void {
    for (const key of openAt(kill, openSpans(this.#record)))
      if (!this.#watched.has(key)) this.#watched.set(key, { kill, nextLookAt: 0, inApiAt: null });
  }

  /** Messages whose outcome nobody has seen yet. */
  get open(): number {
    return this.#watched.size;
  }

  end(): void {
    this.#isOver = true;
  }

  async run(): Promise<void> {
    while (!this.#isOver) {
      await this.#system.up();
      const due = this.#due();
      // The system may be killed while it answers: then it is asked again.
      await Promise.all(due.map(([key, watched]) => this.#look(key, watched).catch(() => undefined)));
      await wait(due.length === 0 ? 100 : 10);
    }
  }

  /** Whoever has waited longest comes first: hundreds may be open, and none may hide the others. */
  #due(): readonly (readonly [MessageKey, Watched])[] {
    return [...this.#watched]
      .filter(([, { nextLookAt }]) => nextLookAt <= Date.now())
      .sort(([, one], [, other]) => one.nextLookAt - other.nextLookAt)
      .slice(0, LOOKS_AT_ONCE);
  }

  async #look(key: MessageKey, watched: Watched): Promise<void> {
    watched.nextLookAt = Date.now() + LOOK_EVERY_MS;
    const [lead = "", stepText] = key.split("/");
    const step = Number(stepText);
    const id = this.#ids.get(lead);
    if (id === undefined) return;
    const api = openApi(this.#system.url, this.#system.liveKey);
    const leaseEndAt = watched.kill.at + LEASE_MS;
    if (watched.inApiAt === null) {
      const standing = standingOf(await api.get(`/v1/enrollments/${id}`, Enrollment), step);
      if (standing === "settled") this.#watched.delete(key);
      if (standing === "sending") watched.nextLookAt = Math.max(watched.nextLookAt, leaseEndAt);
      if (standing !== "doubtful") return;
      watched.inApiAt = Date.now();
    }
    if (!(await isDoubtLogged(api, id, step))) return;
    this.#watched.delete(key);
    this.surfaced.set(key, { key, inApiAt: watched.inApiAt, inLogAt: Date.now() });
  }
}

/** `settled`: not on its way, so it is not in doubt, or no longer. */
function standingOf(enrollment: EnrollmentBody, step: number): "sending" | "doubtful" | "settled" {
  const outcome = enrollment.outcomes.find((one) => one.step === step)?.outcome;
  if (outcome !== undefined) return outcome === "ambiguous" ? "doubtful" : "settled";
  if (enrollment.currentStep !== step) return "settled";
  if (enrollment.phase === "held" && enrollment.heldReason === "ambiguous") return "doubtful";
  return enrollment.phase === "sending" ? "sending" : "settled";
}

async function isDoubtLogged(api: Api, id: string, step: number): Promise<boolean> {
  const lines = await api.all(`/v1/enrollments/${id}/timeline`, LogEntry, 200);
  return lines.some((line) => line.kind === "note" && line.what === "send_doubtful" && line.step === step);
}
