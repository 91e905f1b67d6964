import { begin } from "../../../core/begin.ts";
import type { CadenceVersion } from "../../../core/cadence.ts";
import type { Transition } from "../../../core/effects.ts";
import { type Enrollment, isFinished } from "../../../core/enrollment.ts";
import type { InboundReply } from "../../../core/events.ts";
import { reportedBounce } from "../../../core/mail/delivery-event.ts";
import type { InboundKind } from "../../../core/mail/inbound.ts";
import { beginningOf, cadenceOf, TIME_ZONE, type WorldShape } from "./cadences.ts";
import { FarSides, HOUR } from "./far-sides.ts";
import { Witness } from "./invariants.ts";
import { type Engine, type Happened, type OpenEffect, ShellModel } from "./shell.ts";

/** A request is broken off after this, and so never outlives its lease; in a world where requests hang, long after it. */
const EFFECT_MAX_MS = 30_000;
const HANG_MAX_MS = 15 * 60_000;
const LOOKS: ReadonlySet<string> = new Set([
  "read_facts",
  "ask_breaker",
  "reserve_slot",
  "ask_place",
  "release_slot",
  "ask_contacts",
  "release_contact",
  "note_reply",
  "compose_message",
  "compose_linkedin",
  "find_profile",
  "pause_account",
  "rest_account",
  "disable_endpoint",
  "leave_place",
]);

/** What a provider reports of a message. */
export type ReportKind = "delivered" | "delayed" | "bounced_soft" | "bounced_dead" | "complained";

/** What a person may say of a task. */
export type TaskVerb = "done" | "skip" | "not_connected";

/** One enrollment with everything around it, driven by commands. */
export class World {
  readonly cadence: CadenceVersion;
  readonly far: FarSides;
  readonly witness: Witness;
  readonly shell: ShellModel;
  /** What the process was doing when it was killed. */
  readonly kills = new Set<string>();
  now: number;
  private inbound = 0;
  private looks = 0;
  /** From here on nothing is out of order any more. */
  isHealed = false;
  private readonly mails: string[] = [];

  private readonly shape: WorldShape;

  constructor(shape: WorldShape, engine: Engine) {
    this.shape = shape;
    this.cadence = cadenceOf(shape);
    this.now = shape.startAt;
    this.far = new FarSides(TIME_ZONE, shape);
    this.witness = new Witness(this.cadence, shape, this.far);
    this.witness.now = this.now;
    this.shell = new ShellModel(
      engine,
      this.cadence,
      this.witness,
      begin(beginningOf(shape), this.cadence, this.now),
      this.now,
    );
  }

  /** To the next alarm, and what it leads to begins. Alarms don't overlap, but where requests hang. */
  tick(roll: number): void {
    const { alarm } = this.shell.disk;
    if (alarm === null) return this.settleAll(roll);
    if (!this.shape.hangs) this.settleAll(roll);
    if (this.shell.disk.alarm === null) return;
    this.advanceTo(Math.max(this.now, this.shell.disk.alarm), roll);
    this.ring(roll);
  }

  /** An alarm, due or not: the platform may ring twice, and early. */
  ring(roll: number): void {
    if (this.shell.disk.forgotten || (this.shell.open.length > 0 && !this.shape.hangs)) return;
    this.shell.ring(this.now, dice(roll));
    this.look();
  }

  /** Time passes. Looks are quick; requests end in time unless they hang. */
  advanceTo(at: number, roll: number): void {
    this.look();
    for (let open = this.overdue(at); open !== undefined; open = this.overdue(at)) {
      this.now = Math.max(this.now, Math.min(at, open.openedAt + this.effectMaxMs()));
      this.witness.now = this.now;
      this.end(open, roll);
      this.look();
    }
    this.now = Math.max(this.now, at);
    this.witness.now = this.now;
  }

  /** The machine's clock is set, by an hour there or back, and nothing else happens. */
  jump(ms: number): void {
    this.now += ms;
    this.witness.clockSet(ms);
  }

  /** One effect under way ends. */
  endOne(which: number, roll: number): void {
    const open = this.shell.open[which % Math.max(1, this.shell.open.length)];
    if (open !== undefined) this.end(open, roll);
  }

  /** Everything that the alarm began ends, and what follows from it. */
  settleAll(roll: number): void {
    for (let n = 0; this.shell.open.length > 0; n += 1) {
      if (n > 2_000) throw new Error("effects lead to effects without an end");
      this.endOne(0, roll + n * 7);
    }
  }

  kill(roll: number): void {
    for (const { effect } of this.shell.open)
      if (effect.type === "send_message" || effect.type === "request_draft")
        this.kills.add(effect.type === "send_message" ? "killed while sending" : "killed while drafting");
    for (const [n, { effect }] of this.shell.open.entries()) this.far.unheard(effect, roll >> n, this.now);
    this.shell.kill(this.now);
  }

  receive(kind: InboundKind, sure: boolean, again: boolean): void {
    const repeated = again ? this.mails.at(-1) : undefined;
    if (repeated === undefined) this.inbound += 1;
    const id = repeated ?? `in_${this.inbound}`;
    const before = this.shell.state;
    const { refusal } = this.request({ type: "reply_received", reply: mail(id, this.now, kind, sure) });
    if (refusal !== null || repeated !== undefined) return;
    this.mails.push(id);
    if (kind === "bounce" && !(before.phase.name === "finished" && before.phase.exit.reason === null))
      this.witness.stopped = "final";
    if (kind !== "human") return;
    this.witness.newestReply = this.inbound;
    if (sure) this.witness.sureReplyAt = this.now;
    if (sure && this.shape.exitOnReply) this.witness.stopped ??= "reply";
    if (!sure && this.shell.state.paused !== null) this.witness.paused ??= "engine";
  }

  /** The provider says what became of a message that it took, once more or out of turn as it may be. */
  report(which: number, kind: ReportKind): void {
    const accepted = this.far.accepted.filter(({ payload }) => !payload.includes('"act"'));
    const taken = accepted[accepted.length - 1 - (which % Math.max(1, accepted.length))];
    if (taken === undefined) return;
    const { to: recipient } = JSON.parse(taken.payload) as { to: string };
    const judgement = kind === "bounced_dead" ? "dead" : "transient";
    const bounce = kind.startsWith("bounced")
      ? reportedBounce({ recipient, judgement, status: null, words: "" })
      : null;
    const before = this.shell.state;
    const report = {
      kind: kind === "delivered" || kind === "delayed" || kind === "complained" ? kind : ("bounced" as const),
      sendKey: taken.sendKey,
      providerMessageId: null,
      wireMessageId: null,
      recipient,
      at: this.now,
      bounce,
    };
    if (this.request({ type: "delivery_reported", report }).refusal !== null) return;
    this.witness.reported(taken.sendKey);
    if (before.lead.email !== recipient) return;
    const isOver = before.phase.name === "finished" && before.phase.exit.reason === null;
    if (kind === "complained" || (kind === "bounced_dead" && !isOver)) this.witness.stopped = "final";
  }

  /** A machine that answers whatever it gets: five-and-twenty mails at once. */
  flood(): void {
    for (let n = 0; n < 25; n += 1) this.receive("human", true, false);
  }

  /** The two are connected on LinkedIn, by our invitation or otherwise, or are no longer; the engine may hear of it, or not. */
  accept(isTold: boolean): void {
    this.far.isConnected = true;
    if (isTold) this.request({ type: "connected", by: "hook" });
  }

  /** A person says what became of a task. */
  task(verb: TaskVerb, lane: number): void {
    const { state } = this.shell;
    const tasked = [state.phase, ...state.answers.map(({ phase }) => phase)].filter(({ name }) => name === "tasked");
    const phase = tasked[lane % Math.max(1, tasked.length)];
    if (phase?.name !== "tasked") return;
    const about = { by: "person", draftId: phase.draft.id } as const;
    const { step } = state;
    if (verb === "skip") return void this.request({ type: "task_skipped", ...about, reason: null });
    if (verb === "not_connected") return void this.request({ type: "task_not_connected", ...about });
    this.witness.doneByPerson(phase, step);
    this.request({ type: "task_done", ...about, text: null });
  }

  pause(): void {
    if (this.request({ type: "pause_requested", by: "person" }).refusal === null) this.witness.paused ??= "person";
  }

  resume(): void {
    if (this.request({ type: "resume_requested", by: "person" }).refusal === null) this.witness.paused = null;
  }

  refuseContact(): void {
    const { refusal } = this.request({ type: "contact_refused", reason: "unsubscribed", by: "one_click" });
    if (refusal === null) this.witness.stopped = "final";
  }

  unenroll(): void {
    if (this.request({ type: "unenroll_requested", by: "person", reason: "asked to" }).refusal === null)
      this.witness.stopped = "final";
  }

  /** The customer answers by the completion URL. */
  complete(which: number, kind: string, repeat: boolean): void {
    const { asked } = this.far;
    const id = asked[asked.length - 1 - (which % Math.max(1, asked.length))];
    if (id === undefined) return;
    const known = repeat ? this.shell.disk.state.settled.find((settled) => settled.id === id)?.digest : undefined;
    if (id.startsWith("drf_")) {
      const answer =
        known === undefined
          ? this.far.draftAnswer(id, kind)
          : (JSON.parse(known) as ReturnType<FarSides["draftAnswer"]>);
      this.completed(id, { type: "completion_received", draftId: id, answer, digest: JSON.stringify(answer) });
    } else {
      const answer =
        known === undefined
          ? this.far.replyAnswer(id, kind)
          : (JSON.parse(known) as ReturnType<FarSides["replyAnswer"]>);
      this.completed(id, { type: "reply_completion_received", deliveryId: id, answer, digest: JSON.stringify(answer) });
    }
  }

  /** A person acts on what is held. */
  act(verb: "release" | "edit" | "skip" | "retry" | "arrived" | "again", lane: number): void {
    const { state } = this.shell;
    const held = [state.phase, ...state.answers.map(({ phase }) => phase)].filter((phase) => phase.name === "held");
    const phase = held[lane % Math.max(1, held.length)];
    const draftId = phase?.draft?.id ?? "drf_aaaaaaaaaaaaaaaa_0_99";
    const by = "person";
    const step = state.step;
    switch (verb) {
      case "release":
        return void this.request({ type: "draft_released", by, draftId });
      case "edit":
        if (
          this.request({ type: "draft_edited", by, draftId, subject: "Edited", text: `edited ${draftId}`, html: null })
            .refusal === null
        )
          this.witness.edited.add(draftId);
        return;
      case "skip":
        return void this.request({ type: "draft_skipped", by, draftId, reason: null });
      case "retry":
        return void this.request({ type: "draft_retried", by, draftId });
      case "again":
        if (this.request({ type: "send_settled", by, draftId, arrived: false }).refusal === null)
          this.witness.saidToBeLost(phase);
        return;
      case "arrived":
        if (
          this.request({ type: "send_settled", by, draftId, arrived: true }).refusal === null &&
          draftId.startsWith("drf_")
        )
          this.witness.settledAsArrived.add(step);
    }
  }

  /** Anything that is asked of the enrollment from outside. */
  request(happened: Happened): Transition {
    return this.shell.request(happened, this.now, 0.5);
  }

  /** Looks under way end, and those that they lead to. */
  look(): void {
    for (let n = 0; n < 500; n += 1) {
      const open = this.shell.open.find(({ effect }) => LOOKS.has(effect.type));
      if (open === undefined) return;
      this.end(open, this.isHealed ? 0 : this.looks++);
    }
    throw new Error("looks lead to looks without an end");
  }

  private end(open: OpenEffect, roll: number): void {
    const happened = this.far.perform(open.effect, roll, this.now, this.shell);
    const before = this.shell.state;
    const answeredBefore = before.settled.at(-1);
    this.foresee(happened);
    this.shell.answer(open, happened, this.now, dice(roll));
    if (happened?.type === "draft_answered" && this.shell.state.settled.at(-1) !== answeredBefore)
      this.decided(happened.answer);
  }

  /** What the customer says about the cadence takes effect within the very transition. */
  private foresee(happened: Happened | null): void {
    if (happened?.type !== "event_delivered" || typeof happened.answer === "string" || !("action" in happened.answer))
      return;
    const delivery = this.shell.state.deliveries.find(({ id }) => id === happened.deliveryId);
    if (delivery?.question == null || delivery.phase !== "in_flight" || delivery.attempt !== happened.attempt) return;
    this.acted(happened.answer.action, delivery.question.reply, this.shell.state);
  }

  private acted(action: string, reply: number, before: Enrollment): void {
    if (action === "stop" && !isFinished(before)) this.witness.sureReplyAt = this.now;
    if (action === "stop") this.witness.stopped ??= "reply";
    else this.witness.continued(reply);
  }

  private decided(answer: unknown): void {
    if (typeof answer !== "object" || answer === null) return;
    if ("stop" in answer) this.witness.stopped = "final";
    if ("defer" in answer) this.witness.deferred(this.shell.state.step, this.now + 36 * HOUR);
  }

  private completed(id: string, happened: Extract<Happened, { answer: object; digest: string }>): void {
    const before = this.shell.state;
    if (this.request(happened).refusal !== null) return;
    this.witness.completionTaken(id, happened.digest);
    if (this.shell.state === before) return;
    if ("action" in happened.answer) this.acted(happened.answer.action, this.far.replyOf.get(id) ?? 0, before);
    else if (id.startsWith("drf_")) this.decided(happened.answer);
  }

  private overdue(at: number): OpenEffect | undefined {
    return this.shell.open.find(({ openedAt }) => openedAt + this.effectMaxMs() <= at);
  }

  private effectMaxMs(): number {
    return this.shape.hangs ? HANG_MAX_MS : EFFECT_MAX_MS;
  }
}

function dice(roll: number): number {
  return (roll % 11) / 10;
}

function mail(id: string, at: number, kind: InboundKind, sure: boolean): InboundReply {
  const classification = { kind, subtype: null, confidence: sure ? 0.95 : 0.5, evidence: [] };
  return {
    id,
    at,
    messageId: `<${id}@lead.example>`,
    inReplyTo: [],
    references: [],
    from: "jane@lead.example",
    to: "r@reply.example",
    subject: "Re: A question",
    text: "Hello",
    cleanText: "Hello",
    quotedText: "",
    classification,
    matchedBy: "token",
    tokenValid: true,
    rawKey: id,
  };
}
