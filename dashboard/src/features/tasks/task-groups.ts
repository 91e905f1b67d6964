import type { TaskSummary } from "../../../../core/contract/task.ts";

/** Tasks that belong under one heading. */
export interface TaskGroup {
  readonly name: "Overdue" | "Today" | "Later";
  readonly tasks: readonly TaskSummary[];
}

/** Tasks by when they are due, in the order in which they came; groups without any are left out. */
export function groupTasks(tasks: readonly TaskSummary[], now: number, timeZone: string): readonly TaskGroup[] {
  const today = dayIn(now, timeZone);
  const groupOf = ({ dueAt }: TaskSummary): TaskGroup["name"] => {
    const at = Date.parse(dueAt);
    if (at <= now) return "Overdue";
    return dayIn(at, timeZone) === today ? "Today" : "Later";
  };
  return (["Overdue", "Today", "Later"] as const)
    .map((name) => ({ name, tasks: tasks.filter((task) => groupOf(task) === name) }))
    .filter((group) => group.tasks.length > 0);
}

function dayIn(at: number, timeZone: string): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" }).format(at);
}
