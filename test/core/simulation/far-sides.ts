import type { DraftAnswer, ReplyAnswer } from "../../../core/contract/draft-answer.ts";
import { ATTEMPT_TIMEOUT_MS } from "../../../core/contract/limits.ts";
import type { Effect } from "../../../core/effects.ts";
import type { DraftFailure } from "../../../core/events.ts";
import type { Facts } from "../../../core/facts.ts";
import { OTHER_ACCOUNT } from "../../../core/flow/sent.ts";
import { freeAt } from "../../../core/frequency.ts";
import type { ContactAnswer } from "../../../core/gates/contact.ts";
import type { Exchange } from "../../../core/journal.ts";
import type { LinkedinSendResult } from "../../../core/linkedin/provider.ts";
import type { LookUpResult, SendResult } from "../../../core/mail/outgoing.ts";
import { askPlace } from "../../../core/pace/ask-place.ts";
import { type MailboxPace, UNPACED } from "../../../core/pace/settings.ts";
import { MemoryBook } from "../pace/memory-book.ts";
import { PACES, type SimulatedProvider, TIME_ZONE, type WorldShape } from "./cadences.ts";
import type { Happened, ShellModel } from "./shell.ts";

type SendEffect = Extract<Effect, { type: "send_message" }>;

export const HOUR = 3600_000;
const BREAKER_WAIT_MS = 3 * 60_000;

/** What D1 would say, and whether it says anything. */
export interface Switches {
  database: boolean;
  tenant: boolean;
  cadence: boolean;
  endpoint: boolean;
  /** False: the endpoint's breaker is open. */
  breaker: boolean;
  mailbox: boolean;
  /** The LinkedIn account's. */
  account: boolean;
  hasMailbox: boolean;
  suppressed: boolean;
  /** The person answers in another enrollment. */
  repliedElsewhere: boolean;
}

/** The customer's, the provider's and the platform's behaviour, picked from these by a number; the first is the plain one. */
const DRAFT_ANSWERS = [
  "body",
  "body",
  "body",
  "later",
  "skip",
  "defer",
  "stop",
  "timeout",
  "http_500",
  "http_404",
  "http_410",
  "http_429",
  "invalid",
  "network",
  "review",
  "later",
] as const;
const EVENT_ANSWERS = [
  "none",
  "none",
  "none",
  "body",
  "continue",
  "http_500",
  "timeout",
  "later",
  "stop",
  "pause",
  "defer",
  "http_410",
  "invalid",
  "continue",
] as const;
const SEND_RESULTS = [
  "accepted",
  "accepted",
  "accepted",
  "taken_unknown",
  "lost_unknown",
  "not_sent",
  "not_sent_for_days",
  "dead_recipient",
  "refused",
] as const;

/** What LinkedIn and its provider do besides. */
const LINKEDIN_RESULTS = [...SEND_RESULTS, "too_early", "trouble", "accepted"] as const;
const PROFILES = ["found", "found", "found", "failed", "found", "unreachable", "account", "later"] as const;

export const ROLLS = DRAFT_ANSWERS.length * EVENT_ANSWERS.length * SEND_RESULTS.length;

/** A message that the provider took. */
export interface Accepted {
  readonly sendKey: string;
  readonly payload: string;
  readonly at: number;
  readonly account: string;
}

/** Everything outside the engine. It keeps the truth that the engine can only infer. */
export class FarSides {
  readonly switches: Switches = {
    database: true,
    tenant: true,
    cadence: true,
    endpoint: true,
    breaker: true,
    mailbox: true,
    account: true,
    hasMailbox: true,
    suppressed: false,
    repliedElsewhere: false,
  };
  readonly accepted: Accepted[] = [];
  /** Whether the lead has accepted, as LinkedIn knows it. */
  isConnected = false;
  readonly slots = new Map<string, Set<string>>();
  /**
   * Reserved just when the process was killed, and not asked for since: an engine that is ended before it asks again can't
   * know of them. Such a kill may cost the day one message; it never lets one more out than the cap.
   */
  readonly unheardSlots = new Set<string>();
  /** When each message that counts was counted last, by address and send key; `foreign` are those of other enrollments. */
  readonly counted = new Map<string, Map<string, number>>();
  /** As with slots: counted just when the process was killed. */
  readonly unheardContacts = new Set<string>();
  /** What was last said of each message. */
  readonly contactAnswers = new Map<string, ContactAnswer["kind"]>();
  /** When replies happened that the person's other enrollments know of. */
  readonly notedReplies: number[] = [];
  /** Answered questions in the order of asking, for completions. */
  readonly asked: string[] = [];
  /** Which inbound message a question is about. */
  readonly replyOf = new Map<string, number>();
  /** The bytes of messages and events as they left, by send key or event id. */
  readonly arrived = new Map<string, string>();
  /** Times that the provider saw a key again and sent nothing. */
  recognised = 0;
  /** Through which of the provider's accounts the mailbox sends: none knows the keys and the records of another. */
  account = "first";
  /** The account that a send under way was begun with, whatever the mailbox sends by when it ends. */
  readonly sendsBy = new WeakMap<Effect, string>();
  /** Times that the records had a doubtful message. */
  foundInRecords = 0;
  foreignSlots = 0;
  /** What is taken of the mailbox, by this enrollment and others. */
  readonly book = new MemoryBook(TIME_ZONE);
  /** What is taken of the LinkedIn account, which is only paced where it catches up. */
  readonly accountBook = new MemoryBook(TIME_ZONE);
  private foreignSends = 0;
  private texts = 0;

  private readonly timeZone: string;
  private readonly provider: SimulatedProvider;
  private readonly personLimit: WorldShape["personLimit"];
  /** How long the provider knows a key again; null: it never does. */
  private readonly windowMs: number | null;

  readonly pace: MailboxPace;
  private readonly linkedin: WorldShape["linkedin"];

  constructor(
    timeZone: string,
    { provider, personLimit, pace, linkedin }: Pick<WorldShape, "provider" | "personLimit" | "pace" | "linkedin">,
  ) {
    this.linkedin = linkedin;
    this.pace = PACES[pace];
    this.timeZone = timeZone;
    this.personLimit = personLimit;
    this.provider = provider;
    this.windowMs = provider === "knows_keys" ? 24 * HOUR : null;
  }

  facts(): Facts {
    const { tenant, cadence, endpoint, mailbox, hasMailbox, suppressed, account } = this.switches;
    return {
      tenant: {
        enabled: tenant,
        timeZone: this.timeZone,
        newSince: null,
        blackoutDates: [],
        frequencyLimits: { person: this.personLimit, company: null },
        quotas: null,
      },
      cadence: { enabled: cadence },
      endpoint: { id: "end_1", enabled: endpoint, disabledReason: endpoint ? null : "switched off" },
      mailbox: hasMailbox
        ? {
            id: "mbx_1",
            enabled: mailbox,
            email: "ana@acme.example",
            timeZone: null,
            unverifiedDomain: null,
            pace: this.pace,
          }
        : null,
      linkedin: {
        id: "lia_1",
        provider: this.linkedin,
        enabled: account,
        pausedReason: null,
        timeZone: null,
        workingHours: [],
        plan: "paid",
        invitations: UNPACED,
        messages: UNPACED,
        profileViewsPerDay: 100,
        invitationsRestUntil: null,
        messagesRestUntil: null,
      },
      isEnrolledElsewhere: true,
      suppressed: suppressed ? { scope: "address", reason: "unsubscribed" } : null,
    };
  }

  /** Does one effect; `roll` picks how the far side behaves. */
  perform(effect: Effect, roll: number, now: number, shell: ShellModel): Happened | null {
    switch (effect.type) {
      case "read_facts":
        return this.switches.database
          ? { type: "facts_read", purpose: effect.purpose, facts: this.facts() }
          : { type: "facts_unreadable", purpose: effect.purpose, detail: "D1 is down" };
      case "reserve_slot":
        this.unheardSlots.delete(`${effect.slot.day} ${effect.slot.draftId}`);
        return {
          type: "slot_answered",
          purpose: effect.purpose,
          facts: effect.facts,
          slot: effect.slot,
          granted: this.reserve(effect.slot.day, effect.slot.draftId, effect.cap),
          fullFor: roll < 0.5 ? "cadence" : "tenant",
          opensAt: effect.opensAt,
        };
      case "ask_place":
        this.unheardSlots.delete(`place ${effect.ask.id}`);
        return { ...effect, type: "place_answered", answer: askPlace(effect.ask, now, this.bookOf(effect.mailboxId)) };
      case "release_slot":
        if ("mailboxId" in effect.slot) this.bookOf(effect.slot.mailboxId).drop(effect.slot.draftId);
        else this.slots.get(effect.slot.day)?.delete(effect.slot.draftId);
        return { type: "slot_released", slot: effect.slot };
      case "ask_contacts": {
        const { type: _, ...asked } = effect;
        return { type: "contacts_answered", ...asked, answer: this.contacts(effect, now) };
      }
      case "release_contact":
        this.countedFor(effect.contact.to).delete(effect.contact.sendKey);
        return { type: "contact_released", contact: effect.contact };
      case "note_reply":
        if (this.switches.database) this.notedReplies.push(effect.repliedAt);
        return { type: "reply_noted", repliedAt: effect.repliedAt, isNoted: this.switches.database };
      case "ask_breaker":
        return {
          type: "breaker_answered",
          purpose: effect.purpose,
          facts: effect.facts,
          waitMs: this.switches.breaker ? 0 : BREAKER_WAIT_MS,
          isBusy: roll < 0.5,
        };
      case "compose_message": {
        const words = { ...effect.words, subject: effect.subject };
        const job = {
          sendKey: effect.sendKey,
          provider: "far",
          sha256: "0",
          messageId: `<${effect.sendKey}@acme.example>`,
          idempotencyWindowMs: this.windowMs,
          intentAt: now,
          tries: 0,
          keepsMessageId: false,
          lookUps: this.provider === "keeps_records" ? 0 : null,
          account: this.account,
        };
        return {
          type: "message_composed",
          lane: effect.lane,
          to: shell.state.lead.email ?? "",
          job,
          payload: JSON.stringify({ to: shell.state.lead.email, ...words }),
          words,
        };
      }
      case "find_profile": {
        const { purpose, facts, identifier } = effect;
        const result = this.profile(pick(PROFILES, roll), now);
        return { type: "profile_answered", purpose, facts, identifier, result };
      }
      case "compose_linkedin":
        return {
          type: "message_composed",
          lane: effect.lane,
          to: effect.outgoing.profileId,
          job: {
            sendKey: effect.sendKey,
            provider: "unipile",
            channel: "linkedin",
            sha256: "0",
            messageId: "",
            idempotencyWindowMs: null,
            intentAt: now,
            tries: 0,
            keepsMessageId: false,
            lookUps: 0,
            account: this.account,
          },
          payload: JSON.stringify({ to: shell.state.lead.email, act: effect.outgoing.act, text: effect.words.text }),
          words: effect.words,
        };
      case "pause_account":
        this.switches.account = false;
        return null;
      case "request_draft":
        return this.draft(effect.draftId, effect.attempt, pick(DRAFT_ANSWERS, roll), now);
      case "deliver_event":
        return this.switches.breaker
          ? this.event(effect.deliveryId, effect.attempt, pick(EVENT_ANSWERS, roll), now)
          : {
              type: "event_put_off",
              deliveryId: effect.deliveryId,
              attempt: effect.attempt,
              waitMs: BREAKER_WAIT_MS,
              isBusy: roll < 0.5,
            };
      case "send_message":
        return {
          type: "send_finished",
          lane: effect.lane,
          sendKey: effect.sendKey,
          result: this.goesOut(effect)
            ? effect.provider === "unipile"
              ? this.sendThere(effect, pick(LINKEDIN_RESULTS, roll), now)
              : this.send(effect, pick(SEND_RESULTS, roll), now)
            : { kind: "unknown", stage: OTHER_ACCOUNT, detail: "the mailbox sends by another account now" },
        };
      case "look_message_up":
        return {
          type: "message_looked_up",
          lane: effect.lane,
          sendKey: effect.sendKey,
          look: effect.look,
          result: this.records(effect.sendKey, effect.account, roll),
        };
      case "disable_endpoint":
        this.switches.endpoint = false;
        return null;
      case "leave_place":
      case "rest_account":
      case "forget_everything":
        return null;
    }
  }

  /** What a far side that had the request may have done although nobody heard of it any more. */
  unheard(effect: Effect, roll: number, now: number): void {
    if (effect.type === "send_message" && this.goesOut(effect) && roll % 2 === 1) this.take(effect, now);
    else if (effect.type === "ask_place" && roll % 2 === 1) {
      askPlace(effect.ask, now, this.bookOf(effect.mailboxId));
      this.unheardSlots.add(`place ${effect.ask.id}`);
    } else if (effect.type === "reserve_slot" && roll % 2 === 1) {
      this.reserve(effect.slot.day, effect.slot.draftId, effect.cap);
      this.unheardSlots.add(`${effect.slot.day} ${effect.slot.draftId}`);
    } else if (effect.type === "ask_contacts" && effect.sendKey !== null && roll % 2 === 1) {
      this.contacts(effect, now);
      this.unheardContacts.add(`${effect.question.to} ${effect.sendKey}`);
    }
  }

  /** Another enrollment of the same person sends something, if it may. */
  foreignMessage(to: string, now: number): void {
    const counted = this.countedFor(to);
    if (this.personLimit !== null && freeAt([...counted.values()], now, this.personLimit) <= now)
      counted.set(`foreign ${counted.size}`, now);
  }

  countedFor(to: string): Map<string, number> {
    const counted = this.counted.get(to) ?? new Map<string, number>();
    this.counted.set(to, counted);
    return counted;
  }

  /** Another enrollment sends from the same mailbox, if that has room for it. */
  sendForeign(now: number): void {
    this.foreignSends += 1;
    askPlace(
      {
        id: `foreign ${this.foreignSends}`,
        to: "claim",
        repeats: false,
        pace: this.pace,
        timeZone: TIME_ZONE,
        opening: {
          ...{ timeZone: this.timeZone, tenantBlackouts: [], leadCountry: null },
          settings: { businessHoursOnly: false },
        },
      },
      now,
      this.book,
    );
  }

  /** Words that nobody has said before, for this question. */
  words(questionId: string): string {
    this.texts += 1;
    return `${questionId}#${this.texts}`;
  }

  draftAnswer(draftId: string, kind: string): DraftAnswer {
    switch (kind) {
      case "skip":
        return { skip: true };
      case "stop":
        return { stop: true };
      case "defer":
        return { defer: { untilSeconds: 36 * 3600 } };
      case "review":
        return { body: this.words(draftId), subject: "A question", review: true };
      default:
        return { body: this.words(draftId), subject: "A question" };
    }
  }

  replyAnswer(deliveryId: string, kind: string): ReplyAnswer {
    if (kind === "stop" || kind === "pause" || kind === "continue") return { action: kind };
    return kind === "defer"
      ? { defer: { untilSeconds: 7200 } }
      : { body: this.words(deliveryId), subject: "An answer" };
  }

  private contacts({ question, sendKey }: Extract<Effect, { type: "ask_contacts" }>, now: number): ContactAnswer {
    const answer = this.wordOn(question, sendKey, now);
    if (sendKey === null) return answer;
    this.unheardContacts.delete(`${question.to} ${sendKey}`);
    this.contactAnswers.set(sendKey, answer.kind);
    if (answer.kind === "free" && question.person !== null) this.countedFor(question.to).set(sendKey, now);
    return answer;
  }

  private wordOn(
    { to, formerly = [], person, repliesFrom }: Extract<Effect, { type: "ask_contacts" }>["question"],
    sendKey: string | null,
    now: number,
  ): ContactAnswer {
    if (repliesFrom !== null && this.switches.repliedElsewhere)
      return { kind: "replied", enrollmentId: "enr_bbbbbbbbbbbbbbbb", repliedAt: now };
    if (person === null) return { kind: "free" };
    const others = [to, ...formerly].flatMap((email) =>
      [...this.countedFor(email)].flatMap(([key, at]) => (key === sendKey ? [] : [at])),
    );
    const free = freeAt(others, now, person);
    return free <= now ? { kind: "free" } : { kind: "limit", of: "person", counted: others.length, freeAt: free };
  }

  private draft(draftId: string, attempt: number, kind: (typeof DRAFT_ANSWERS)[number], now: number): Happened {
    const about = { draftId, attempt } as const;
    const failure = failureOf(kind);
    if (failure !== null) return { type: "draft_failed", ...about, failure, exchange: exchange(now, kind) };
    if (!this.asked.includes(draftId)) this.asked.push(draftId);
    const answer = kind === "later" ? "later" : this.draftAnswer(draftId, kind);
    return { type: "draft_answered", ...about, answer, digest: JSON.stringify(answer), exchange: exchange(now, kind) };
  }

  private event(deliveryId: string, attempt: number, kind: (typeof EVENT_ANSWERS)[number], now: number): Happened {
    const about = { deliveryId, attempt } as const;
    const body = this.arrived.get(deliveryId) ?? "";
    const failure = kind === "invalid" ? null : failureOf(kind);
    if (failure !== null) return { type: "event_undelivered", ...about, failure, exchange: exchange(now, kind) };
    const plain = {
      type: "event_delivered",
      ...about,
      answer: "none",
      issues: [],
      digest: "",
      exchange: exchange(now, kind),
    } as const;
    if (!body.includes('"type":"cadence.lead.replied"')) return plain;
    if (!this.asked.includes(deliveryId)) this.asked.push(deliveryId);
    this.replyOf.set(deliveryId, Number(/"index":(\d+)/.exec(body)?.[1]));
    if (kind === "none") return plain;
    if (kind === "invalid") return { ...plain, issues: ["exactly one verb"] };
    if (kind === "later") return { ...plain, answer: "later" };
    const answer = this.replyAnswer(deliveryId, kind);
    return { ...plain, answer, digest: JSON.stringify(answer) };
  }

  private send(effect: SendEffect, kind: (typeof SEND_RESULTS)[number], now: number): SendResult {
    const { sendKey } = effect;
    switch (kind) {
      case "accepted":
        this.take(effect, now);
        return {
          kind: "accepted",
          providerMessageId: null,
          wireMessageId: `<${sendKey}@acme.example>`,
          response: "250 ok",
        };
      case "taken_unknown":
        this.take(effect, now);
        return { kind: "unknown", stage: "answer", detail: "the connection broke after the message" };
      case "lost_unknown":
        return { kind: "unknown", stage: "answer", detail: "the connection broke after the message" };
      case "not_sent":
        return { kind: "not_sent", code: "421", detail: "try later", retryAfterMs: null };
      case "not_sent_for_days":
        return { kind: "not_sent", code: "429", detail: "daily limit", retryAfterMs: 30 * HOUR };
      case "dead_recipient":
        return { kind: "refused", scope: "recipient", addressDead: true, code: "550 5.1.1", detail: "no such user" };
      case "refused":
        return {
          kind: "refused",
          scope: "configuration",
          addressDead: false,
          code: "530",
          detail: "sender not verified",
        };
    }
  }

  /** LinkedIn takes messages from those who are connected, and invitations from those who aren't. */
  private sendThere(effect: SendEffect, kind: (typeof LINKEDIN_RESULTS)[number], now: number): LinkedinSendResult {
    const { act } = JSON.parse(this.arrived.get(effect.sendKey) ?? "") as { act: string };
    if (act === "message" && !this.isConnected) return { kind: "not_connected", detail: "no connection" };
    if (act === "connect" && this.isConnected)
      return { kind: "accepted", providerMessageId: null, wireMessageId: null, response: "done", isConnected: true };
    switch (kind) {
      case "too_early":
        return { kind: "not_sent", code: "limit", detail: "limit", retryAfterMs: 24 * HOUR, isTooEarly: true };
      case "trouble": {
        const trouble = { state: "restricted", detail: "restricted" } as const;
        return { kind: "not_sent", code: "restricted", detail: "restricted", retryAfterMs: null, trouble };
      }
      case "dead_recipient":
        return {
          kind: "refused",
          scope: "recipient",
          addressDead: false,
          code: "blocked_recipient",
          detail: "blocked",
        };
      default:
        return this.send(effect, kind, now);
    }
  }

  private profile(
    kind: (typeof PROFILES)[number],
    now: number,
  ): Extract<Happened, { type: "profile_answered" }>["result"] {
    switch (kind) {
      case "found":
        return {
          kind: "found",
          profile: {
            profileId: "ACoAAJANEJaneJane0123456789",
            publicId: "jane-doe",
            name: "Jane",
            isConnected: this.isConnected,
            isInvited: null,
          },
        };
      case "failed":
        return { kind: "failed", detail: "503", retryAfterMs: null };
      case "unreachable":
        return { kind: "unreachable", detail: "no such profile" };
      case "account":
        return { kind: "account", trouble: { state: "disconnected", detail: "credentials" } };
      case "later":
        return { kind: "later", until: now + 12 * HOUR };
    }
  }

  private bookOf(sender: string): MemoryBook {
    return sender.startsWith("lia_") ? this.accountBook : this.book;
  }

  /** The records are never wrong, but often late, and now and then can't be read. */
  private records(sendKey: string, account: string, roll: number): LookUpResult {
    if (roll % 4 === 0 || account !== this.account) return { kind: "failed", detail: "503" };
    const isThere =
      roll % 4 !== 1 && this.accepted.some((taken) => taken.sendKey === sendKey && taken.account === account);
    if (isThere) this.foundInRecords += 1;
    return isThere ? { kind: "found", providerMessageId: "far-1", wireMessageId: null } : { kind: "not_found" };
  }

  /** A provider that knows the key takes nothing a second time. */
  private take(effect: SendEffect, now: number): void {
    const { sendKey } = effect;
    const account = this.accountOf(effect);
    const known =
      this.windowMs !== null &&
      this.accepted.some(
        (before) => before.sendKey === sendKey && before.account === account && now - before.at < (this.windowMs ?? 0),
      );
    if (known) this.recognised += 1;
    else this.accepted.push({ sendKey, payload: this.arrived.get(sendKey) ?? "", at: now, account });
  }

  /** A repeat that counts on a known key is not made through an account that doesn't know it. */
  private goesOut(effect: SendEffect): boolean {
    return effect.onlyBy === null || effect.onlyBy === this.accountOf(effect);
  }

  private accountOf(effect: SendEffect): string {
    return this.sendsBy.get(effect) ?? this.account;
  }

  private reserve(day: string, draftId: string, cap: number): boolean {
    const taken = this.slots.get(day) ?? new Set<string>();
    this.slots.set(day, taken);
    if (taken.has(draftId)) return true;
    if (taken.size + this.foreignSlots >= cap) return false;
    taken.add(draftId);
    return true;
  }
}

function failureOf(kind: string): DraftFailure | null {
  if (kind === "timeout" || kind === "network") return { kind };
  if (kind === "invalid") return { kind, issues: ["exactly one verb"] };
  if (kind.startsWith("http_"))
    return {
      kind: "http",
      status: Number(kind.slice("http_".length)),
      retryAfterMs: kind === "http_429" ? 20 * 60_000 : null,
    };
  return null;
}

function pick<Kind>(kinds: readonly [Kind, ...Kind[]], roll: number): Kind {
  return kinds[roll % kinds.length] ?? kinds[0];
}

function exchange(now: number, outcome: string): Exchange {
  return {
    endpointId: "end_1",
    url: "https://drafter.example/hook",
    startedAt: now - ATTEMPT_TIMEOUT_MS,
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
    totalMs: 1,
    traceId: "0",
    outcome,
    reason: null,
  };
}
