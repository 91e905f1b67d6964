import type { Task } from "../../../../core/contract/task.ts";
import { call } from "../../api/call.ts";
import { currentMode } from "../../api/mode.ts";
import { leaveList } from "../../ui/leaving.ts";

/** What a person says of a task; `text` null: it was done as it stood. */
export type TaskAct =
  | { readonly kind: "done"; readonly text: string | null }
  | { readonly kind: "skip"; readonly reason: string }
  | { readonly kind: "not-connected" };

/** How an act is called, by which key it is done, what comes of it, and how it is told. */
export const ACTS = {
  done: { name: "Done", key: "d", what: "The cadence goes on as after a message that was sent.", done: "Done" },
  skip: { name: "Skip", key: "s", what: "It isn't done, and the cadence goes on without it.", done: "Skipped" },
  "not-connected": {
    name: "Not connected",
    key: "n",
    what: "The message waits until the two are connected, and is asked for anew then.",
    done: "Waits to be connected",
  },
} as const satisfies Record<TaskAct["kind"], { name: string; key: string; what: string; done: string }>;

/** What each kind of task is called. */
export const KINDS = {
  linkedin_connect: "LinkedIn invitation",
  linkedin_message: "LinkedIn message",
  task: "Task",
} as const satisfies Record<Task["kind"], string>;

const TOUCHES = ["/v1/tasks", "/v1/enrollments", "/v1/drafts", "/v1/overview"];

// Kept beside the screen: what was typed is still there when one looks elsewhere and comes back.
const typed = new Map<string, string>();

/** What somebody has typed in the place of a task's words; undefined for nothing. */
export function typedText(taskId: string): string | undefined {
  return typed.get(taskId);
}

/** Keeps what is typed, or forgets it. */
export function keepText(taskId: string, text: string | null): void {
  if (text === null) typed.delete(taskId);
  else typed.set(taskId, text);
}

/** Says it in five seconds, unless it is taken back. */
export function actOn(taskId: string, whom: string, act: TaskAct): void {
  const mode = currentMode();
  const send = async () => {
    await call(`/v1/tasks/${taskId}/${act.kind}`, {
      ...{ method: "POST", body: bodyOf(act), mode },
      ...{ idempotencyKey: crypto.randomUUID(), outlivesPage: true },
    });
    typed.delete(taskId);
  };
  leaveList({ draftId: taskId, said: `${ACTS[act.kind].done}: ${whom}.`, send, touches: TOUCHES });
}

function bodyOf(act: TaskAct): object {
  if (act.kind === "done") return act.text === null ? {} : { text: act.text };
  return act.kind === "skip" && act.reason !== "" ? { reason: act.reason } : {};
}
