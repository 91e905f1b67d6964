import { Temporal } from "temporal-polyfill";
import type { CadenceVersion } from "../../../core/cadence.ts";
import { DRAFT_LIFETIME_MS } from "../../../core/contract/limits.ts";
import { stepDelayMs } from "../../../core/contract/step.ts";
import type { Effect, Transition } from "../../../core/effects.ts";
import type { Enrollment } from "../../../core/enrollment.ts";
import type { EnrollmentEvent, Lane } from "../../../core/events.ts";
import type { Facts } from "../../../core/facts.ts";
import { TIME_ZONE, type WorldShape } from "./cadences.ts";
import { type FarSides, HOUR } from "./far-sides.ts";
import type { ShellModel, Watcher } from "./shell.ts";

/** An invariant of engine.md that doesn't hold. */
export class Violation extends Error {}

/**
 * Watches a run and knows only what was accepted, committed and seen on the wire; it throws at the first thing that the
 * printed promise forbids. It reckons due times and opening hours by itself.
 */
export class Witness implements Watcher {
  now = 0;
  /** What was accepted that ends the cadence; a reply's end can be taken back by the customer, another can't. */
  stopped: "reply" | "final" | null = null;
  paused: "person" | "engine" | null = null;
  /** By how much the clock was set back in all: an alarm set before comes later by that, and never earlier. */
  setBackMs = 0;
  /** Inbound number of the newest reply by a person. */
  newestReply = 0;
  /** When a person last surely replied. */
  sureReplyAt: number | null = null;
  /** Messages that may have arrived, by send key; and those of which a person said that they didn't. */
  private readonly doubtful = new Set<string>();
  private readonly lost = new Set<string>();
  readonly settledAsArrived = new Set<number>();
  readonly edited = new Set<string>();
  /** Steps leave in order: none before the last that left. */
  private lastIntentStep = 0;
  private readonly completedAt = new Map<number, number>();
  private readonly deferredUntil = new Map<number, number>();
  private readonly askedAt = new Map<string, number>();
  private readonly lastAttempt = new Map<string, number>();
  private readonly answers = new Map<string, string>();
  private freshAnswers: [string, string][] = [];
  private readonly told = new Set<string>();
  private readonly heard = new Set<string>();
  private freshTold: string[] = [];
  /** The drafts that the customer was told to be held or doubtful. */
  private readonly toldHeld = new Set<string>();
  private freshHeld: string[] = [];
  /** When the customer was asked about replies. */
  private readonly questionsAt: number[] = [];
  private readonly dispatched = new Set<string>();
  /** Send keys, without their generation, of what a person did. */
  private readonly doneByHand = new Set<string>();
  private readonly acceptedReports = new Set<string>();
  /** Send keys that the records were asked for since their last try. */
  private readonly lookedUp = new Set<string>();
  /** The last look at the gates for each lane, and by how much the clock had been set in all by then. */
  private readonly looks = new Map<string, { readonly facts: Facts; readonly setMs: number }>();
  private setMs = 0;
  /** By how much it had been set when the mailbox, or the person's count, last answered about a step's message. */
  private readonly setMsAt = { place_answered: 0, contacts_answered: 0 };

  private readonly cadence: CadenceVersion;
  private readonly shape: WorldShape;
  private readonly far: FarSides;

  constructor(cadence: CadenceVersion, shape: WorldShape, far: FarSides) {
    this.cadence = cadence;
    this.shape = shape;
    this.far = far;
    this.completedAt.set(-1, shape.startAt);
  }

  applied(before: Enrollment, event: EnrollmentEvent, moved: Transition): void {
    this.journalIsTrue(event, moved);
    if (event.type === "facts_read" && event.purpose.to === "send")
      this.looks.set(nameOf(event.purpose.lane), { facts: event.facts, setMs: this.setMs });
    for (const write of moved.writes)
      if (write.type === "journal" && write.entry.kind === "note" && write.entry.code === "task_created")
        this.taskBegins(before, write.entry.subjectId ?? "");
    if (event.type === "place_answered" || event.type === "contacts_answered") this.setMsAt[event.type] = this.setMs;
    for (const write of moved.writes)
      if (write.type === "journal" && write.entry.kind === "note" && write.entry.code === "send_doubtful")
        this.doubtful.add(write.entry.subjectId ?? "");
    for (const write of moved.writes)
      if (write.type === "keep_text" && write.key.startsWith("evt_")) this.tellingOf(write.key, write.text);
    const given = moved.writes.some(
      (write) => write.type === "journal" && write.entry.kind === "note" && write.entry.code === "event_given_up",
    );
    if (
      event.type === "event_delivered" ||
      event.type === "reply_completion_received" ||
      (event.type === "event_undelivered" && given)
    )
      this.heard.add(before.deliveries.find(({ id }) => id === event.deliveryId)?.bodyKey ?? "");
    if (moved.state.settled.at(-1) !== before.settled.at(-1)) this.answerCounts(event, moved.state);
    if (event.type === "send_finished" && event.result.kind === "accepted") this.acceptedReports.add(event.sendKey);
  }

  committed(state: Enrollment): void {
    for (const [id, digest] of this.freshAnswers) this.answers.set(id, digest);
    for (const id of this.freshTold) this.told.add(id);
    for (const draftId of this.freshHeld) this.toldHeld.add(draftId);
    this.freshAnswers = [];
    this.freshTold = [];
    this.freshHeld = [];
    this.heldMeansTold(state);
    for (const { step } of state.outcomes) if (!this.completedAt.has(step)) this.completedAt.set(step, this.now);
    for (const step of this.completedAt.keys())
      if (step >= 0 && !state.outcomes.some((outcome) => outcome.step === step)) this.completedAt.delete(step);
  }

  crashed(): void {
    this.freshAnswers = [];
    this.freshTold = [];
    this.freshHeld = [];
  }

  opened(effect: Effect, shell: ShellModel): void {
    if (effect.type === "request_draft") this.asks(effect.draftId, effect.attempt, shell);
    if (effect.type === "deliver_event") this.tells(effect.deliveryId, effect.attempt, shell);
    if (effect.type === "send_message") {
      this.far.sendsBy.set(effect, this.far.account);
      this.intends(effect.lane, effect.sendKey, shell);
    }
    if (effect.type === "look_message_up") this.lookedUp.add(effect.sendKey);
  }

  /** The clock was set, there or back. */
  clockSet(ms: number): void {
    this.now += ms;
    this.setBackMs += Math.max(0, -ms);
    this.setMs += ms;
  }

  /** The customer asked to be asked later, and it counted. */
  deferred(step: number, until: number): void {
    this.deferredUntil.set(step, until);
  }

  /** The customer said to go on after the newest reply. */
  continued(reply: number): void {
    if (reply !== this.newestReply) return;
    if (this.stopped === "reply") this.stopped = null;
    if (this.paused === "engine") this.paused = null;
    this.deferredUntil.clear();
  }

  /** The provider has told the engine that it took this message: no other may follow it. */
  reported(sendKey: string): void {
    this.acceptedReports.add(sendKey);
  }

  /** A completion was answered with 200. */
  completionTaken(id: string, digest: string): void {
    const before = this.answers.get(id);
    if (before !== undefined && before !== digest) throw new Violation(`two answers to ${id} were both accepted`);
    const askedAt = this.askedAt.get(id);
    if (before === undefined && askedAt !== undefined && this.now >= askedAt + DRAFT_LIFETIME_MS)
      throw new Violation(`${id} took an answer after it had expired`);
  }

  /** After every command. */
  check(shell: ShellModel): void {
    this.atMostOnce();
    oneOutcomePerPassedStep(shell.disk.state, this.cadence.steps.length);
    this.sentMeansSeen(shell.disk.state);
    someoneWillCome(shell, this.now, this.setBackMs);
    staysSmall(shell.disk.state);
  }

  /** When all is healed and nothing is left to do. */
  drained(shell: ShellModel): void {
    for (const id of this.told)
      if (!this.heard.has(id)) throw new Violation(`${id} was to be told and neither arrived nor was given up`);
    for (const [day, slots] of this.far.slots)
      for (const slot of slots)
        if (!this.dispatched.has(slot) && !this.far.unheardSlots.has(`${day} ${slot}`))
          throw new Violation(`the slot ${slot} of ${day} was neither used nor given back`);
    this.countedMeansSent();
    const noted = this.far.notedReplies.at(-1) ?? null;
    if (noted !== this.sureReplyAt) throw new Violation("the person's other enrollments don't know of the last reply");
    for (const { id, is } of this.far.book.places.values())
      if (
        id.startsWith("drf_") &&
        !this.dispatched.has(id.split(" ")[0] ?? "") &&
        !this.far.unheardSlots.has(`place ${id}`)
      )
        throw new Violation(`the ${is} place of ${id} was neither used nor given back`);
    for (const key of shell.disk.texts.keys()) throw new Violation(`the stored bytes of ${key} were never dropped`);
  }

  /** A person did it: nobody else saw it. */
  doneByPerson({ draft }: Extract<Enrollment["phase"], { name: "tasked" }>, step: number): void {
    this.dispatched.add(draft.id);
    if (draft.id.startsWith("drf_")) this.settledAsArrived.add(step);
    this.doneByHand.add(`dh-${draft.id.split("_")[1]}-${step}`);
  }

  /** A person said of a doubtful message that it didn't arrive. */
  saidToBeLost(phase: Enrollment["phase"] | undefined): void {
    if (phase !== undefined && "job" in phase && phase.job !== null) this.lost.add(phase.job.sendKey);
  }

  /** What was sent, or may have been, counts with its person; nothing else does. */
  private countedMeansSent(): void {
    if (this.shape.personLimit === null) return;
    for (const [to, counted] of this.far.counted)
      for (const key of counted.keys())
        if (
          !key.startsWith("foreign") &&
          !this.doubtful.has(key) &&
          !this.doneByHand.has(key.split("-").slice(0, 3).join("-")) &&
          !this.far.accepted.some(({ sendKey }) => sendKey === key) &&
          !this.far.unheardContacts.has(`${to} ${key}`)
        )
          throw new Violation(`${key} counts with ${to}, and was never sent`);
    for (const { sendKey, payload } of this.far.accepted) {
      const { to } = JSON.parse(payload) as { to: string };
      if (sendKey.split("-")[2]?.startsWith("r") || this.lost.has(sendKey)) continue;
      if (!this.far.countedFor(to).has(sendKey)) throw new Violation(`${sendKey} was sent and doesn't count`);
    }
  }

  /** I1: at most one accepted send for each step and generation, unless the cadence chose to repeat a doubtful one. */
  private atMostOnce(): void {
    const { accepted } = this.far;
    const last = accepted.at(-1);
    if (last === undefined || this.shape.onAmbiguous === "resend_after") return;
    if (accepted.some((before) => before !== last && before.sendKey === last.sendKey))
      throw new Violation(`I1: ${last.sendKey} was accepted twice`);
  }

  /** An event is to be told: which draft waits for a person, and how often the customer is asked about replies. */
  private tellingOf(id: string, body: string): void {
    this.freshTold.push(id);
    const { type, data } = JSON.parse(body) as { type: string; data: { draftId?: string | null } };
    if (type === "cadence.step.held" || type === "cadence.step.ambiguous") this.freshHeld.push(data.draftId ?? "");
    if (type !== "cadence.lead.replied") return;
    this.questionsAt.push(this.now);
    // With the clock an hour back, what came in then counts for another hour, and lets as many more through.
    if (this.setBackMs === 0 && this.questionsAt.filter((at) => at > this.now - 3600_000).length > 20)
      throw new Violation("the customer was asked about more than twenty replies within an hour");
  }

  /** What waits for a person has been told to the customer, be it a step or an answer to a reply. */
  private heldMeansTold(state: Enrollment): void {
    for (const phase of [state.phase, ...state.answers.map((answer) => answer.phase)])
      if (phase.name === "held" && !this.toldHeld.has(phase.draft?.id ?? ""))
        throw new Violation(`${phase.draft?.id ?? `step ${state.step}`} is held and nobody was told`);
  }

  /** I3: "sent" means that the provider saw it, or that a person said so. */
  private sentMeansSeen(state: Enrollment): void {
    for (const { step, outcome } of state.outcomes)
      if (
        outcome === "sent" &&
        !this.settledAsArrived.has(step) &&
        !this.far.accepted.some(({ sendKey }) => sendKey.split("-")[2] === `${step}`)
      )
        throw new Violation(`I3: step ${step} is "sent", and the provider never saw it`);
  }

  private asks(draftId: string, attempt: number, shell: ShellModel): void {
    const step = stepOf(draftId);
    if (!this.askedAt.has(draftId)) this.askedAt.set(draftId, this.now);
    this.lastAttempt.set(draftId, attempt);
    this.mayBegin(step, `asking for ${draftId}`);
    if (this.passed() < (this.deferredUntil.get(step) ?? 0))
      throw new Violation(`I7: ${draftId} was asked before the time that the customer named`);
    const phase = shell.disk.state.phase;
    if (phase.name !== "drafting" || phase.draft.id !== draftId || phase.draft.attempt !== attempt)
      throw new Violation(`${draftId} was asked before the attempt was committed`);
  }

  /** I6 and I7 for what a person is to do. */
  private taskBegins(before: Enrollment, draftId: string): void {
    if (!draftId.startsWith("drf_")) return;
    this.mayBegin(before.step, `the task ${draftId}`);
    if (stepOf(draftId) !== before.step) throw new Violation(`I5: step ${before.step} is a task of ${draftId}`);
  }

  private tells(deliveryId: string, attempt: number, { disk }: ShellModel): void {
    const delivery = disk.state.deliveries.find(({ id }) => id === deliveryId);
    const body = disk.texts.get(delivery?.bodyKey ?? "");
    if (delivery?.attempt !== attempt || body === undefined)
      throw new Violation(`${deliveryId} was told before the attempt and its bytes were committed`);
    this.far.arrived.set(deliveryId, body);
  }

  private intends(lane: Lane, sendKey: string, shell: ShellModel): void {
    const { state, texts } = shell.disk;
    const phase = lane.of === "step" ? state.phase : state.answers.find((answer) => answer.reply === lane.reply)?.phase;
    if (phase?.name !== "sending" || phase.job.sendKey !== sendKey || !texts.has(sendKey))
      throw new Violation(`${sendKey} was sent before its intent was committed`);
    if (this.acceptedReports.has(sendKey))
      throw new Violation(`I1: ${sendKey} was sent again although it had been accepted`);
    if (phase.job.doubt !== null && phase.job.lookUps !== null && !this.lookedUp.delete(sendKey))
      throw new Violation(`${sendKey} was sent again without a look at the provider's records`);
    this.far.arrived.set(sendKey, texts.get(sendKey) ?? "");
    const message = JSON.parse(texts.get(sendKey) ?? "") as { to: string; text: string };
    const isThere = phase.job.channel === "linkedin";
    // Whose count it is in goes by the lead's address as it is now.
    if (isThere) message.to = state.lead.email ?? "";
    if (isThere) this.far.arrived.set(sendKey, JSON.stringify(message));
    this.gatesWereOpen(lane, isThere);
    this.dispatched.add(phase.draft.id);
    if (lane.of === "reply") {
      if (!phase.draft.id.startsWith("evt_") || !this.isTheAnswer(phase.draft.id, message.text))
        throw new Violation(`I5: the answer to reply ${lane.reply} is ${message.text}`);
      return;
    }
    this.mayBegin(state.step, `sending ${sendKey}`);
    this.contactIsFree(sendKey, message.to);
    this.personIsFree(sendKey, [message.to, ...state.formerEmails]);
    if (state.step < this.lastIntentStep)
      throw new Violation(`I7: step ${state.step} was sent after step ${this.lastIntentStep}`);
    this.lastIntentStep = state.step;
    if (stepOf(phase.draft.id) !== state.step) throw new Violation(`I5: step ${state.step} sends ${phase.draft.id}`);
    if (message.text !== `static ${state.step}` && !this.isTheAnswer(phase.draft.id, message.text))
      throw new Violation(`I5: step ${state.step} says ${message.text}`);
    if (phase.job.tries === 1 && message.to !== state.lead.email)
      throw new Violation(`${sendKey} goes to ${message.to}, and the lead is at ${state.lead.email}`);
    const day = this.timeOfLook(lane, TIME_ZONE).toPlainDate().toString();
    if (!this.far.slots.get(day)?.has(phase.draft.id))
      throw new Violation(`${sendKey} was sent without a slot for ${day}`);
    if (this.shape.pace !== "none" && !isThere)
      this.mailboxHadRoom(phase.draft.id, this.timeWhenSet(this.setMsAt.place_answered, TIME_ZONE));
  }

  /** Counted by what has left the mailbox, this enrollment's and others': one for each day and the gap, by the tenant's clock. */
  private mailboxHadRoom(draftId: string, now: Temporal.ZonedDateTime): void {
    const { places } = this.far.book;
    const own = places.get(draftId);
    if (own?.is !== "sent" || Math.abs(own.at - now.epochMilliseconds) > 1_000)
      throw new Violation(`${draftId} was sent without a place at the mailbox`);
    const others = [...places.values()].filter(({ id, is }) => is === "sent" && id !== draftId).map(({ at }) => at);
    const ofDay = others.filter((at) =>
      Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(TIME_ZONE).toPlainDate().equals(now.toPlainDate()),
    );
    const { dailySendCap, ramp, minGapSeconds } = this.far.pace;
    const since = ramp && Temporal.Instant.fromEpochMilliseconds(ramp.since).toZonedDateTimeISO(TIME_ZONE);
    const age =
      since === null ? 0 : Math.max(0, since.toPlainDate().until(now.toPlainDate(), { largestUnit: "days" }).days);
    const most = ramp === null ? (dailySendCap ?? 0) : Math.min(ramp.start + age * ramp.step, ramp.ceiling);
    if (ofDay.length >= most)
      throw new Violation(`${draftId} is message ${ofDay.length + 1} of a mailbox that may send ${most}`);
    if (others.some((at) => Math.abs(at - own.at) < minGapSeconds * 1000))
      throw new Violation(`${draftId} was sent closer to another than ${minGapSeconds} s`);
  }

  /** The person may be written to: they didn't reply elsewhere, and the message is counted. */
  private contactIsFree(sendKey: string, to: string): void {
    const answer = this.far.contactAnswers.get(sendKey);
    const { personLimit, exitOnReply } = this.shape;
    if ((personLimit !== null || exitOnReply) && answer !== "free")
      throw new Violation(`${sendKey} was sent although the person's object said ${answer ?? "nothing"}`);
    if (personLimit !== null && !this.far.countedFor(to).has(sendKey))
      throw new Violation(`${sendKey} was sent to ${to} and not counted`);
  }

  /** Whatever addresses the person has had: together they get no more than the limit says. */
  private personIsFree(sendKey: string, emails: readonly string[]): void {
    const { personLimit } = this.shape;
    if (personLimit === null) return;
    const at = this.timeWhenSet(this.setMsAt.contacts_answered, TIME_ZONE).epochMilliseconds;
    const from = at - personLimit.days * 24 * HOUR;
    const others = [...new Set(emails)].flatMap((to) =>
      [...this.far.countedFor(to)].filter(([key, sentAt]) => key !== sendKey && sentAt > from),
    );
    if (others.length >= personLimit.messages)
      throw new Violation(`${sendKey} is message ${others.length + 1} to somebody who may get ${personLimit.messages}`);
  }

  /** I6 and I7 for whatever begins something of the cadence. */
  private mayBegin(step: number, what: string): void {
    if (this.stopped !== null) throw new Violation(`I6: ${what} after a stop was accepted`);
    if (this.paused !== null) throw new Violation(`I6: ${what} while paused`);
    const before = this.completedAt.get(step - 1);
    if (before === undefined) throw new Violation(`I7: ${what} before step ${step - 1} was done`);
    const definition = this.cadence.steps[step];
    if (definition === undefined || this.passed() < before + stepDelayMs(definition))
      throw new Violation(`I7: ${what} before it was due`);
  }

  /** What was due before the clock was set back is due still. */
  private passed(): number {
    return this.now + this.setBackMs;
  }

  /** The time there by the clock that the gates were looked at with: who looks at 16:30 may not know that it is set to 17:30. */
  private timeOfLook(lane: Lane, timeZone: string): Temporal.ZonedDateTime {
    return this.timeWhenSet(this.looks.get(nameOf(lane))?.setMs ?? this.setMs, timeZone);
  }

  /** Now, by the clock as it was when it had been set by so much in all. */
  private timeWhenSet(setMs: number, timeZone: string): Temporal.ZonedDateTime {
    return Temporal.Instant.fromEpochMilliseconds(this.now - this.setMs + setMs).toZonedDateTimeISO(timeZone);
  }

  private gatesWereOpen(lane: Lane, isThere: boolean): void {
    const facts = this.looks.get(nameOf(lane))?.facts;
    if (
      facts === undefined ||
      !facts.tenant.enabled ||
      !facts.cadence.enabled ||
      (isThere ? facts.linkedin?.enabled : facts.mailbox?.enabled) !== true ||
      facts.suppressed !== null
    )
      throw new Violation("a message was sent through a closed gate");
    if (!this.shape.businessHoursOnly) return;
    const here = this.timeOfLook(lane, this.shape.leadZone ?? TIME_ZONE);
    if (here.dayOfWeek > 5 || here.hour < 9 || here.hour >= 17)
      throw new Violation(`I7: a message was sent at ${here.toString()}`);
  }

  private isTheAnswer(questionId: string, text: string): boolean {
    if (text === `edited ${questionId}`) return this.edited.has(questionId);
    return text.startsWith(`${questionId}#`) && (this.answers.get(questionId)?.includes(JSON.stringify(text)) ?? false);
  }

  /** A direct answer was taken as the answer: only the attempt that runs may give it. */
  private answerCounts(event: EnrollmentEvent, state: Enrollment): void {
    const taken = state.settled.at(-1);
    if (taken === undefined) return;
    this.freshAnswers.push([taken.id, taken.digest]);
    if (event.type !== "draft_answered") return;
    if (
      event.attempt !== this.lastAttempt.get(event.draftId) ||
      event.at >= (this.askedAt.get(event.draftId) ?? 0) + DRAFT_LIFETIME_MS
    )
      throw new Violation(`a late answer to ${event.draftId} was used`);
  }

  /** I8: what crossed the wire is in the journal once, and nothing else is. */
  private journalIsTrue(event: EnrollmentEvent, moved: Transition): void {
    const crossed = "exchange" in event && event.exchange !== null ? 1 : 0;
    const lines = moved.writes.flatMap((write) => (write.type === "journal" ? [write.entry] : []));
    const exchanges = lines.filter((line) => line.kind === "exchange");
    if (exchanges.length !== crossed)
      throw new Violation(`I8: ${crossed} exchange in ${event.type}, ${exchanges.length} in the journal`);
    const line = exchanges[0];
    if (line !== undefined && "attempt" in event && line.attempt !== event.attempt)
      throw new Violation(`I8: attempt ${event.attempt} is journaled as ${line.attempt}`);
    if (event.type !== "send_finished") return;
    const said = lines.some(
      (line) =>
        (line.kind === "note" && line.subjectId === event.sendKey) ||
        (line.kind === "message" && line.message.detail.sendKey === event.sendKey),
    );
    if (!said) throw new Violation(`I8: what became of ${event.sendKey} is not in the journal`);
  }
}

/** I2: every step that was passed has exactly one outcome; of the step in hand only an ended enrollment tells one. */
function oneOutcomePerPassedStep(state: Enrollment, steps: number): void {
  const ended = state.phase.name === "finished";
  for (let step = 0; step < steps; step += 1) {
    const outcomes = state.outcomes.filter((outcome) => outcome.step === step).length;
    const expected = step < state.step || (ended && step === state.step) ? 1 : 0;
    if (outcomes !== expected)
      throw new Violation(`I2: step ${step} has ${outcomes} outcomes while step ${state.step} is in hand`);
  }
}

/** I4: whoever isn't waiting for a person has an alarm ahead, or an effect under way. */
function someoneWillCome({ disk, open }: ShellModel, now: number, setBackMs: number): void {
  if (disk.forgotten || open.length > 0) return;
  const { state, alarm } = disk;
  const live =
    (!["held", "tasked", "finished"].includes(state.phase.name) && state.paused === null) ||
    state.phase.name === "sending" ||
    state.phase.name === "drafting";
  const owed = [
    ...state.deliveries.map(({ wakeAt }) => wakeAt),
    ...state.answers.flatMap(({ phase }) => (phase.name === "held" || phase.wakeAt === null ? [] : [phase.wakeAt])),
  ];
  if (live || isToBeLookedAt(state.phase)) owed.push(state.phase.wakeAt ?? now);
  if (owed.length === 0) return;
  if (alarm === null || alarm > Math.max(now, Math.min(...owed)) + 1 + setBackMs || !Number.isFinite(alarm))
    throw new Violation(`I4: an enrollment in ${state.phase.name} has no alarm ahead`);
}

/** A message held in doubt, of which the provider's records were not asked yet. */
function isToBeLookedAt(phase: Enrollment["phase"]): boolean {
  return phase.name === "held" && phase.reason === "ambiguous" && phase.job?.doubt != null && phase.job.lookUps === 0;
}

/** However much comes in, the state stays of a size that one row can hold. */
function staysSmall({ thread, settled, answers, deliveries }: Enrollment): void {
  const open = answers.length + deliveries.filter(({ question }) => question !== null).length;
  if (thread.messageIds.length > 51 || settled.length > 200 || open > 50)
    throw new Violation(`${thread.messageIds.length} ids, ${settled.length} answers known, ${open} questions open`);
}

function stepOf(draftId: string): number {
  return Number(draftId.split("_")[2]);
}

function nameOf(lane: Lane): string {
  return lane.of === "step" ? "step" : `reply ${lane.reply}`;
}
