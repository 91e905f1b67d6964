import type { CadenceVersion } from "../../../core/cadence.ts";
import { type Effect, onlyLooks, type Transition, type Write } from "../../../core/effects.ts";
import type { Enrollment } from "../../../core/enrollment.ts";
import type { EnrollmentEvent } from "../../../core/events.ts";
import type { JournalEntry } from "../../../core/journal.ts";
import { transition } from "../../../core/transition.ts";
import { alarmToSet, nextWakeAt } from "../../../core/wake.ts";

/** An event before the shell adds the time and the dice. */
export type Happened = EnrollmentEvent extends infer Event
  ? Event extends EnrollmentEvent
    ? Omit<Event, "at" | "dice">
    : never
  : never;

/** What of the production code a mutant may replace. */
export interface Engine {
  readonly transition: typeof transition;
  readonly onlyLooks: typeof onlyLooks;
  readonly nextWakeAt: typeof nextWakeAt;
}

export const PRODUCTION: Engine = { transition, onlyLooks, nextWakeAt };

/** An effect that was begun and hasn't answered. */
export interface OpenEffect {
  readonly effect: Effect;
  readonly openedAt: number;
  /** The state's revision when it began. */
  readonly revision: number;
}

/** What the checker sees of the shell, as it happens. */
export interface Watcher {
  applied(before: Enrollment, event: EnrollmentEvent, moved: Transition): void;
  committed(state: Enrollment): void;
  crashed(): void;
  opened(effect: Effect, shell: ShellModel): void;
}

/** What survives a crash. */
export interface Disk {
  state: Enrollment;
  readonly texts: Map<string, string>;
  readonly journal: JournalEntry[];
  alarm: number | null;
  forgotten: boolean;
}

/**
 * `durable-objects/enrollment.ts` without the platform: it commits and arms in the same order, performs effects on the
 * alarm path only, and keeps transitions that only look in memory until the next commit.
 */
export class ShellModel {
  readonly disk: Disk;
  /** Effects under way, oldest first. */
  open: OpenEffect[] = [];
  private memory: Enrollment;
  private held: Write[] = [];
  private uncommitted = false;
  private ringing = false;

  private readonly engine: Engine;
  private readonly cadence: CadenceVersion;
  private readonly watcher: Watcher;

  constructor(engine: Engine, cadence: CadenceVersion, watcher: Watcher, begun: Transition, now: number) {
    this.engine = engine;
    this.cadence = cadence;
    this.watcher = watcher;
    this.disk = { state: begun.state, texts: new Map(), journal: [], alarm: null, forgotten: false };
    this.memory = begun.state;
    this.held = [...begun.writes];
    this.commit(now);
  }

  /** What the process believes; `disk.state` is what a crash would leave. */
  get state(): Enrollment {
    return this.memory;
  }

  /** A person's or the customer's word: committed before it is answered. */
  request(happened: Happened, now: number, dice: number): Transition {
    const moved = this.apply(happened, now, dice);
    this.settle(now);
    this.arm(now);
    return moved;
  }

  /** The platform rings: the alarm is used up, and what it leads to begins. */
  ring(now: number, dice: number): void {
    this.disk.alarm = null;
    this.ringing = true;
    this.begin(this.apply({ type: "alarm_fired" }, now, dice).effects, now);
    this.restIfDone(now);
  }

  /** An effect ended; null when it has nothing to tell. */
  answer(ended: OpenEffect, happened: Happened | null, now: number, dice: number): void {
    this.open = this.open.filter((other) => other !== ended);
    if (ended.effect.type === "forget_everything") this.forget(ended.revision);
    if (happened !== null && !this.disk.forgotten) this.begin(this.apply(happened, now, dice).effects, now);
    this.restIfDone(now);
  }

  /** The process dies: memory and whatever was under way are gone; an alarm that didn't end rings again. */
  kill(now: number): void {
    this.memory = this.disk.state;
    this.held = [];
    this.uncommitted = false;
    this.open = [];
    if (this.ringing && this.disk.alarm === null && !this.disk.forgotten) this.disk.alarm = now;
    this.ringing = false;
    this.watcher.crashed();
  }

  private begin(effects: readonly Effect[], now: number): void {
    for (const effect of effects) {
      this.watcher.opened(effect, this);
      this.open.push({ effect, openedAt: now, revision: this.memory.revision });
    }
  }

  private apply(happened: Happened, now: number, dice: number): Transition {
    const event = { ...happened, at: now, dice } as EnrollmentEvent;
    const before = this.memory;
    const moved = this.engine.transition(before, event, this.cadence);
    this.watcher.applied(before, event, moved);
    this.memory = moved.state;
    this.held.push(...moved.writes);
    this.uncommitted ||= moved.state !== before || moved.writes.length > 0;
    if (!this.engine.onlyLooks(moved.effects)) this.settle(now);
    return moved;
  }

  private settle(now: number): void {
    if (this.uncommitted) this.commit(now);
  }

  private commit(now: number): void {
    for (const write of this.held) this.write(write);
    this.disk.state = this.memory;
    this.held = [];
    this.uncommitted = false;
    this.watcher.committed(this.memory);
    this.arm(now);
  }

  private write(write: Write): void {
    if (write.type === "journal") this.disk.journal.push(write.entry);
    if (write.type === "keep_text") this.disk.texts.set(write.key, write.text);
    if (write.type === "drop_text") this.disk.texts.delete(write.key);
  }

  /** The alarm handler ends when all that it began has ended. */
  private restIfDone(now: number): void {
    if (this.open.length > 0 || this.disk.forgotten) return;
    this.settle(now);
    this.ringing = false;
    this.arm(now);
  }

  private arm(now: number): void {
    const at = alarmToSet(this.engine.nextWakeAt(this.memory), this.disk.alarm, now);
    if (at !== null) this.disk.alarm = at;
  }

  /** As the object does it: with what came in meanwhile nothing is forgotten yet. */
  private forget(revision: number): void {
    if (this.memory.revision !== revision) return;
    this.disk.forgotten = true;
    this.disk.alarm = null;
    this.disk.texts.clear();
  }
}
