import { begin } from "../../../core/begin.ts";
import type { CadenceSettings, CadenceVersion } from "../../../core/cadence.ts";
import type { DraftAnswer, ReplyAnswer } from "../../../core/contract/draft-answer.ts";
import { Step } from "../../../core/contract/step.ts";
import type { Effect, Transition } from "../../../core/effects.ts";
import type { Enrollment } from "../../../core/enrollment.ts";
import type { EnrollmentEvent, InboundReply } from "../../../core/events.ts";
import type { Facts } from "../../../core/facts.ts";
import type { SendResult } from "../../../core/mail/outgoing.ts";
import { UNPACED } from "../../../core/pace/settings.ts";
import { transition } from "../../../core/transition.ts";
import { nextWakeAt } from "../../../core/wake.ts";
import { draftRequestBody } from "../../../core/webhook/draft-request.ts";

export const AT = Date.parse("2026-11-23T10:00:00Z");
export const COMPLETION_URL = "https://drafthook.test/v1/drafts/drf_x/completion?token=t";

/** What the far sides do; everything not said goes well. */
export interface FarSides {
  readonly steps?: readonly Record<string, unknown>[];
  readonly settings?: Partial<CadenceSettings>;
  readonly answer?: DraftAnswer | { readonly status: number };
  /** What the endpoint says to `cadence.lead.replied`; without it an empty 2xx. */
  readonly answerReply?: ReplyAnswer;
  readonly sent?: SendResult;
  readonly facts?: Partial<Facts>;
}

const ACCEPTED: SendResult = {
  kind: "accepted",
  providerMessageId: "p1",
  wireMessageId: "<m1@x.example>",
  response: "250 ok",
};
const FACTS: Facts = {
  tenant: {
    enabled: true,
    timeZone: "Europe/Paris",
    newSince: null,
    blackoutDates: [],
    frequencyLimits: { person: null, company: null },
    quotas: null,
  },
  cadence: { enabled: true },
  endpoint: { id: "end_a", enabled: true, disabledReason: null },
  mailbox: {
    id: "mbx_a",
    enabled: true,
    email: "ana@acme.example",
    timeZone: null,
    unverifiedDomain: null,
    pace: UNPACED,
  },
  linkedin: null,
  isEnrolledElsewhere: false,
  suppressed: null,
};
const EXCHANGE = {
  endpointId: "end_a",
  url: "https://x.example/",
  startedAt: AT,
  requestHeaders: {},
  requestBody: "{}",
  status: 200,
  responseHeaders: {},
  responseBody: "",
  responseEncoding: "utf-8",
  responseBytes: 0,
  responseSha256: "",
  responseCut: false,
  firstByteMs: 1,
  totalMs: 2,
  traceId: "t",
  outcome: "answered",
  reason: null,
} as const;

/** An enrollment that the production transition moves, with far sides that do as they are told. Keeps every body it would post. */
export class Telling {
  readonly events: Record<string, unknown>[] = [];
  readonly draftRequests: unknown[] = [];
  state: Enrollment;
  private now = AT;
  private readonly cadence: CadenceVersion;
  private readonly farSides: FarSides;

  constructor(farSides: FarSides = {}) {
    this.farSides = farSides;
    const settings: CadenceSettings = {
      businessHoursOnly: false,
      exitOnReply: true,
      exitOnUnsubscribe: true,
      dailySendCap: 50,
      onAmbiguous: "hold",
      addFooter: false,
      onOutOfOffice: "defer",
      onLeftCompany: "stop",
      onSoftBounce: "continue",
      unsubscribeLink: null,
      ...farSides.settings,
    };
    const steps = (farSides.steps ?? [{ kind: "email" }]).map((step) => Step.parse(step));
    this.cadence = { id: "cad_a", name: "First contact", version: 1, endpointId: "end_a", settings, steps };
    const lead = {
      externalId: "l1",
      name: "Jane",
      email: "jane@lead.example",
      linkedinUrl: "https://www.linkedin.com/in/jane",
      profileUrn: null,
      timeZone: "Europe/Paris",
      country: "FR",
      context: { deal: 7 },
    };
    const begun = begin(
      { id: "enr_mzxw6ytboi2gk3tu", tenantId: "ten_a", mode: "sandbox", lead, mailboxId: "mbx_a", startAt: AT },
      this.cadence,
      AT,
    );
    this.state = begun.state;
  }

  /** Rings the alarm until nothing is left to do for a day. */
  run(): this {
    for (let rings = 0; rings < 60; rings += 1) {
      const wakeAt = nextWakeAt(this.state);
      if (wakeAt === null || wakeAt > this.now + 25 * 3600_000) break;
      this.now = Math.max(this.now, wakeAt);
      this.happen({ type: "alarm_fired" });
    }
    return this;
  }

  happen(
    event: EnrollmentEvent extends infer Event
      ? Event extends EnrollmentEvent
        ? Omit<Event, "at" | "dice">
        : never
      : never,
  ): this {
    const moved: Transition = transition(
      this.state,
      { ...event, at: this.now, dice: 0.5 } as EnrollmentEvent,
      this.cadence,
    );
    this.state = moved.state;
    for (const write of moved.writes)
      if (write.type === "keep_text" && write.key.startsWith("evt_")) this.events.push(JSON.parse(write.text));
    for (const effect of moved.effects) this.perform(effect);
    return this;
  }

  reply(classification: Partial<InboundReply["classification"]>): this {
    const reply: InboundReply = {
      id: `inb_${classification.kind}`,
      at: this.now,
      messageId: "<r1@lead.example>",
      inReplyTo: [],
      references: [],
      from: "jane@lead.example",
      to: "r@reply.example",
      subject: "Re: Hi",
      text: "Yes\n> Hi",
      cleanText: "Yes",
      quotedText: "> Hi",
      classification: { kind: "human", subtype: null, confidence: 0.95, evidence: ["a"], ...classification },
      matchedBy: "token",
      tokenValid: true,
      rawKey: "k",
    };
    return this.happen({ type: "reply_received", reply });
  }

  private perform(effect: Effect): void {
    switch (effect.type) {
      case "read_facts":
        this.happen({ type: "facts_read", purpose: effect.purpose, facts: { ...FACTS, ...this.farSides.facts } });
        return;
      case "reserve_slot":
        this.happen({
          type: "slot_answered",
          purpose: effect.purpose,
          facts: effect.facts,
          slot: effect.slot,
          granted: true,
          fullFor: "cadence",
          opensAt: effect.opensAt,
        });
        return;
      case "release_slot":
        this.happen({ type: "slot_released", slot: effect.slot });
        return;
      case "request_draft":
        this.ask(effect.draftId, effect.attempt);
        return;
      case "compose_message": {
        const job = {
          sendKey: effect.sendKey,
          provider: "sandbox",
          sha256: "0",
          messageId: "<m1@x.example>",
          idempotencyWindowMs: null,
          intentAt: this.now,
          tries: 0,
          lookUps: null,
          keepsMessageId: false,
          account: "",
        };
        this.happen({
          type: "message_composed",
          lane: effect.lane,
          to: "jane@lead.example",
          job,
          payload: "bytes",
          words: { ...effect.words, subject: effect.subject },
        });
        return;
      }
      case "ask_breaker":
        this.happen({
          type: "breaker_answered",
          purpose: effect.purpose,
          facts: effect.facts,
          waitMs: 0,
          isBusy: false,
        });
        return;
      case "send_message":
        this.happen({
          type: "send_finished",
          lane: effect.lane,
          sendKey: effect.sendKey,
          result: this.farSides.sent ?? ACCEPTED,
        });
        return;
      case "deliver_event": {
        const asks = this.state.deliveries.some(({ id, question }) => id === effect.deliveryId && question !== null);
        this.happen({
          type: "event_delivered",
          deliveryId: effect.deliveryId,
          attempt: effect.attempt,
          answer: asks ? (this.farSides.answerReply ?? "none") : "none",
          issues: [],
          digest: "",
          exchange: EXCHANGE,
        });
        return;
      }
      case "disable_endpoint":
      case "leave_place":
      case "forget_everything":
        return;
    }
  }

  private ask(draftId: string, attempt: number): void {
    const draft = "draft" in this.state.phase ? this.state.phase.draft : null;
    if (draft !== null)
      this.draftRequests.push(
        JSON.parse(draftRequestBody(this.state, this.cadence, draft, this.now, COMPLETION_URL, [])),
      );
    const answer = this.farSides.answer ?? { subject: "Hi", body: "Hello", meta: { model: "m" } };
    if ("status" in answer) {
      this.happen({
        type: "draft_failed",
        draftId,
        attempt,
        failure: { kind: "http", status: answer.status, retryAfterMs: null },
        exchange: EXCHANGE,
      });
      return;
    }
    this.happen({ type: "draft_answered", draftId, attempt, answer, digest: "d", exchange: EXCHANGE });
  }
}
