import { call } from "../../api/call.ts";
import { currentMode } from "../../api/mode.ts";
import { leaveList } from "../../ui/leaving.ts";
import { ACTS, type EditedWords, type HeldAct, requestsOf } from "./held-acts.ts";

const TOUCHES = ["/v1/enrollments", "/v1/drafts", "/v1/overview"];

// Kept beside the screen, as what waits for its undo is.
const typed = new Map<string, EditedWords>();

/** What somebody has typed for a draft and not sent, or could not send; undefined for none. */
export function typedWords(draftId: string): EditedWords | undefined {
  return typed.get(draftId);
}

/** Keeps what is typed, or forgets it. */
export function keepTyped(draftId: string, words: EditedWords | null): void {
  if (words === null) typed.delete(draftId);
  else typed.set(draftId, words);
}

/** Does it in five seconds, unless it is taken back. */
export function actOn(act: HeldAct, draftId: string, whom: string, words: EditedWords | null = null): void {
  const mode = currentMode();
  const send = async () => {
    for (const { path, body } of requestsOf(act, draftId, words))
      await call(path, { method: "POST", body, mode, idempotencyKey: crypto.randomUUID(), outlivesPage: true });
    typed.delete(draftId);
  };
  leaveList({ draftId, said: `${ACTS[act].done}: ${whom}.`, send, touches: TOUCHES });
}
