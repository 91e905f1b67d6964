import { DurableObject } from "cloudflare:workers";
import { type Beginning, begin } from "../core/begin.ts";
import type { CadenceVersion } from "../core/cadence.ts";
import { type Effect, onlyLooks, type Transition, type Write } from "../core/effects.ts";
import type { Enrollment } from "../core/enrollment.ts";
import type { EnrollmentEvent, EventOf, InboundReply } from "../core/events.ts";
import { settleIn } from "../core/portable/settle-in.ts";
import { transition } from "../core/transition.ts";
import { alarmToSet, nextWakeAfter, nextWakeAt, RunBudget, soonerOf } from "../core/wake.ts";
import { tellElsewhere } from "./ask-contacts.ts";
import { atMost } from "./at-most.ts";
import type { Answer, RequestEvent } from "./enrollment-requests.ts";
import { EnrollmentStore, type Keeping, type OutboxLine } from "./enrollment-store.ts";
import { logMessages } from "./flush.ts";
import { hurryOf } from "./hurry.ts";
import { type Happened, perform } from "./perform/perform.ts";
import { lookAround, type Surroundings } from "./perform/surroundings.ts";
import { isNamedFor } from "./stub.ts";
import { readTakenOut, type TakenOut } from "./taken-out.ts";

interface Loaded {
  readonly state: Enrollment;
  readonly cadence: CadenceVersion;
}

/** Two messages stay under the 256 KB that one call to a queue may carry. */
const MESSAGES_AT_ONCE = 2;
/** An alarm may run for 15 minutes; from here on it begins nothing new and leaves the rest to the next one. */
const RUN_MAX_MS = 5 * 60_000;
const SOON_MS = 1;
/** What hasn't ended by then won't. Longer than any lease: what the effect was for has been seen to meanwhile. */
const EFFECT_MAX_MS = 60_000;
/** R2 and the log queue together. While an alarm waits for them no other one runs. */
const FLUSH_MAX_MS = 10_000;
const FLUSH_AGAIN_MS = 30_000;
const FLUSH_AGAIN_MAX_MS = 600_000;
const SOON_ENOUGH_MS = 20_000;
const LAST_WORDS_MAX_MS = 5_000;
/** On one machine the queue is lost with the process: the repeats of a message that D1 refused for five minutes come within it. */
const ON_ONE_MACHINE: Keeping = { lookedAtMs: [5_000], deletedAtMs: 10 * 60_000 };
const TROUBLE_MS = 5_000;
const TROUBLE_MAX_MS = 600_000;

/**
 * One enrollment. It loads, asks the core, commits, performs; what anything means is in `core/transition.ts`.
 * Requests only commit and set the alarm; effects are performed by the alarm, so a crash anywhere is found by the next one.
 */
export class EnrollmentObject extends DurableObject<Env> {
  private readonly store: EnrollmentStore;
  private loaded: Loaded | null;
  /** Writes of transitions that only led to a look; they are committed with what the look leads to. */
  private held: Write[] = [];
  private uncommitted = false;
  private scheduled: number | null = null;
  /** After trouble: when to come back, whatever the state says. */
  private againAt: number | null = null;
  private troubles = 0;
  private flushTroubles = 0;
  private readonly inFlight = new Set<Promise<void>>();
  private flushing: Promise<void> = Promise.resolve();
  /** Called when a request changed something while an alarm run waits. */
  private interrupt: () => void = () => undefined;
  private readonly budget = new RunBudget();

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.store = new EnrollmentStore(ctx.storage, env.LOCAL_MODE === "on" ? ON_ONE_MACHINE : undefined);
    this.loaded = this.load();
    // Looks only: an alarm set in a constructor is pushed ahead by every start and never rings.
    void ctx.blockConcurrencyWhile(async () => {
      this.scheduled = await ctx.storage.getAlarm();
    });
  }

  /** Starts the enrollment; one that has begun stays as it is. */
  async begin(beginning: Beginning, cadence: CadenceVersion): Promise<{ created: boolean }> {
    if (!isNamedFor(this.ctx.id.name, beginning)) throw new Error(`${beginning.id} was begun in another's object`);
    if (this.loaded !== null || this.store.isErased()) return { created: false };
    const begun = begin(beginning, cadence, Date.now());
    this.store.commit(begun.state, begun.writes, cadence);
    this.loaded = { state: begun.state, cadence };
    this.arm();
    this.flushBesides();
    return { created: true };
  }

  /** A person's or the customer's word: committed before this answers. */
  async request(event: RequestEvent): Promise<Answer> {
    return this.accept(event);
  }

  /** A mail that was matched to this enrollment. Once it is accepted the person's other enrollments can know, too. */
  async receive(reply: InboundReply): Promise<Answer> {
    const elsewhereKnows = this.loaded !== null && (await tellElsewhere(this.env, this.loaded.state, reply));
    return this.accept({ type: "reply_received", reply, elsewhereKnows });
  }

  /** The truth, or null when there is none any more. */
  async read(): Promise<Enrollment | null> {
    return this.loaded?.state ?? null;
  }

  /** The truth, with the version that it runs on; null when there is none any more. */
  async readWithCadence(): Promise<Loaded | null> {
    return this.loaded;
  }

  /** The end of the log's chain; null where there is nothing any more. */
  async readChainEnd(): Promise<ReturnType<EnrollmentStore["chainEnd"]> | null> {
    return this.loaded === null ? null : this.store.chainEnd();
  }

  /** The truth, and how many lines of the log tell it. */
  async readWithLines(): Promise<{ readonly enrollment: Enrollment; readonly lines: number } | null> {
    return this.loaded === null ? null : { enrollment: this.loaded.state, lines: this.store.lastLine() };
  }

  /** All of it as JSON (durable-objects/taken-out.ts), to be begun in another installation; null when there is none. Nothing changes here. */
  async takeOut(): Promise<string | null> {
    if (this.loaded === null) return null;
    return JSON.stringify({ ...this.loaded, ...this.store.besides() } satisfies TakenOut);
  }

  /** Goes on with what another installation took out. One that is here already, or was erased, stays as it is. */
  async takeIn(json: string): Promise<{ created: boolean }> {
    if (this.loaded !== null || this.store.isErased()) return { created: false };
    const read = readTakenOut(JSON.parse(json));
    if (!read.ok || !isNamedFor(this.ctx.id.name, read.takenOut.state)) throw new Error("this isn't this object's");
    const { cadence, state: before, ...besides } = read.takenOut;
    const state = settleIn(before, Date.now());
    this.store.putBesides(besides, new Set(state.deliveries.map(({ bodyKey }) => bodyKey)));
    this.store.commit(state, [], cadence);
    this.loaded = { state, cadence };
    this.arm();
    this.flushBesides({ evenEmpty: true });
    return { created: true };
  }

  /** Poked from outside: what is overdue is done, what lies in the outbox is sent, a lost alarm is set again. False when nothing is here. */
  async wake(cause: EventOf<"woken">["cause"]): Promise<boolean> {
    if (this.loaded === null) return false;
    this.scheduled = await this.ctx.storage.getAlarm();
    this.accept({ type: "woken", cause });
    this.arm();
    if (cause === "swept") this.store.offerAgain();
    // Whoever sweeps believes the index, so the index is told how things stand, also when nothing is new here.
    if (cause === "swept") this.flushBesides({ evenEmpty: true });
    return true;
  }

  /**
   * The person is erased: nothing is left here, at once, and nothing begins here again. What was under way
   * is given some seconds to end, so that little of it is written behind the caller's back. Doing it twice changes nothing.
   */
  async erase(): Promise<void> {
    this.loaded = null;
    this.held = [];
    this.uncommitted = false;
    this.scheduled = null;
    this.againAt = null;
    await this.store.erase();
    const underWay = Promise.allSettled([...this.inFlight, this.flushing]);
    await atMost(LAST_WORDS_MAX_MS, "what was under way", () => underWay).catch(() => undefined);
  }

  /** Never throws: a handler that throws is retried six times and then its alarm is gone for ever. */
  override async alarm(): Promise<void> {
    this.scheduled = null;
    this.againAt = null;
    const troublesBefore = this.troubles;
    try {
      if (this.budget.spend(Date.now())) await this.workOff();
      this.settle();
      if (this.troubles === troublesBefore) this.troubles = 0;
    } catch (error) {
      this.recover(error);
    }
    await this.flush();
    this.store.tidy(Date.now());
    this.arm();
  }

  /**
   * Does what is due, and stays until all of it is done. What becomes due meanwhile, or comes in, is done too: a slow
   * webhook holds up nothing but its own step.
   */
  private async workOff(): Promise<void> {
    const from = Date.now();
    let looked = from;
    this.start({ type: "alarm_fired" });
    while (this.inFlight.size > 0) {
      if (Date.now() - from > RUN_MAX_MS) {
        await Promise.race(this.inFlight);
        continue;
      }
      const news = await this.nextNews(looked);
      if (news === "an effect ended") continue;
      looked = Date.now();
      this.start({ type: "alarm_fired" });
    }
  }

  /** Waits for an effect to end, for the next thing to become due after `looked`, or for a request to change something. */
  private async nextNews(looked: number): Promise<"an effect ended" | "something is due"> {
    const dueAt = this.loaded === null ? null : nextWakeAfter(this.loaded.state, looked);
    const patience = new AbortController();
    const due = new Promise<"something is due">((resolve) => {
      this.interrupt = () => resolve("something is due");
      if (dueAt === null) return;
      const waited = scheduler.wait(Math.max(dueAt - Date.now(), SOON_MS), { signal: patience.signal });
      waited.then(
        () => resolve("something is due"),
        () => undefined,
      );
    });
    const ended = Promise.race(this.inFlight).then(() => "an effect ended" as const);
    try {
      return await Promise.race([ended, due]);
    } finally {
      this.interrupt = () => undefined;
      patience.abort();
    }
  }

  private accept(event: Happened): Answer {
    if (this.loaded === null) return { ok: false, code: "not_found", detail: "There is no such enrollment." };
    const before = this.loaded.state;
    try {
      const { refusal } = this.apply(event);
      this.settle();
      if (refusal !== null) return { ok: false, ...refusal };
    } catch (error) {
      this.recover(error);
      throw error;
    }
    this.arm();
    this.interrupt();
    this.flushBesides();
    return { ok: true, before, enrollment: this.loaded.state };
  }

  /** One event, and whatever follows from it; effects run side by side, each by itself. */
  private start(event: Happened): void {
    for (const effect of this.apply(event).effects) this.stayFor(this.follow(effect));
  }

  /** The run lasts until `work` has ended. */
  private stayFor(work: Promise<void>): void {
    const running = work.catch((error) => this.recover(error)).finally(() => this.inFlight.delete(running));
    this.inFlight.add(running);
  }

  private async follow(effect: Effect): Promise<void> {
    if (effect.type === "forget_everything") return this.forget();
    const around = this.surroundings();
    if (around === null) return;
    const happened = await atMost(EFFECT_MAX_MS, effect.type, () => perform(effect, around));
    // The state is read again by then: whatever came in meanwhile was committed, and wins.
    if (happened !== null && this.loaded !== null) this.start(happened);
  }

  /** Core decides; what it decided is committed, unless all it wants is to look further. */
  private apply(event: Happened): Transition {
    const { state, cadence } = this.mustBeLoaded();
    const stamped = { ...event, at: Date.now(), dice: Math.random(), hurry: hurryOf(this.env) } as EnrollmentEvent;
    const moved = transition(state, stamped, cadence);
    this.loaded = { state: moved.state, cadence };
    this.held.push(...moved.writes);
    this.uncommitted ||= moved.state !== state || moved.writes.length > 0;
    if (!onlyLooks(moved.effects)) this.settle();
    return moved;
  }

  /** Commits, and with it the alarm: both are durable before anything leaves the object. */
  private settle(): void {
    if (!this.uncommitted || this.loaded === null) return;
    this.store.commit(this.loaded.state, this.held);
    this.held = [];
    this.uncommitted = false;
    this.arm();
  }

  private arm(): void {
    if (this.loaded === null) return;
    const now = Date.now();
    const wakeAt = nextWakeAt(this.loaded.state);
    const tidyAt = this.tidyAt(this.loaded.state, wakeAt);
    const due = tidyAt === null ? wakeAt : Math.min(tidyAt, wakeAt ?? tidyAt);
    const wanted = this.againAt === null ? due : soonerOf(due, this.againAt, now);
    const at = alarmToSet(wanted === null ? null : Math.max(wanted, this.budget.earliest(now)), this.scheduled, now);
    if (at === null) return;
    this.scheduled = at;
    // Not awaited: it is part of the same commit, and where that fails the platform resets the object.
    this.ctx.storage
      .setAlarm(at)
      .catch((error) => console.error("the alarm could not be set; the object starts anew", error));
  }

  /**
   * Old lines are deleted by the next commit; where none is to come, by an alarm of their own. On one machine always: its
   * queue lives in memory, and what was lost with it is offered again by whoever starts, which must not be days later.
   */
  private tidyAt({ phase }: Enrollment, wakeAt: number | null): number | null {
    const tidyAt = this.store.tidyAt();
    if (tidyAt === null || phase.name === "finished" || phase.name === "held") return tidyAt;
    const comesSoon = wakeAt !== null && wakeAt < tidyAt + SOON_ENOUGH_MS;
    return this.env.LOCAL_MODE === "on" && !comesSoon ? tidyAt : null;
  }

  private flushBesides(how = { evenEmpty: false }): void {
    this.ctx.waitUntil(this.flush(how).then(() => this.arm()));
  }

  /** Outbox to queue. When the queue can't take it, the lines stay and are offered again. */
  private flush(how = { evenEmpty: false }): Promise<void> {
    this.flushing = this.handOutboxOver(how);
    return this.flushing;
  }

  private async handOutboxOver({ evenEmpty }: { readonly evenEmpty: boolean }): Promise<void> {
    try {
      const { loaded } = this;
      const outbox = this.store.outbox();
      if (loaded === null || (outbox.length === 0 && !evenEmpty)) return;
      await atMost(FLUSH_MAX_MS, "the log queue", () => this.handOver(loaded, outbox));
      this.flushTroubles = 0;
    } catch (error) {
      console.error("the log queue could not take the outbox; it is offered again", error);
      this.againAt = Date.now() + Math.min(FLUSH_AGAIN_MS * 2 ** this.flushTroubles, FLUSH_AGAIN_MAX_MS);
      this.flushTroubles += 1;
      this.arm();
    }
  }

  private async handOver({ state, cadence }: Loaded, outbox: readonly OutboxLine[]): Promise<void> {
    const messages = await logMessages(this.env.BODIES, state, cadence, outbox, Date.now());
    for (let at = 0; at < messages.length && this.loaded !== null; at += MESSAGES_AT_ONCE) {
      const slice = messages.slice(at, at + MESSAGES_AT_ONCE);
      await this.env.LOG_QUEUE.sendBatch(slice.map((body) => ({ body })));
      const last = slice.at(-1)?.lines.at(-1);
      if (last !== undefined) this.store.handedOver(last.n, Date.now());
    }
  }

  /** The grace for late replies is over. Nothing goes before the log has it all, nor with what came in meanwhile. */
  private async forget(): Promise<void> {
    const before = this.loaded?.state.revision;
    await this.flush();
    if (this.store.outbox().length > 0 || this.loaded?.state.revision !== before) return;
    this.loaded = null;
    this.scheduled = null;
    await this.store.forget();
  }

  /** Something broke that should not. What is stored stands; we come back later, ever less often. */
  private recover(error: unknown): void {
    console.error("the enrollment could not go on; it is tried again", error);
    this.held = [];
    this.uncommitted = false;
    this.againAt = Date.now() + Math.min(TROUBLE_MS * 2 ** this.troubles, TROUBLE_MAX_MS);
    this.troubles += 1;
    try {
      this.loaded = this.load();
    } catch (unreadable) {
      console.error("the enrollment could not be read back", unreadable);
    }
  }

  /** What is stored, if it is this object's own: with another's it would write to another's leads. */
  private load(): Loaded | null {
    const loaded = this.store.load();
    if (loaded === null || isNamedFor(this.ctx.id.name, loaded.state)) return loaded;
    console.error("an object holds an enrollment that isn't its own and does nothing", this.ctx.id.name);
    return null;
  }

  private known: Surroundings["known"] = { endpoint: null, mailbox: null, linkedin: null, account: null };

  private surroundings(): Surroundings | null {
    if (this.loaded === null) return null;
    const { state, cadence } = this.loaded;
    const look = async () => {
      const looked = await lookAround(this.env, state, cadence);
      this.known = { ...looked, account: looked.facts.linkedin };
      return looked;
    };
    const besides = (work: Promise<void>) => this.stayFor(work);
    return { env: this.env, store: this.store, state, cadence, known: this.known, look, besides };
  }

  private mustBeLoaded(): Loaded {
    if (this.loaded === null) throw new Error("the enrollment is empty");
    return this.loaded;
  }
}
