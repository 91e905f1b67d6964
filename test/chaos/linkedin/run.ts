import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { CadenceCreated } from "../../../core/contract/cadence.ts";
import { Enrolled, Enrollment } from "../../../core/contract/enrollment.ts";
import { HOOK_HEADER, LinkedinAccountWithSecret } from "../../../core/contract/linkedin-account.ts";
import { openApi } from "../../../tools/demo/api.ts";
import { inBatches } from "../../../tools/demo/in-batches.ts";
import { shortHours } from "../../../tools/demo/linkedin/hours.ts";
import { choosePort } from "../../../tools/port.ts";
import { startUnipileDouble, type UnipileDouble, type UnipileFault } from "../../support/unipile-double.ts";
import type { TakenInvitation, TakenMessage } from "../../support/unipile-world.ts";
import { type Dice, diceFrom } from "../dice.ts";
import type { MutantName } from "../mutants/mutants.ts";
import { System } from "../system.ts";
import { makeWorkshop } from "../workshop.ts";
import { startCustomer, wordsFor } from "./customer.ts";

export interface LinkedinRun {
  readonly leads: number;
  readonly kills: number;
  readonly seed: number;
  readonly mutant: MutantName | null;
  /** When the run is judged, whatever still waits, in milliseconds from its begin. */
  readonly endAfterMs: number;
}

/** What both sides say after it. */
export interface LinkedinEvidence {
  readonly invitations: readonly TakenInvitation[];
  readonly messages: readonly TakenMessage[];
  /** When the system said that it has a lead's reply (ms), by lead. */
  readonly repliedAt: ReadonlyMap<string, number>;
  /** Kills in the very turn in which LinkedIn had taken something, and had not answered. */
  readonly killsAtTaking: number;
  readonly kills: number;
  readonly enrollments: ReadonlyMap<string, z.infer<typeof Enrollment>>;
}

const SPEED = 1_000;
const CRON_SECONDS = 2;
/** In the middle of a send, or of nothing. */
const UPTIME_MIN_MS = 200;
const UPTIME_MAX_MS = 900;
const TAKING_WITHIN_MS = 2_500;
const HOURS_MINUTES = 4;
const STEPS = [
  { kind: "linkedin_connect" },
  { kind: "linkedin_message", condition: "after_accept" },
  { kind: "linkedin_message", delaySeconds: 3 },
];

/** Leads are invited, accept, are written to twice, and every third replies, while the system is killed again and again. */
export async function runOnLinkedin(wanted: LinkedinRun): Promise<LinkedinEvidence> {
  const endAt = Date.now() + wanted.endAfterMs;
  const folder = mkdtempSync(join(tmpdir(), "drafthook-linkedin-"));
  const cleanUps: (() => void | Promise<void>)[] = [
    () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }),
  ];
  try {
    const workshop = makeWorkshop(wanted.mutant);
    cleanUps.unshift(workshop.remove);
    const customer = await startCustomer();
    cleanUps.unshift(customer.close);
    const double = await startUnipileDouble({ allowsRepeats: true, hookRetryMs: 700 });
    cleanUps.unshift(() => double.close());
    const system = new System({
      ...{ productDir: workshop.dir, dataDir: join(folder, "data"), logFile: join(folder, "system.log") },
      ...{ port: await choosePort(0), speed: SPEED, cronEverySeconds: CRON_SECONDS },
    });
    cleanUps.unshift(() => {
      system.kill();
      return system.gone();
    });
    await system.start();
    const leads = Array.from({ length: wanted.leads }, (_, n) => `lead-${String(n + 1).padStart(4, "0")}`);
    const killer = new Killer(system);
    const scene = new Scene(double, diceFrom(wanted.seed), leads, killer);
    cleanUps.unshift(() => scene.end());
    const ids = await enroll(system, double, customer.webhookUrl, leads);
    const dice = diceFrom(wanted.seed).for("kills");
    for (let n = 0; n < wanted.kills; n += 1) {
      if (n % 3 === 2) await wait(dice.between(UPTIME_MIN_MS, UPTIME_MAX_MS));
      else await killer.atNextTaking(TAKING_WITHIN_MS);
      killer.kill();
      await system.gone();
      await system.start();
    }
    let enrollments = await readAll(system, ids);
    while (Date.now() < endAt && [...enrollments.values()].some(({ state }) => state === "active")) {
      await wait(1_000);
      enrollments = await readAll(system, ids);
    }
    return {
      ...{ invitations: [...double.takenInvitations()], messages: [...double.takenMessages()], enrollments },
      ...{ repliedAt: scene.repliedAt(), killsAtTaking: killer.atTaking, kills: killer.kills },
    };
  } finally {
    for (const cleanUp of cleanUps) await cleanUp();
  }
}

/** Kills the whole system, at once or in the turn in which the next thing is taken. */
class Killer {
  readonly #system: System;
  #onTaking: (() => void) | null = null;
  kills = 0;
  atTaking = 0;

  constructor(system: System) {
    this.#system = system;
  }

  kill(): void {
    if (!this.#system.isUp) return;
    this.#system.kill();
    this.kills += 1;
  }

  /** Done when it was killed there, or when nothing was taken in time. */
  async atNextTaking(withinMs: number): Promise<void> {
    await Promise.race([
      wait(withinMs),
      new Promise<void>((resolve) => {
        this.#onTaking = resolve;
      }),
    ]);
    this.#onTaking = null;
  }

  /** LinkedIn has something, and nobody knows that yet. */
  taken(): void {
    if (this.#onTaking === null || !this.#system.isUp) return;
    this.kill();
    this.atTaking += 1;
    this.#onTaking();
    this.#onTaking = null;
  }
}

/** What the people on LinkedIn do, and what goes wrong on the way there. */
class Scene {
  readonly #double: UnipileDouble;
  readonly #dice: Dice;
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #repliers: ReadonlySet<string>;
  readonly #replies = new Map<string, string>();

  constructor(double: UnipileDouble, dice: Dice, leads: readonly string[], killer: Killer) {
    this.#double = double;
    this.#dice = dice;
    this.#repliers = new Set(leads.filter((_, n) => n % 3 === 0));
    double.faultFor = (sort) => this.#fault(sort);
    double.onTaken = (taken) => {
      killer.taken();
      this.#react(taken);
    };
  }

  end(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#double.onTaken = () => undefined;
  }

  repliedAt(): ReadonlyMap<string, number> {
    const heard = new Map<string, number>();
    for (const { body, status, at } of this.#double.hooks.delivered) {
      const lead = this.#replies.get(String((body as { message_id?: unknown }).message_id));
      if (lead !== undefined && status === 200) heard.set(lead, Math.min(heard.get(lead) ?? at, at));
    }
    return heard;
  }

  async #fault(sort: UnipileFault["on"] | null): Promise<UnipileFault | null> {
    await wait(this.#dice.between(0, 80));
    if (sort !== "send") return null;
    const roll = this.#dice.between(0, 100);
    if (roll < 8) return { on: "send", when: "after", how: { status: 500, type: "unexpected_error" } };
    if (roll < 13) return { on: "send", when: "after", how: "reset" };
    if (roll < 16) return { on: "send", when: "after", how: "cut_mid_answer" };
    return roll < 20 ? { on: "send", when: "before", how: { status: 503, type: "service_unavailable" } } : null;
  }

  #react(taken: TakenInvitation | TakenMessage): void {
    const person = this.#double.world.find(taken.profileId);
    if (person === null) return;
    const lead = person.publicId;
    if (!("chatId" in taken)) return this.#later(() => void this.#double.accept(lead, "at_once"));
    if (!this.#repliers.has(lead) || taken.text !== wordsFor(lead, 1)) return;
    this.#later(() => {
      const reply = this.#double.reply(lead, `Thank you, says ${lead}.`);
      if (reply !== null) this.#replies.set(reply.messageId, lead);
    });
  }

  #later(act: () => void): void {
    const timer = setTimeout(
      () => {
        this.#timers.delete(timer);
        act();
      },
      this.#dice.between(50, 500),
    );
    this.#timers.add(timer);
  }
}

async function enroll(system: System, double: UnipileDouble, webhookUrl: string, leads: readonly string[]) {
  const api = openApi(system.url, system.liveKey);
  const account = await api.post(
    "/v1/linkedin-accounts",
    {
      ...{ provider: "unipile", name: "Ada", ...shortHours(Date.now(), HOURS_MINUTES), profileViewsPerDay: 1_000 },
      invitations: { perDay: 1_000, perWeek: 7_000, ramp: null, minGapSeconds: 0, gapSpreadSeconds: 0 },
      messages: { perDay: 1_000, ramp: null, minGapSeconds: 0, gapSpreadSeconds: 0 },
      unipile: { apiUrl: double.apiUrl, accountId: double.world.order.accountId, apiKey: double.apiKey },
    },
    LinkedinAccountWithSecret,
  );
  for (const source of ["messaging", "users", "account_status"])
    double.hooks.webhooks.push({
      ...{ id: source, requestUrl: z.string().parse(account.hookUrl), source, name: source },
      headers: [{ key: HOOK_HEADER, value: z.string().parse(account.hookSecret) }],
    });
  const { cadence } = await api.post(
    "/v1/cadences",
    {
      ...{ name: "LinkedIn under kills", webhookUrl, businessHoursOnly: false, dailySendCap: 10_000 },
      ...{ onAmbiguous: "assume_sent", steps: STEPS },
    },
    CadenceCreated,
  );
  return new Map(
    await inBatches(leads, async (lead) => {
      const body = { leadExternalId: lead, leadLinkedinUrl: `https://www.linkedin.com/in/${lead}` };
      const { enrollment } = await api.post(`/v1/cadences/${cadence.id}/enrollments`, body, Enrolled);
      return [lead, enrollment.id] as const;
    }),
  );
}

async function readAll(
  system: System,
  ids: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, z.infer<typeof Enrollment>>> {
  const api = openApi(system.url, system.liveKey);
  return new Map(
    await inBatches(
      [...ids],
      async ([lead, id]) => [lead, await api.get(`/v1/enrollments/${id}`, Enrollment)] as const,
    ),
  );
}
