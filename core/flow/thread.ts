import type { Enrollment } from "../enrollment.ts";
import { mayStandInThread } from "../mail/header-safety.ts";

/** So much of a thread is remembered: its root, and this many of the latest. */
const LATEST_MAX = 50;

/**
 * The enrollment with further wire ids in its thread, oldest first, each once. What may not stand in a header is left
 * out: whoever writes to us chooses these, and one that can't be sent would block every message after it.
 */
export function withMessageIds(state: Enrollment, messageIds: readonly string[]): Enrollment {
  const known = state.thread.messageIds;
  const fresh = messageIds.filter(
    (id, at) => mayStandInThread(id) && !known.includes(id) && messageIds.indexOf(id) === at,
  );
  if (fresh.length === 0) return state;
  const all = [...known, ...fresh];
  return {
    ...state,
    thread: { ...state.thread, messageIds: [...all.slice(0, 1), ...all.slice(1).slice(-LATEST_MAX)] },
  };
}
