import { useSyncExternalStore } from "react";
import { queries, refresh } from "../api/queries.ts";
import { doWithUndo } from "./toast.ts";

/** So long a row stays away after its deed: the list comes from an index that is some seconds late. */
const INDEX_LATE_MS = 12_000;
/** When the list is likely to know of it. */
const LOOK_AGAIN_MS = 2_500;

// Kept beside the screens: a deed that waits for its undo goes on when one looks elsewhere and comes back.
let hidden: ReadonlySet<string> = new Set();
const listeners = new Set<() => void>();

/** The drafts with which something was done just now: their rows are gone from the list. */
export function useHidden(): ReadonlySet<string> {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => hidden,
  );
}

/** What is done with a draft. `touches`: beginnings of what is read again then. */
export interface Deed {
  readonly draftId: string;
  /** How it is told. */
  readonly said: string;
  readonly send: () => Promise<unknown>;
  readonly touches: readonly string[];
}

/** Does it in five seconds, unless it is taken back: the row goes at once, and comes back on undo or failure. */
export function leaveList({ draftId, said, send, touches }: Deed): void {
  hide(draftId, true);
  const act = async () => {
    await send();
    void refresh(queries, touches);
    setTimeout(() => void refresh(queries, touches), LOOK_AGAIN_MS);
    setTimeout(() => hide(draftId, false), INDEX_LATE_MS);
  };
  doWithUndo(said, act, () => {
    hide(draftId, false);
    void refresh(queries, touches);
  });
}

function hide(draftId: string, isHidden: boolean): void {
  hidden = isHidden ? new Set([...hidden, draftId]) : new Set([...hidden].filter((id) => id !== draftId));
  for (const tell of listeners) tell();
}
