import { setTimeout as wait } from "node:timers/promises";
import type { Dice } from "../dice.ts";
import type { SeenMail, SentReply } from "../record.ts";
import type { System } from "../system.ts";
import type { Trigger } from "../trigger.ts";
import { emailOf } from "../words.ts";
import type { Witness } from "./witness.ts";

const SHARE = 0.2;
/** Half of them answer at once, while the next step may be under way; the others take their time. */
const READING_MIN_MS = 50;
const READING_AT_ONCE_MS = 1_500;
const READING_MAX_MS = 10_000;
const AGAIN_MS = 200;
const ANSWER_WITHIN_MS = 60_000;
/** A sending server gives up after days; here it is over before the run is. */
const GIVE_UP_MS = 10 * 60_000;

/** How the next reply is to be cut off: the system is killed this long after it was handed in. */
interface Cut {
  readonly delayMs: number;
}

/**
 * The leads who answer: some, each after one step that chance chose, and each like a mail server that tries again until
 * the other side has it.
 */
export class Replier {
  readonly #witness: Witness;
  readonly #system: System;
  readonly #trigger: Trigger;
  readonly #dice: Dice;
  readonly #steps: number;
  /** The latest message of each lead who could answer it. */
  readonly #answerable = new Map<string, SeenMail>();
  #waiting: { readonly mail: SeenMail; readonly readAt: number }[] = [];
  #cut: Cut | null = null;
  #isPaused = false;
  #isOver = false;
  #busy = 0;

  constructor(witness: Witness, system: System, trigger: Trigger, dice: Dice, steps: number) {
    this.#witness = witness;
    this.#system = system;
    this.#trigger = trigger;
    this.#dice = dice;
    this.#steps = steps;
  }

  /** A lead has a message, and may answer it. */
  read(lead: string, step: number): void {
    const mail = this.#witness.record.mails.findLast((seen) => seen.lead === lead && seen.step === step);
    if (mail === undefined) return;
    this.#answerable.set(lead, mail);
    const dice = this.#dice.for(lead);
    if (!dice.chance(SHARE) || Math.floor(dice.between(0, this.#steps)) !== step || this.#knows(lead)) return;
    const readingMs = dice.between(READING_MIN_MS, dice.chance(0.5) ? READING_AT_ONCE_MS : READING_MAX_MS);
    this.#waiting.push({ mail, readAt: Date.now() + readingMs });
  }

  /** The next reply goes at once, and the system is to die this long after; null takes that back. */
  cutNext(delayMs: number | null): void {
    this.#cut = delayMs === null || !this.#trigger.isArmedFor("inbound") ? null : { delayMs };
  }

  pause(isPaused: boolean): void {
    this.#isPaused = isPaused;
  }

  /** Replies that are still to be handed in. */
  get open(): number {
    return this.#waiting.length + this.#busy;
  }

  get isBusy(): boolean {
    return this.#busy > 0;
  }

  /** Hands in what is due until `end` is called. */
  async run(): Promise<void> {
    while (!this.#isOver) {
      const due = this.#next();
      if (due !== null) void this.#handIn(due);
      await wait(20);
    }
  }

  end(): void {
    this.#isOver = true;
  }

  #next(): SeenMail | null {
    if (this.#isPaused || !this.#system.isUp) return null;
    const soonest = this.#waiting.toSorted((one, other) => one.readAt - other.readAt)[0];
    // A reply that is to be cut off is needed now: somebody answers who was not going to.
    if (soonest === undefined) {
      const others = [...this.#answerable].flatMap(([lead, mail]) => (this.#knows(lead) ? [] : [mail]));
      return this.#cut === null ? null : (others.at(-1) ?? null);
    }
    if (soonest.readAt > Date.now() && this.#cut === null) return null;
    this.#waiting = this.#waiting.filter((one) => one !== soonest);
    return soonest.mail;
  }

  async #handIn(mail: SeenMail): Promise<void> {
    this.#busy += 1;
    const reply: SentReply = {
      lead: mail.lead,
      toStep: mail.step,
      messageId: `<reply-${mail.lead}-${mail.step}@recipients.example>`,
      firstTriedAt: Date.now(),
      tries: 0,
      acceptedAt: null,
    };
    this.#witness.record.replies.push(reply);
    const raw = rawReply(mail, reply.messageId);
    const until = Date.now() + GIVE_UP_MS;
    while (reply.acceptedAt === null && !this.#isOver && Date.now() < until) {
      await this.#system.up();
      const cut = this.#cut;
      this.#cut = null;
      reply.tries += 1;
      const posted = post(this.#system.url, emailOf(mail.lead), mail.replyTo, raw);
      let isAnswered = false;
      // Faster than the cut: then the next one is to be cut off.
      const cutOff = () => (isAnswered ? this.cutNext(cut?.delayMs ?? null) : void this.#trigger.reached("inbound"));
      if (cut !== null) setTimeout(cutOff, cut.delayMs);
      const isTaken = await posted;
      isAnswered = true;
      if (isTaken) reply.acceptedAt = Date.now();
      else await wait(AGAIN_MS);
    }
    this.#busy -= 1;
  }

  #knows(lead: string): boolean {
    return (
      this.#waiting.some(({ mail }) => mail.lead === lead) ||
      this.#witness.record.replies.some((reply) => reply.lead === lead)
    );
  }
}

/** True when the door said that it has the mail. */
async function post(url: string, from: string, to: string, raw: string): Promise<boolean> {
  const query = new URLSearchParams({ from, to });
  const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
  return fetch(`${url}/cdn-cgi/local/email?${query}`, { method: "POST", body: raw, signal }).then(
    async (response) => {
      await response.text();
      return response.ok;
    },
    () => false,
  );
}

/** A person's answer as a plain client writes it, with the message before quoted under it. */
function rawReply(mail: SeenMail, messageId: string): string {
  return [
    `From: ${mail.lead} <${emailOf(mail.lead)}>`,
    `To: <${mail.replyTo}>`,
    `Subject: Re: ${mail.subject.replace(/^Re: /, "")}`,
    `Date: ${new Date().toUTCString().replace("GMT", "+0000")}`,
    `Message-ID: ${messageId}`,
    `In-Reply-To: ${mail.messageId}`,
    `References: ${mail.messageId}`,
    "MIME-Version: 1.0",
    "Content-Type: text/plain; charset=utf-8",
    "",
    `Yes, let us talk on Thursday. This is ${mail.lead}.`,
    "",
    "On Thu, 12 Mar 2026 at 10:00, Somebody wrote:",
    `> this is step ${mail.step} for ${mail.lead}.`,
    "",
  ].join("\r\n");
}
