import { setTimeout as wait } from "node:timers/promises";
import { Enrolled } from "../../core/contract/enrollment.ts";
import { openApi } from "../../tools/demo/api.ts";
import type { System } from "./system.ts";
import { emailOf } from "./words.ts";

const AT_ONCE = 3;
const AGAIN_MS = 100;
/** Between two leads of one worker, so that work is spread over the time that the system is up. */
const BREATH_MS = 40;

/** Enrolls lead after lead, as far as allowed, and each again until the API has said that it is there. */
export class Enroller {
  readonly #system: System;
  readonly #cadenceId: string;
  readonly #leads: readonly string[];
  #allowed = 0;
  #begun = 0;
  #busy = 0;
  #isPaused = false;
  #isOver = false;
  /** Enrollment ids by lead. */
  readonly ids = new Map<string, string>();
  /** Requests that a kill cut off, or that came while nothing listened. */
  repeats = 0;

  constructor(system: System, cadenceId: string, leads: readonly string[]) {
    this.#system = system;
    this.#cadenceId = cadenceId;
    this.#leads = leads;
  }

  allow(count: number): void {
    this.#allowed = count;
  }

  pause(isPaused: boolean): void {
    this.#isPaused = isPaused;
  }

  get isBusy(): boolean {
    return this.#busy > 0;
  }

  get isDone(): boolean {
    return this.ids.size === this.#leads.length;
  }

  end(): void {
    this.#isOver = true;
  }

  async run(): Promise<void> {
    await Promise.all(Array.from({ length: AT_ONCE }, () => this.#work()));
  }

  async #work(): Promise<void> {
    while (!this.#isOver && !this.isDone) {
      const lead = this.#begun < this.#allowed && !this.#isPaused ? this.#leads[this.#begun] : undefined;
      if (lead !== undefined) {
        this.#begun += 1;
        await this.#enroll(lead);
      }
      await wait(BREATH_MS);
    }
  }

  async #enroll(lead: string): Promise<void> {
    this.#busy += 1;
    while (!this.#isOver && !this.ids.has(lead)) {
      await this.#system.up();
      const body = { leadExternalId: lead, leadName: lead, leadEmail: emailOf(lead) };
      try {
        const api = openApi(this.#system.url, this.#system.liveKey);
        const { enrollment } = await api.post(`/v1/cadences/${this.#cadenceId}/enrollments`, body, Enrolled);
        this.ids.set(lead, enrollment.id);
      } catch {
        this.repeats += 1;
        await wait(AGAIN_MS);
      }
    }
    this.#busy -= 1;
  }
}
