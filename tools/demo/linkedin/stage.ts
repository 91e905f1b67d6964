import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Local, startLocal } from "../../local.ts";
import { interruption } from "../interruption.ts";
import { type Customer, startCustomer } from "./customer.ts";
import { type Linkedin, startLinkedin } from "./linkedin.ts";

/** Where it takes place: the system, the customer, and two accounts' LinkedIn. */
export interface LinkedinStage {
  readonly local: Local;
  readonly customer: Customer;
  readonly linkedin: Linkedin;
  /** Another account's, which LinkedIn restricts. */
  readonly restricted: Linkedin;
}

/** A provider is asked some times a day; here every few seconds. */
const SPEED = 1_000;
const CRON_SECONDS = 1;

/** Runs `scene` on free ports. When it ends, is interrupted or throws, nothing of it is left. False when it was interrupted. */
export async function onLinkedinStage(scene: (stage: LinkedinStage) => Promise<void>): Promise<boolean> {
  const dataDir = await mkdtemp(join(tmpdir(), "drafthook-demo-"));
  const cleanUps: (() => Promise<void>)[] = [() => rm(dataDir, { recursive: true, force: true, maxRetries: 5 })];
  const kept = <Part extends { stop(): Promise<void> }>(part: Part): Part => {
    cleanUps.unshift(() => part.stop());
    return part;
  };
  try {
    const customer = kept(await startCustomer());
    const linkedin = kept(await startLinkedin("acc_demo"));
    const restricted = kept(await startLinkedin("acc_restricted"));
    const onLog = (level: string, line: string) => (level === "problem" ? console.error(line) : undefined);
    const vars = { LOCAL_SPEED: String(SPEED) };
    const local = kept(await startLocal({ dataDir, port: 0, cronEverySeconds: CRON_SECONDS, vars, onLog }));
    const ending = await Promise.race([scene({ local, customer, linkedin, restricted }), interruption()]);
    return ending !== "interrupted";
  } finally {
    for (const cleanUp of cleanUps) await cleanUp();
  }
}
