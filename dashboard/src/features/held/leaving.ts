import { useSyncExternalStore } from "react";
import { call } from "../../api/call.ts";
import { currentMode } from "../../api/mode.ts";
import { queries, refresh } from "../../api/queries.ts";
import { doWithUndo } from "../../ui/toast.ts";
import { ACTS, type EditedWords, type HeldAct, requestsOf } from "./held-acts.ts";

/** So long a row stays away after its deed: the list comes from an index that is some seconds late. */
const INDEX_LATE_MS = 12_000;
/** When the list is likely to know of it. */
const LOOK_AGAIN_MS = 2_500;
const TOUCHES = ["/v1/enrollments", "/v1/drafts", "/v1/overview"];

// Kept beside the screen: a deed that waits for its undo goes on when one looks elsewhere and comes back.
let hidden: ReadonlySet<string> = new Set();
const listeners = new Set<() => void>();
const typed = new Map<string, EditedWords>();

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

/** What somebody has typed for a draft and not sent, or could not send; undefined for none. */
export function typedWords(draftId: string): EditedWords | undefined {
  return typed.get(draftId);
}

/** Keeps what is typed, or forgets it. */
export function keepTyped(draftId: string, words: EditedWords | null): void {
  if (words === null) typed.delete(draftId);
  else typed.set(draftId, words);
}

/** Does it in five seconds, unless it is taken back: the row goes at once, and comes back on undo or failure. */
export function actOn(act: HeldAct, draftId: string, whom: string, words: EditedWords | null = null): void {
  const mode = currentMode();
  hide(draftId, true);
  const send = async () => {
    for (const { path, body } of requestsOf(act, draftId, words))
      await call(path, { method: "POST", body, mode, idempotencyKey: crypto.randomUUID(), outlivesPage: true });
    typed.delete(draftId);
    void refresh(queries, TOUCHES);
    setTimeout(() => void refresh(queries, TOUCHES), LOOK_AGAIN_MS);
    setTimeout(() => hide(draftId, false), INDEX_LATE_MS);
  };
  doWithUndo(`${ACTS[act].done}: ${whom}.`, send, () => {
    hide(draftId, false);
    void refresh(queries, TOUCHES);
  });
}

function hide(draftId: string, isHidden: boolean): void {
  hidden = isHidden ? new Set([...hidden, draftId]) : new Set([...hidden].filter((id) => id !== draftId));
  for (const tell of listeners) tell();
}
