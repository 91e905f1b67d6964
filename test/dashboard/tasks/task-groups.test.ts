import { describe, expect, it } from "vitest";
import type { TaskSummary } from "../../../core/contract/task.ts";
import { groupTasks } from "../../../dashboard/src/features/tasks/task-groups.ts";

const NOW = Date.parse("2026-11-21T22:30:00Z");
const due = (id: string, dueAt: string): TaskSummary => ({
  ...{ id, enrollmentId: "enr_a", cadenceId: "cad_a", kind: "task", step: 0, leadExternalId: "1" },
  ...{ leadName: null, leadEmail: null, isOverdue: false, isPaused: false },
  dueAt,
});
const names = (timeZone: string, ...tasks: TaskSummary[]) =>
  groupTasks(tasks, NOW, timeZone).map((group) => [group.name, group.tasks.map(({ id }) => id)]);

describe("tasks by when they are due", () => {
  it("are overdue, of today, or later, and what has none is left out", () => {
    const [late, soon, later] = [
      due("late", "2026-11-21T22:29:59Z"),
      due("soon", "2026-11-21T23:30:00Z"),
      due("later", "2026-11-22T10:00:00Z"),
    ];
    expect(names("UTC", late, soon, later)).toEqual([
      ["Overdue", ["late"]],
      ["Today", ["soon"]],
      ["Later", ["later"]],
    ]);
    expect(names("UTC", later)).toEqual([["Later", ["later"]]]);
  });

  it("are of today by the clock that times are shown by", () => {
    expect(names("Europe/Zurich", due("soon", "2026-11-21T23:30:00Z"))).toEqual([["Later", ["soon"]]]);
  });
});
