import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Local, startLocal } from "../local.ts";
import { type FarSide, startFarSide } from "./far-side-process.ts";
import { interruption } from "./interruption.ts";
import type { Sabotage } from "./sabotage.ts";

/** Where the demonstration takes place. */
export interface Stage {
  readonly local: Local;
  readonly farSide: FarSide;
  /** Retries come this many times sooner, so that a second one is not a minute away. */
  readonly speed: number;
}

const SPEED = 20;

/**
 * Runs `scene` with the system in a temporary folder on free ports, and the far side in a process of its own. When it
 * ends, is interrupted or throws, nothing of them is left. False when it was interrupted.
 */
export async function onStage(sabotage: Sabotage | null, scene: (stage: Stage) => Promise<void>): Promise<boolean> {
  const dataDir = await mkdtemp(join(tmpdir(), "drafthook-demo-"));
  const cleanUps: (() => Promise<void>)[] = [() => rm(dataDir, { recursive: true, force: true, maxRetries: 5 })];
  try {
    const farSide = await startFarSide(sabotage);
    cleanUps.unshift(farSide.stop);
    const onLog = (level: string, line: string) => (level === "problem" ? console.error(line) : undefined);
    const local = await startLocal({ dataDir, port: 0, vars: { LOCAL_SPEED: String(SPEED) }, onLog });
    cleanUps.unshift(local.stop);
    const ending = await Promise.race([scene({ local, farSide, speed: SPEED }), interruption()]);
    return ending !== "interrupted";
  } finally {
    for (const cleanUp of cleanUps) await cleanUp();
  }
}
