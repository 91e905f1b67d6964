import { useSyncExternalStore } from "react";
import { readStored, writeStored } from "./stored.ts";

/** `live` reaches people; `test` is what a test key sees. In the words of the header `Drafthook-Mode`. */
export type Mode = "live" | "test";

const listeners = new Set<() => void>();

/** In which mode the person works. At first that of an operator; on one's own machine that of somebody who tries. */
export function currentMode(): Mode {
  const stored = readStored("mode");
  if (stored === "live" || stored === "test") return stored;
  return ["localhost", "127.0.0.1", "[::1]"].includes(location.hostname) ? "test" : "live";
}

/** Goes over to the other mode: everything that is shown is asked for anew. */
export function switchMode(mode: Mode): void {
  writeStored("mode", mode);
  for (const listener of listeners) listener();
}

/** The mode, and a new rendering whenever it changes. */
export function useMode(): Mode {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, currentMode);
}
