import { setTimeout as wait } from "node:timers/promises";
import type { FarRecord } from "./record.ts";
import type { System } from "./system.ts";

const EVERY_MS = 50;

/**
 * Asks the system again and again for a sign of life that goes through the Worker and D1, and writes down when it came: how
 * busy it was at a kill decides for how long before that an answer may have lain unread (judge/margins.ts).
 */
export class Pulse {
  readonly #record: Pick<FarRecord, "pulses">;
  readonly #system: System;
  #isOver = false;

  constructor(record: Pick<FarRecord, "pulses">, system: System) {
    this.#record = record;
    this.#system = system;
  }

  end(): void {
    this.#isOver = true;
  }

  async run(): Promise<void> {
    while (!this.#isOver) {
      await this.#system.up();
      const { boot, url } = this.#system;
      const askedAt = Date.now();
      const heard = await fetch(`${url}/health`)
        .then(async (response) => (await response.text()) !== "")
        .catch(() => false); // cut by the kill
      if (heard && this.#system.lives(boot)) this.#record.pulses.push({ boot, askedAt, heardAt: Date.now() });
      await wait(EVERY_MS);
    }
  }
}
