/**
 * What the waits between retries are divided by: LOCAL_SPEED, so that a demonstration need not wait a minute for a
 * second retry. Always 1 outside local mode, and for anything that isn't a number of at least 1.
 */
export function hurryOf(env: Pick<Env, "LOCAL_MODE" | "LOCAL_SPEED">): number {
  const speed = env.LOCAL_MODE === "on" ? Number(env.LOCAL_SPEED) : 1;
  return speed >= 1 && Number.isFinite(speed) ? speed : 1;
}
