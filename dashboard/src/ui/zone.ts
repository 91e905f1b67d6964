import { useSyncExternalStore } from "react";
import { readStored, writeStored } from "../api/stored.ts";

/** By whose clock times are shown: an IANA zone. */
const listeners = new Set<() => void>();

/** The zone of this browser. */
export function ownZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Shows all times by another clock; null: by this browser's again. */
export function chooseZone(timeZone: string | null): void {
  writeStored("time-zone", timeZone ?? "");
  for (const listener of listeners) listener();
}

/** The zone that times are shown in, and a new rendering when it changes. */
export function useZone(): string {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, currentZone);
}

function currentZone(): string {
  const stored = readStored("time-zone");
  return stored === null || stored === "" ? ownZone() : stored;
}
