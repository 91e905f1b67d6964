import { useSyncExternalStore } from "react";

let hasAnswered = false;
let hasEnded = false;
const listeners = new Set<() => void>();

/** The engine took a request: the person is signed in, or is so again. */
export function noteSignedIn(): void {
  hasAnswered = true;
  set(false);
}

/**
 * The engine takes the person for nobody. `true`: at the very beginning, so there is nothing on the page to be lost by leaving it.
 * Later on it may be full of what somebody typed, and whoever shows it says so (useSessionEnded).
 */
export function noteSignedOut(): boolean {
  if (!hasAnswered) return true;
  set(true);
  return false;
}

/** Whether the session has ended under the page that is shown. */
export function useSessionEnded(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => hasEnded,
  );
}

function set(isOver: boolean): void {
  if (isOver === hasEnded) return;
  hasEnded = isOver;
  for (const tell of listeners) tell();
}
