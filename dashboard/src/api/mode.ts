import { useSyncExternalStore } from "react";
import { readStored, writeStored } from "./stored.ts";

/** `live` reaches people; `test` is what a test key sees. In the words of the header `Drafthook-Mode`. */
export type Mode = "live" | "test";

const listeners = new Set<() => void>();
let ofThisTab: Mode | null = null;

/**
 * In which mode the person works in this tab. At first that of an operator; on one's own machine that of somebody who tries. Another
 * tab may go over to the other mode, and this one stays: what says "test" here must never send anything live.
 */
export function currentMode(): Mode {
  ofThisTab ??= modeIn(readTab()) ?? modeIn(readStored("mode")) ?? (isOwnMachine() ? "test" : "live");
  return ofThisTab;
}

/** Goes over to the other mode: everything that is shown is asked for anew. Tabs that are opened from now on begin with it. */
export function switchMode(mode: Mode): void {
  ofThisTab = mode;
  writeTab(mode);
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

function modeIn(text: string | null): Mode | null {
  return text === "live" || text === "test" ? text : null;
}

function isOwnMachine(): boolean {
  return ["localhost", "127.0.0.1", "[::1]"].includes(location.hostname);
}

const IN_TAB = "drafthook:mode";

function readTab(): string | null {
  try {
    return sessionStorage.getItem(IN_TAB);
  } catch {
    return null;
  }
}

function writeTab(mode: Mode): void {
  try {
    sessionStorage.setItem(IN_TAB, mode);
  } catch {
    // A private window: the choice holds as long as the page does.
  }
}
